"""What every page of the workshop shows around its own: the navigation by right, and the boutique."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.vendors.access import may
from shop.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class NavLink:
    label: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class WorkshopFrame:
    vendor: Vendor
    nav: tuple[NavLink, ...]


def page(
    request: HttpRequest, vendor: Vendor, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of the workshop in its frame."""
    frame = WorkshopFrame(vendor=vendor, nav=_nav(request))
    return render(request, f"workshop/{template}.html", {"workshop": frame, "vendor": vendor, **(context or {})}, status=status)


def _nav(request: HttpRequest) -> tuple[NavLink, ...]:
    places = (
        ("orders", _("Today"), "workshop:today", "house"),
        ("orders", _("Orders"), "workshop:orders", "package"),
        ("orders", _("Messages"), "inbox:inbox", "mail"),
        ("listings", _("Creations"), "workshop:listings", "palette"),
        ("listings", _("Reviews"), "feedback:board", "star"),
        ("listings", _("Figures"), "statistics:board", "chart-column"),
        ("listings", _("Fundings"), "workshop:fundings", "sprout"),
        ("listings", _("Prices"), "promotions:board", "gift"),
        ("money", _("Payouts"), "workshop:money", "wallet"),
        ("boutique", _("Boutique"), "workshop:boutique", "store"),
    )
    member = request.membership  # type: ignore[attr-defined]
    links = []
    for right, label, name, icon in places:
        if may(member, right):
            url = reverse(name)
            here = request.path == url or (name != "workshop:today" and request.path.startswith(url))
            links.append(NavLink(label, url, icon, here))
    return tuple(links)
