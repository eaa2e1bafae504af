"""Prices and stocks typed in the table itself: a change like any other, done at once, so that it can be undone too.

Only what differs from what was shown is written, and only where the value is still the one that was shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from lapinblanc.money.typed import typed_cents
from lapinblanc.numbers import whole

from shop.bulk.actions import LEAST_CENTS, MOST_CENTS, MOST_STOCK, Action
from shop.bulk.applying import confirm
from shop.bulk.models import Change, ChangeLine
from shop.catalogue.models import ListingState, Product
from shop.vendors.models import Vendor

KINDS = ("price", "stock")


@dataclass(frozen=True, slots=True)
class Cell:
    """A listing's price (cents) or stock (pieces): what was shown, None where there was none, and what was typed."""

    listing: int
    kind: str
    shown: int | None
    typed: int


def read_cells(said: Mapping[str, str]) -> tuple[list[Cell], dict[str, str]]:
    """Cells that were changed, and by the name of its input what is wrong with one. Inputs are `price-12` beside `was-price-12`."""
    cells, problems = [], {}
    for name, text in said.items():
        kind, _dash, number = name.partition("-")
        listing = whole(number)
        if kind not in KINDS or listing is None or f"was-{name}" not in said:
            continue
        was = said[f"was-{name}"].strip()
        before, after = _value(kind, was), _value(kind, text)
        if not was and not text.strip():
            continue
        if after is None:
            problems[name] = _("A price such as 24,50, please.") if kind == "price" else _("A number of pieces, please.")
        elif before != after and (before is not None or not was):
            cells.append(Cell(listing, kind, before, after))
    return cells, problems


def save(*, vendor: Vendor, by: Any, cells: Sequence[Cell]) -> list[Change]:
    """Write them; a listing of another boutique, or one with variants, is passed over. At most one change a kind."""
    changes = []
    for kind in KINDS:
        wanted = {cell.listing: cell for cell in cells if cell.kind == kind}
        rows = Product.objects.by(vendor).exclude(state=ListingState.REMOVED).filter(pk__in=wanted).prefetch_related("stockrecords").order_by("pk")
        lines = [_line(product, wanted[product.pk]) for product in rows if not product.is_parent and product.stockrecords.all()]
        if not lines:
            continue
        with transaction.atomic():
            change = Change.objects.create(vendor=vendor, asked_by=by, action=Action(f"{kind}_set").to_json(), asked=len(lines))
            for line in lines:
                line.change = change
            ChangeLine.objects.bulk_create(lines)
        confirm(change)
        changes.append(change)
    return changes


def _line(product: Any, cell: Cell) -> ChangeLine:
    return ChangeLine(product=product, stockrecord=product.stockrecords.all()[0], title=product.title[:255], before=cell.shown, after=cell.typed)


def _value(kind: str, text: str) -> int | None:
    """Cents or pieces; None for anything that is none."""
    if kind == "stock":
        pieces = whole(text.strip())
        return pieces if pieces is not None and pieces <= MOST_STOCK else None
    cents = typed_cents(text)
    return cents if cents is not None and LEAST_CENTS <= cents <= MOST_CENTS else None
