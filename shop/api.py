"""The shop's small public face for the editorial house: cards by number, choosers' searches. Nothing else is imported."""

from typing import Any

from django.db.models import Q
from lapinblanc.money import Money

from shop.catalogue.browsing import newest_cards, newest_rows, product_cards
from shop.catalogue.cards import ListingCard
from shop.catalogue.models import Product
from shop.catalogue.pictures import PictureFacts
from shop.catalogue.reading import register as register_open_pages
from shop.catalogue.reading import with_page
from shop.formats import money
from shop.order.reading import PageSales, pages_that_sold, sold_from_pages
from shop.vendors.cards import VendorCard, vendor_card
from shop.vendors.models import Vendor, VendorState

__all__ = [
    "ListingCard",
    "PageSales",
    "PictureFacts",
    "VendorCard",
    "choosable_listings",
    "choosable_vendors",
    "matching_listings",
    "newest_cards",
    "newest_rows",
    "open_vendor_card",
    "pages_that_sold",
    "price_text",
    "product_cards",
    "register_open_pages",
    "sold_from_pages",
    "with_page",
]


def open_vendor_card(vendor: Vendor) -> VendorCard | None:
    """The card of a boutique that an editor chose; None once it is closed or suspended."""
    return vendor_card(vendor) if vendor.state == VendorState.APPROVED and vendor.card else None


def choosable_listings() -> Any:
    """Rows that an editor may choose, newest first: on sale, with their cards."""
    return Product.objects.on_sale().newest().only("id", "title", "card", "published_at", "structure", "parent")


def matching_listings(rows: Any, words: str) -> Any:
    """Rows whose title or boutique holds every word."""
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(vendor__name__icontains=word))
    return rows


def choosable_vendors() -> Any:
    """Open boutiques by name."""
    return Vendor.objects.open().order_by("name")


def price_text(card: dict[str, Any]) -> str:
    """The price of a frozen card as text."""
    price = card.get("price") if card else None
    return money(Money(price)) if price is not None else ""
