"""What to propose in the place of a listing that can no longer be bought: the nearest piece of its boutique, else the nearest of its kind.

Asked for all the dead listings of a page at once: three queries, however many they are, and no piece is proposed twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Value
from lapinblanc import clock
from lapinblanc.choices import TextChoices

from shop.catalogue.cards import ListingCard, listing_card
from shop.catalogue.categories import tree
from shop.catalogue.models import Category, Product

MOST = 60
"""More dead listings than this on one page get no alternative: their cards go."""
SPARE = 8
Shelf = tuple[int, int]
"""A boutique's number and a category's; 0 for any."""


class Nearness(TextChoices):
    BOUTIQUE = "boutique", "boutique"
    KIND = "kind", "kind"


@dataclass(frozen=True, slots=True)
class Alternative:
    """The card to show instead; `sold` tells that the first one found a buyer, rather than left the shelves."""

    card: ListingCard
    nearness: Nearness
    sold: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """A listing that cannot be bought now, and the shelves to look on, nearest first."""

    id: int
    sold: bool
    shelves: tuple[tuple[Shelf, Nearness], ...]


def alternatives(ids: Sequence[int], *, shown: Iterable[int] = ()) -> dict[int, Alternative]:
    """For each of `ids` that cannot be bought, a piece that can be and that is not among `shown`; those without one are left out.

    A listing whose row was deleted has no boutique and no kind any more: it gets none.
    """
    gone = _gone(list(dict.fromkeys(ids))[:MOST])
    shelves = list(dict.fromkeys(shelf for listing in gone for shelf, _nearness in listing.shelves))
    if not shelves:
        return {}
    taken = set(shown) | {listing.id for listing in gone}
    stock = _stock(shelves, exclude=taken, limit=len(gone) + SPARE)
    found: dict[int, Alternative] = {}
    for listing in gone:
        for shelf, nearness in listing.shelves:
            product = next((row for row in stock[shelf] if row.pk not in taken), None)
            if product is not None:
                taken.add(product.pk)
                found[listing.id] = Alternative(listing_card(product), nearness, listing.sold)
                break
    return found


def _gone(ids: Sequence[int]) -> list[Gone]:
    """In the order of `ids`; drafts and what can still be bought are not among them."""
    rows = Product.objects.listings().filter(pk__in=ids).exclude(state__in=["draft", "in_review"]).values("pk", "state", "vendor_id", "vendor__state", "sellable", "category_ids")
    known = {row["pk"]: row for row in rows}
    found = []
    for pk in ids:
        row = known.get(pk)
        if row is None or row["vendor_id"] is None:
            continue
        open_shelf = row["state"] == "published" and row["vendor__state"] == "approved"
        if not (open_shelf and row["sellable"]):
            found.append(Gone(pk, open_shelf, _shelves(row["vendor_id"], row["category_ids"])))
    return found


def _shelves(vendor: int, categories: Sequence[int]) -> tuple[tuple[Shelf, Nearness], ...]:
    """The boutique's shelf of the same kind, the whole boutique, the kind elsewhere, the kind above it."""
    depths = {node.pk: len(node.path) for node in tree().values()}
    kinds = sorted((pk for pk in categories if depths.get(pk, 0) > Category.steplen), key=lambda pk: -depths[pk])[:2]
    own = ([((vendor, kinds[0]), Nearness.BOUTIQUE)] if kinds else []) + [((vendor, 0), Nearness.BOUTIQUE)]
    return (*own, *(((0, pk), Nearness.KIND) for pk in kinds))


def _stock(shelves: Sequence[Shelf], *, exclude: set[int], limit: int) -> dict[Shelf, list[Any]]:
    """The newest pieces to be bought on each shelf, boutiques on leave left aside: one query."""
    today = clock.today()
    away = Q(vendor__leave_from__lte=today, vendor__leave_to__gte=today)
    parts = []
    for position, (vendor, kind) in enumerate(shelves):
        rows = Product.objects.on_sale().filter(sellable=True).exclude(away).exclude(pk__in=exclude)
        rows = rows.filter(vendor_id=vendor) if vendor else rows
        rows = rows.in_category(kind) if kind else rows
        parts.append(rows.newest().annotate(shelf=Value(position)).values("pk", "shelf", "card", "published_at")[:limit])
    found: dict[Shelf, list[Any]] = {shelf: [] for shelf in shelves}
    for row in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row["published_at"], row["pk"]), reverse=True):
        found[shelves[row["shelf"]]].append(Product(pk=row["pk"], card=row["card"]))
    return found
