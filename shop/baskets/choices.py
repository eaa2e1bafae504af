"""The shipping choice and the code per boutique, kept in the session until the order: `{"12": "relais"}`, `{"12": "MERCI10"}`."""

from django.http import HttpRequest
from lapinblanc.numbers import whole

KEY, CODES = "shipping-choices", "codes"


def read_choices(request: HttpRequest) -> dict[int, str]:
    """Vendor id to option code; codes that no longer exist are ignored by the quote."""
    return {int(vendor): code for vendor, code in request.session.get(KEY, {}).items()}


def remember_choices(request: HttpRequest) -> None:
    """Take the choices out of a posted form (`shipping-<vendor>`)."""
    posted = {name[9:]: value[:40] for name, value in request.POST.items() if name.startswith("shipping-")}
    kept = {vendor: code for vendor, code in posted.items() if whole(vendor) is not None}
    if kept:
        request.session[KEY] = {**request.session.get(KEY, {}), **kept}


def read_codes(request: HttpRequest) -> dict[int, str]:
    """Vendor id to the code that the buyer gave; whether it can be used is said by the quote."""
    return {int(vendor): code for vendor, code in request.session.get(CODES, {}).items()}


def remember_code(request: HttpRequest, *, vendor_id: int, code: str) -> None:
    """One code a boutique: a new one takes the place of the one before. Empty forgets it."""
    kept = {**request.session.get(CODES, {}), str(vendor_id): code[:40]}
    if not code:
        del kept[str(vendor_id)]
    if kept != request.session.get(CODES, {}):
        request.session[CODES] = kept
