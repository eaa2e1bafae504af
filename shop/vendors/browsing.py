"""Reads of boutiques for public pages, as cards."""

from collections.abc import Sequence

from django.db.models import Case, Value, When

from shop.vendors.cards import VendorCard, vendor_cards
from shop.vendors.models import Vendor

PAGE = 24


def boutique_page(*, department: str, after: str) -> tuple[list[VendorCard], str]:
    """A page of open boutiques by slug, and the key of the next one (empty at the end)."""
    rows = Vendor.objects.open().for_cards().order_by("slug")
    if department:
        rows = rows.filter(department=department)
    if after:
        rows = rows.filter(slug__gt=after)
    page = list(rows[: PAGE + 1])
    return vendor_cards(page[:PAGE]), page[PAGE - 1].slug if len(page) > PAGE else ""


def boutiques_in(codes: Sequence[str], *, limit: int) -> list[VendorCard]:
    """Cards of the open boutiques of these departments, those of the first department first; one query."""
    order = Case(*(When(department=code, then=Value(place)) for place, code in enumerate(codes)), default=Value(len(codes)))
    rows = Vendor.objects.open().for_cards().filter(department__in=list(codes)).order_by(order, "slug")
    return vendor_cards(rows[:limit])


def departments() -> list[str]:
    """Departments with at least one open boutique, in order."""
    return list(Vendor.objects.open().order_by("department").values_list("department", flat=True).distinct())


def names_by_slug(slugs: Sequence[str]) -> dict[str, str]:
    """The names of open boutiques; those of most use in facets are few, so one query reads them."""
    return dict(Vendor.objects.open().filter(slug__in=list(slugs)[:200]).values_list("slug", "name"))
