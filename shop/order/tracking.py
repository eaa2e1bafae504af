"""Where a parcel can be followed: the carrier by its name or by the number's shape, and its address. Pure Python.

Only numbers of letters and digits become part of an address; what is not recognised has none.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Carrier:
    """`names` as people write it, without spaces; `shape` of a number that is this carrier's alone, or empty."""

    name: str
    names: tuple[str, ...]
    address: str
    shape: str = ""


CARRIERS = (
    Carrier("UPS", ("ups",), "https://www.ups.com/track?loc=fr_FR&tracknum={}", r"1Z[0-9A-Z]{16}"),
    Carrier("Chronopost", ("chronopost", "shop2shop"), "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT={}"),
    Carrier("Colissimo", ("colissimo", "laposte", "lettresuivie", "recommandé", "recommande"), "https://www.laposte.fr/outils/suivre-vos-envois?code={}", r"\d[A-Z]\d{11}|[A-Z]{2}\d{9}FR"),
    Carrier("Mondial Relay", ("mondialrelay", "inpost"), "https://www.mondialrelay.fr/suivi-de-colis/?numeroExpedition={}"),
    Carrier("Colis Privé", ("colisprivé", "colisprive"), "https://www.colisprive.com/moncolis/pages/detailColis.aspx?numColis={}"),
    Carrier("DPD", ("dpd",), "https://trace.dpd.fr/fr/trace/{}"),
    Carrier("DHL", ("dhl",), "https://www.dhl.com/fr-fr/home/tracking.html?tracking-id={}"),
    Carrier("FedEx", ("fedex", "tnt"), "https://www.fedex.com/fedextrack/?trknbr={}"),
    Carrier("GLS", ("gls",), "https://gls-group.eu/FR/fr/suivi-colis?match={}"),
    Carrier("Relais Colis", ("relaiscolis",), "https://www.relaiscolis.com/suivi-de-colis/"),
)
NUMBER = re.compile(r"[0-9A-Z]{6,40}")


def cleaned(number: str) -> str:
    """As carriers write it: capitals, without spaces, dashes and dots."""
    return re.sub(r"[\s.\-]", "", number).upper()


def carrier_of(*, carrier: str, number: str) -> Carrier | None:
    """By the name that was given; by the number's shape when the name says nothing."""
    words = re.sub(r"[\s.\-_]", "", carrier).lower()
    named = next((known for known in CARRIERS if any(name in words for name in known.names)), None)
    return named or next((known for known in CARRIERS if known.shape and re.fullmatch(known.shape, cleaned(number))), None)


def tracking_address(*, carrier: str, number: str) -> str:
    """The carrier's page of this parcel; empty when there is none to tell."""
    code = cleaned(number)
    known = carrier_of(carrier=carrier, number=number) if NUMBER.fullmatch(code) else None
    return known.address.format(quote(code, safe="")) if known is not None else ""
