"""The shop's small public face for the editorial house: cards by number, choosers' searches. Nothing else is imported."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from lapinblanc.money import Money
from shop.catalogue.browsing import newest_cards, product_cards, search_listings
from shop.catalogue.cards import ListingCard
from shop.catalogue.pictures import PictureFacts
from shop.catalogue.models import Product
from shop.formats import money
from shop.vendors.browsing import search_vendors, vendor_cards_by_id
from shop.vendors.cards import VendorCard
from shop.vendors.models import Vendor

__all__ = [
    "ListingCard",
    "PictureFacts",
    "VendorCard",
    "choosable_listings",
    "choosable_vendors",
    "matching_listings",
    "newest_cards",
    "price_text",
    "product_cards",
    "search_listings",
    "search_vendors",
    "vendor_cards",
]


def vendor_cards(ids: Sequence[int]) -> list[VendorCard]:
    """The cards of open boutiques, in the order asked for; closed ones are left out."""
    return vendor_cards_by_id(ids)


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
