"""What each question shows before it is answered: what is written already, with the draft over it. Reads alone."""

from typing import Any

from lapinblanc.money import Money

from shop.opening.models import Application
from shop.opening.policies import TEMPLATES
from shop.opening.shipping import PRESETS
from shop.vendors.models import Vendor

OF_VENDOR = ("name", "tagline", "legal_status", "legal_name", "siret", "register", "vat_regime", "vat_number", "street", "postcode", "city", "phone", "policy_shipping", "policy_returns", "policy_custom", "mediator")
OF_APPLICATION = ("first_name", "last_name", "birth_date", "birth_place", "made_by", "made_where", "bought_parts")


def initial_of(step: str, vendor: Vendor, application: Application) -> dict[str, Any]:
    """Values of the form: those written, then those typed and not valid yet."""
    known = {name: getattr(vendor, name) for name in OF_VENDOR} | {name: getattr(application, name) for name in OF_APPLICATION}
    known["idu"] = vendor.idu.get("emballages", "")
    known["charter"] = vendor.charter_signed_at is not None
    if step == "livraison":
        known |= _prices(vendor)
    draft = application.drafts.get(step, {})
    return {**known, **({**dict.fromkeys(_boxes(step), ""), **draft} if draft else {})}


def with_template(typed: dict[str, str], asked: str) -> dict[str, str]:
    """What was typed with a text of ours in its field: `asked` is « policy_returns-2 »."""
    field, _dash, place = asked.partition("-")
    texts = dict(enumerate(text for _title, text in TEMPLATES.get(field, ())))
    found = texts.get(int(place)) if place.isascii() and place.isdecimal() and len(place) < 3 else None
    return {**typed, field: found} if found else typed


def _boxes(step: str) -> tuple[str, ...]:
    """A box that is not ticked is not sent: in a draft it is empty."""
    return tuple(f"{preset.code}-on" for preset in PRESETS) if step == "livraison" else ("charter",)


def _prices(vendor: Vendor) -> dict[str, Any]:
    kept = {option.code: option for option in vendor.shipping_options.filter(is_active=True)}
    found: dict[str, Any] = {}
    for preset in PRESETS:
        option = kept.get(preset.code)
        base, extra = (option.base_cents, option.per_extra_cents) if option else (preset.base_cents, preset.extra_cents)
        found |= {f"{preset.code}-on": option is not None, f"{preset.code}-base": Money(base).decimal, f"{preset.code}-extra": Money(extra).decimal}
    return found
