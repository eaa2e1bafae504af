"""Reads of listings for public pages and choosers, as cards: by number, newest, by boutique.

Every page costs a fixed number of queries however many items it shows; paging goes by key, so page 500 costs page 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Value

from shop.catalogue.cards import ListingCard, listing_card, listing_cards
from shop.catalogue.categories import tree
from shop.catalogue.models import Product

PAGE = 24


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
    *, vendor_id: int | None = None, exclude: int | None = None, limit: int = 8
) -> list[ListingCard]:
    """The newest listings on sale that can be bought, of one boutique when it is named."""
    rows = Product.objects.on_sale().filter(sellable=True).for_cards().newest()
    if vendor_id is not None:
        rows = rows.filter(vendor_id=vendor_id)
    if exclude is not None:
        rows = rows.exclude(pk=exclude)
    return listing_cards(rows[:limit])


def newest_rows(
    wanted: Sequence[tuple[str, int | None]], *, limit: int = 8
) -> dict[tuple[str, int | None], list[ListingCard]]:
    """Rows of newest cards for several (category slug, vendor) at once: one query in all."""
    numbers = {node.slug: node.pk for node in tree().values()}
    parts = []
    for position, (slug, vendor_id) in enumerate(wanted):
        rows = Product.objects.on_sale().filter(sellable=True)
        rows = rows.in_category(numbers.get(slug, 0)) if slug else rows
        rows = rows.filter(vendor_id=vendor_id) if vendor_id is not None else rows
        parts.append(rows.newest().annotate(row=Value(position)).values("pk", "row", "card", "published_at")[:limit])
    found: dict[tuple[str, int | None], list[ListingCard]] = {key: [] for key in wanted}
    for row in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row["published_at"], reverse=True):
        found[wanted[row["row"]]].append(listing_card(Product(pk=row["pk"], card=row["card"])))
    return found


def listing_page(rows: Any, *, after: str) -> Page:
    """A page of `rows` (listings on sale), newest first, from the key `after` on; a foreign key starts at the top."""
    rows = rows.for_cards().newest()
    key = _read_key(after)
    if key is not None:
        rows = rows.after(*key)
    found = list(rows[: PAGE + 1])
    older = _key(found[PAGE - 1]) if len(found) > PAGE else ""
    return Page(cards=listing_cards(found[:PAGE]), older=older)


def _key(product: Any) -> str:
    return signing.dumps([product.published_at.isoformat(), product.pk], salt="page", compress=True)


def _read_key(text: str) -> tuple[datetime, int] | None:
    try:
        moment, pk = signing.loads(text, salt="page")
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(moment), int(pk)
