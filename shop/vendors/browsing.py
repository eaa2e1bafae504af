"""Reads of boutiques for public pages and choosers, as cards."""

from collections.abc import Sequence

from django.db.models import Q

from shop.vendors.cards import VendorCard, vendor_card, vendor_cards
from shop.vendors.models import Vendor

PAGE = 24


def vendor_cards_by_id(ids: Sequence[int]) -> list[VendorCard]:
    """Cards of open boutiques in the order of `ids`; one query."""
    found = {vendor.pk: vendor for vendor in Vendor.objects.open().for_cards().filter(pk__in=list(ids))}
    return vendor_cards(found[pk] for pk in ids if pk in found)


def search_vendors(text: str, *, limit: int = 24) -> list[tuple[int, VendorCard]]:
    """Numbers and cards of open boutiques whose name or town holds `text`."""
    rows = Vendor.objects.open().for_cards().filter(Q(name__icontains=text) | Q(city__icontains=text))
    return [(vendor.pk, vendor_card(vendor)) for vendor in rows.order_by("name")[:limit] if vendor.card]


def boutique_page(*, department: str, after: str) -> tuple[list[VendorCard], str]:
    """A page of open boutiques by slug, and the key of the next one (empty at the end)."""
    rows = Vendor.objects.open().for_cards().order_by("slug")
    if department:
        rows = rows.filter(department=department)
    if after:
        rows = rows.filter(slug__gt=after)
    page = list(rows[: PAGE + 1])
    return vendor_cards(page[:PAGE]), page[PAGE - 1].slug if len(page) > PAGE else ""


def departments() -> list[str]:
    """Departments with at least one open boutique, in order."""
    return list(Vendor.objects.open().order_by("department").values_list("department", flat=True).distinct())
