"""Reads of listings for public pages and choosers, as cards: by number, newest, by category with filters, by boutique.

Every page costs a fixed number of queries however many items it shows; paging goes by key, so page 500 costs page 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing

from shop.catalogue.cards import ListingCard, listing_card, listing_cards
from shop.catalogue.models import Category, Product

PAGE = 24
PRICE_STEPS = ((0, 2000), (2000, 5000), (5000, 10000), (10000, 10_000_000))


@dataclass(frozen=True, slots=True)
class Page:
    """A page of cards; `older` is the opaque key of the next page, empty at the end."""

    cards: list[ListingCard]
    older: str


def product_cards(ids: Sequence[int]) -> list[ListingCard]:
    """Cards of listings on sale, in the order of `ids`; what is no longer on sale is left out. One query."""
    rows = Product.objects.on_sale().for_cards().filter(pk__in=list(ids))
    found = {product.pk: product for product in rows}
    return listing_cards(found[pk] for pk in ids if pk in found)


def newest_cards(
    *, category_slug: str = "", vendor_id: int | None = None, exclude: int | None = None, limit: int = 8
) -> list[ListingCard]:
    """The newest listings on sale that can be bought, of a category or a boutique when one is named."""
    rows = Product.objects.on_sale().filter(sellable=True).for_cards().newest()
    if category_slug:
        category = Category.objects.filter(slug=category_slug).only("pk").first()
        rows = rows.in_category(category.pk) if category else rows.none()
    if vendor_id is not None:
        rows = rows.filter(vendor_id=vendor_id)
    if exclude is not None:
        rows = rows.exclude(pk=exclude)
    return listing_cards(rows[:limit])


def search_listings(text: str, *, limit: int = 24) -> list[tuple[int, ListingCard]]:
    """Numbers and cards of listings on sale whose title or boutique holds `text`: for the editors' chooser."""
    rows = Product.objects.on_sale().for_cards().newest()
    for word in text.split():
        rows = rows.filter(title__icontains=word) | rows.filter(vendor__name__icontains=word)
    return [(product.pk, listing_card(product)) for product in rows[:limit] if product.card]


def listing_page(rows: Any, *, after: str) -> Page:
    """A page of `rows` (listings on sale), newest first, from the key `after` on; a foreign key starts at the top."""
    rows = rows.for_cards().newest()
    key = _read_key(after)
    if key is not None:
        rows = rows.after(*key)
    found = list(rows[: PAGE + 1])
    older = _key(found[PAGE - 1]) if len(found) > PAGE else ""
    return Page(cards=listing_cards(found[:PAGE]), older=older)


def filtered(rows: Any, filters: Mapping[str, str]) -> Any:
    """Rows narrowed by what the address says; unknown values narrow nothing."""
    if filters.get("matiere"):
        rows = rows.filter(materials__contains=[filters["matiere"]])
    if filters.get("couleur"):
        rows = rows.filter(colours__contains=[filters["couleur"]])
    if filters.get("prix", "").count("-") == 1:
        low, high = filters["prix"].split("-")
        if low.isdigit() and high.isdigit():
            rows = rows.filter(price_cents__gte=int(low), price_cents__lt=int(high))
    if filters.get("dispo") == "stock":
        rows = rows.filter(made_to_order=False, sellable=True)
    if filters.get("dispo") == "commande":
        rows = rows.filter(made_to_order=True)
    return rows


def _key(product: Any) -> str:
    return signing.dumps([product.published_at.isoformat(), product.pk], salt="page", compress=True)


def _read_key(text: str) -> tuple[datetime, int] | None:
    try:
        moment, pk = signing.loads(text, salt="page")
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(moment), int(pk)
