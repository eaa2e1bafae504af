"""The filters beside a list of listings: what can be chosen, how many each leaves, and the address that chooses it.

A facet doesn't filter itself: its counts are those of the other filters. One query a facet, over arrays in the row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Func, Q
from django.utils.translation import gettext as _
from lapinblanc.money import Money

from shop.catalogue.browsing import PRICE_STEPS, filtered

NAMES = ("prix", "matiere", "couleur", "dispo")
MOST = 12


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    url: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    title: str
    options: tuple[Option, ...]

    @property
    def open(self) -> bool:
        return any(option.selected for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    remove_url: str


def facets(rows: Any, filters: Mapping[str, str], money: Callable[[Money], str]) -> list[Facet]:
    """All filters of `rows` with live counts."""
    return [
        Facet(_("Price"), _prices(filtered(rows, _without(filters, "prix")), filters, money)),
        Facet(_("Material"), _array(filtered(rows, _without(filters, "matiere")), "materials", "matiere", filters)),
        Facet(_("Colour"), _array(filtered(rows, _without(filters, "couleur")), "colours", "couleur", filters)),
        Facet(_("Availability"), _availability(filtered(rows, _without(filters, "dispo")), filters)),
    ]


def chips(found: list[Facet]) -> list[Chip]:
    """What is applied, each with the address that takes it away."""
    return [
        Chip(label=option.label, remove_url=option.url) for facet in found for option in facet.options if option.selected
    ]


def chosen(query: Mapping[str, str]) -> dict[str, str]:
    """The filters that an address names, ours alone."""
    return {name: query[name].replace("\0", "")[:80] for name in NAMES if query.get(name)}


def _array(rows: Any, column: str, name: str, filters: Mapping[str, str]) -> tuple[Option, ...]:
    values = (
        rows.order_by()
        .annotate(value=Func(column, function="unnest"))
        .values("value")
        .annotate(count=Count("pk"))
        .order_by("-count", "value")[:MOST]
    )
    return tuple(_option(row["value"], name, row["value"], row["count"], filters) for row in values)


def _prices(rows: Any, filters: Mapping[str, str], money: Callable[[Money], str]) -> tuple[Option, ...]:
    counts = rows.order_by().aggregate(
        **{f"s{i}": Count("pk", filter=Q(price_cents__gte=low, price_cents__lt=high)) for i, (low, high) in enumerate(PRICE_STEPS)}
    )
    options = []
    for i, (low, high) in enumerate(PRICE_STEPS):
        if low == 0:
            label = _("Under %(price)s") % {"price": money(Money(high))}
        elif high > 1_000_000:
            label = _("From %(price)s") % {"price": money(Money(low))}
        else:
            label = _("%(low)s to %(high)s") % {"low": money(Money(low)), "high": money(Money(high))}
        options.append(_option(label, "prix", f"{low}-{high}", counts[f"s{i}"], filters))
    return tuple(option for option in options if option.count or option.selected)


def _availability(rows: Any, filters: Mapping[str, str]) -> tuple[Option, ...]:
    counts = rows.order_by().aggregate(
        stock=Count("pk", filter=Q(made_to_order=False, sellable=True)), order=Count("pk", filter=Q(made_to_order=True))
    )
    return (
        _option(_("Ready to ship"), "dispo", "stock", counts["stock"], filters),
        _option(_("Made to order"), "dispo", "commande", counts["order"], filters),
    )


def _option(label: str, name: str, value: str, count: int, filters: Mapping[str, str]) -> Option:
    selected = filters.get(name) == value
    query = _without(filters, name) if selected else {**filters, name: value}
    return Option(label=label, url="?" + urlencode(sorted(query.items())), count=count, selected=selected)


def _without(filters: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in filters.items() if key != name}
