"""Preparing a change: what each creation would become, or why it cannot. Nothing of the catalogue is written here."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shop.bulk.actions import Action, Refused
from shop.bulk.models import Change, ChangeLine, LineState
from shop.catalogue import editing
from shop.catalogue.models import ListingState, Product
from shop.catalogue.whole.reading import cents_of
from shop.vendors.models import Section, Vendor

MOST = 5000


class NothingToChange(Exception):
    """No creation was chosen, or none would change."""


class TooMany(Exception):
    """More than `MOST` at once."""


@transaction.atomic
def prepare(*, vendor: Vendor, by: Any, products: Any, action: Action) -> Change:
    """A change with its lines, to be confirmed. `products`: rows of this vendor's. Raises NothingToChange, TooMany, Refused."""
    if action.kind == "section" and action.text and not Section.objects.filter(vendor=vendor, name=action.text).exists():
        raise Refused(_("This section does not exist any more: choose another."))
    rows = list(products.select_related("section", "vendor").prefetch_related("stockrecords", "children__stockrecords").order_by("pk")[: MOST + 1])
    if len(rows) > MOST:
        raise TooMany
    change = Change.objects.create(vendor=vendor, asked_by=by, action=action.to_json())
    lines = [line for product in rows for line in _lines(change, product, action)]
    if not any(line.state == LineState.WAITING for line in lines) and not any(line.reason for line in lines):
        raise NothingToChange
    ChangeLine.objects.bulk_create(lines, batch_size=1000)
    change.asked, change.refused = len(lines), sum(line.state == LineState.REFUSED for line in lines)
    change.save(update_fields=["asked", "refused"])
    return change


def value_of(product: Any, action: Action) -> Any:
    """The value of a whole listing that an action would change."""
    if action.kind.startswith("tag"):
        return list(product.tags)
    if action.kind == "section":
        return product.section.name if product.section else ""
    return product.lead_days if action.kind == "lead_days" else product.state


def record_value(record: Any, action: Action) -> int | None:
    return cents_of(record) if action.kind.startswith("price") else record.num_in_stock


def records_of(product: Any) -> Iterable[tuple[Any, str]]:
    """The stock records that buyers choose between, each with its name."""
    children = [child for child in product.children.all() if child.is_public] if product.is_parent else []
    for piece in children or [product]:
        for record in piece.stockrecords.all():
            yield record, piece.title


def _lines(change: Change, product: Any, action: Action) -> Sequence[ChangeLine]:
    if action.of_records:
        made = [_line(change, product, record, title, record_value(record, action), action) for record, title in records_of(product)]
    else:
        made = [_line(change, product, None, product.title, value_of(product, action), action)]
    return [line for line in made if line.state == LineState.REFUSED or line.before != line.after]


def _line(change: Change, product: Any, record: Any, title: str, before: Any, action: Action) -> ChangeLine:
    line = ChangeLine(change=change, product=product, stockrecord=record, title=title[:255], before=before)
    try:
        line.after = action.after(before)
        if action.kind == "state":
            _check_move(product, action.text)
        if action.kind.startswith("stock") and record is not None and (line.after or 0) < (record.num_allocated or 0):
            raise Refused(_("Some pieces are set aside for orders under way: the stock cannot be below them."))
    except Refused as refused:
        line.state, line.reason = LineState.REFUSED, refused.message[:500]
    return line


def _check_move(product: Product, state: str) -> None:
    if state == product.state:
        return
    if state not in editing.MOVES[product.state]:
        raise Refused(_("« %(from)s » cannot become « %(to)s » here.") % {"from": ListingState(product.state).label, "to": ListingState(state).label})
    gaps = editing.missing(product) if state == ListingState.PUBLISHED else []
    if gaps:
        raise Refused(" ".join(gaps))
