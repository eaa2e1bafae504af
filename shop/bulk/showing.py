"""Lines of a change in words: prices in euros, states by their names."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from lapinblanc.money import Money

from shop.bulk.actions import Action
from shop.bulk.models import Change, LineState
from shop.catalogue.models import ListingState
from shop.formats import money


@dataclass(frozen=True, slots=True)
class ShownLine:
    title: str
    listing: int
    before: str
    after: str
    state: str
    state_label: str
    reason: str


def shown_lines(change: Change, *, after: int, most: int) -> tuple[list[ShownLine], int]:
    """Those that cannot be done first, then in order; and the number to go on from, 0 at the end. One query."""
    action = Action.of(change.action)
    rows = sorted_lines(change)
    found = list(rows[after : after + most + 1])
    lines = [
        ShownLine(line.title, line.product_id, written(action, line.before), written(action, line.after) if line.state != LineState.REFUSED else "", line.state, str(line.get_state_display()), line.reason)
        for line in found[:most]
    ]
    return lines, after + most if len(found) > most else 0


def sorted_lines(change: Change) -> Any:
    return change.lines.order_by("-reason", "pk") if change.refused else change.lines.order_by("pk")


def written(action: Action, value: Any) -> str:
    """A value as people write it."""
    if value is None:
        return _("made to order") if action.kind.startswith("stock") else _("no price")
    if action.kind.startswith("price"):
        return money(Money(value))
    if action.kind == "state":
        return str(ListingState(value).label)
    if isinstance(value, list):
        return ", ".join(value) or _("none")
    return str(value) or _("none")
