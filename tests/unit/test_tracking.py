"""Addresses of parcels by carrier and by the number's shape."""

import pytest

from shop.order.tracking import tracking_address


@pytest.mark.parametrize(
    ("carrier", "number", "host"),
    [
        ("Colissimo", "6A 1234 5678 901", "www.laposte.fr"), ("La Poste", "RK123456789FR", "www.laposte.fr"), ("", "6A12345678901", "www.laposte.fr"),
        ("", "lp123456789fr", "www.laposte.fr"), ("CHRONOPOST", "XY123456789FR", "www.chronopost.fr"), ("Mondial Relay", "12345678", "www.mondialrelay.fr"),
        ("colis privé", "12345678901234567", "www.colisprive.com"), ("DPD", "01234567890123", "trace.dpd.fr"), ("", "1Z999AA10123456784", "www.ups.com"),
        ("dhl express", "1234567890", "www.dhl.com"), ("FedEx", "123456789012", "www.fedex.com"), ("GLS", "00ABCDEF12", "gls-group.eu"),
        ("Relais-Colis", "AB12345678", "www.relaiscolis.com"),
    ],
)
def test_known_carriers_have_an_address(carrier: str, number: str, host: str) -> None:
    assert tracking_address(carrier=carrier, number=number).startswith(f"https://{host}/")


@pytest.mark.parametrize(
    ("carrier", "number"),
    [("", "12345678"), ("Ma voisine", "6A"), ("Colissimo", ""), ("Colissimo", "1&x=<script>"), ("UPS", "../../evil"), ("Colissimo", "٣" * 13), ("x", "6A1234567890" * 9)],
)
def test_what_is_not_known_has_none(carrier: str, number: str) -> None:
    assert tracking_address(carrier=carrier, number=number) == ""
