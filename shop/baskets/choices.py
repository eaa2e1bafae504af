"""The shipping choice per boutique, kept in the session until the order: `{"12": "relais"}`."""

from django.http import HttpRequest
from lapinblanc.numbers import whole

KEY = "shipping-choices"


def read_choices(request: HttpRequest) -> dict[int, str]:
    """Vendor id to option code; codes that no longer exist are ignored by the quote."""
    return {int(vendor): code for vendor, code in request.session.get(KEY, {}).items()}


def remember_choices(request: HttpRequest) -> None:
    """Take the choices out of a posted form (`shipping-<vendor>`)."""
    posted = {name[9:]: value[:40] for name, value in request.POST.items() if name.startswith("shipping-")}
    kept = {vendor: code for vendor, code in posted.items() if whole(vendor) is not None}
    if kept:
        request.session[KEY] = {**request.session.get(KEY, {}), **kept}
