"""How a buyer chooses among the variants of a listing: one flat choice that works everywhere, and what a script needs to make one of each axis.

Nothing here decides what may be bought: the basket asks the strategy again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from lapinblanc import numbers
from lapinblanc.money import Money

from shop.catalogue.cards import offers_of
from shop.catalogue.terms import PriceFacts, StateFacts, availability
from shop.catalogue.whole.reading import named, values_in_order
from shop.partner.strategy import Strategy

PARAMETER = "variante"
# Up to so many variants of one axis stand side by side with their prices; more, or several axes, are a list.
MOST_CARDS = 8
# An axis of up to so many short values is a row of chips, else a list.
MOST_CHIPS, LONGEST_CHIP = 8, 24
MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class VariantFacts:
    """`values` in the vendor's order of the axes; `picture`: its place in the gallery from 1, 0 for none; `most`: pieces at once."""

    id: int
    values: tuple[str, ...]
    offer: PriceFacts
    state: StateFacts
    note: str
    picture: int
    most: int

    @property
    def label(self) -> str:
        return " · ".join(self.values)

    @property
    def available(self) -> bool:
        return self.state.available


@dataclass(frozen=True, slots=True)
class AxisFacts:
    name: str
    values: tuple[str, ...]

    @property
    def chips(self) -> bool:
        return len(self.values) <= MOST_CHIPS and all(len(value) <= LONGEST_CHIP for value in self.values)


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """Variants that share the first axis's value; `label` is empty when there is but one group."""

    label: str
    variants: tuple[VariantFacts, ...]


@dataclass(frozen=True, slots=True)
class ChoiceFacts:
    """`axes` is empty where one flat choice says it all: a single axis, or combinations that make no grid."""

    label: str
    variants: tuple[VariantFacts, ...]
    axes: tuple[AxisFacts, ...]
    chosen: VariantFacts | None
    address: str

    @property
    def cards(self) -> bool:
        return not self.axes and len(self.variants) <= MOST_CARDS

    @property
    def groups(self) -> tuple[GroupFacts, ...]:
        if not self.axes:
            return (GroupFacts("", self.variants),)
        first = self.axes[0]
        return tuple(GroupFacts(named(first.name, value), tuple(variant for variant in self.variants if variant.values[0] == value)) for value in first.values)

    @property
    def offers(self) -> tuple[PriceFacts, ...]:
        """The different prices: each is drawn once, however many variants cost it."""
        return tuple(dict.fromkeys(variant.offer for variant in self.variants))

    @property
    def states(self) -> tuple[StateFacts, ...]:
        return tuple(dict.fromkeys(variant.state for variant in self.variants))

    @property
    def data(self) -> dict[str, Any]:
        """For the script: prices and states by their place among `offers` and `states`, whose drawings stand in the page."""
        prices = {offer: place for place, offer in enumerate(self.offers)}
        states = {state: place for place, state in enumerate(self.states)}
        return {
            "address": self.address,
            "chosen": self.chosen.id if self.chosen else None,
            "shares": [offer.share for offer in prices],
            "variants": [
                {
                    "id": variant.id, "values": variant.values, "available": variant.available, "price": prices[variant.offer],
                    "state": states[variant.state], "picture": variant.picture, "most": variant.most,
                }
                for variant in self.variants
            ],
        }


def choice_of(product: Any, *, chosen: int | None, places: Mapping[int, int], priced: Callable[[int, Any], PriceFacts]) -> ChoiceFacts:
    """`chosen`: the number of a variant, ignored when it is not one of this listing's. `places` in the gallery by picture. No query of its own."""
    reductions = {offer.id: offer.reduction for offer in offers_of(product.card)}
    rows = [(values_in_order(child, product), _variant(child, product, reductions.get(child.pk), places, priced)) for child in product.children.all()]
    names = tuple(rows[0][0]) if rows else ()
    variants = tuple(variant for _values, variant in rows)
    return ChoiceFacts(
        label=", ".join(names) or _("Choice"),
        variants=variants,
        axes=axes_of([values for values, _variant in rows]),
        chosen=next((variant for variant in variants if variant.id == chosen), None),
        address=product.get_absolute_url(),
    )


def axes_of(rows: Sequence[Mapping[str, str]]) -> tuple[AxisFacts, ...]:
    """The axes of a grid with their values as they first appear; nothing unless each row has a value of the same two axes or more, and no two rows the same."""
    names = tuple(rows[0]) if rows else ()
    if len(names) < 2 or any(tuple(row) != names for row in rows) or len({tuple(row.values()) for row in rows}) < len(rows):
        return ()
    return tuple(AxisFacts(name, tuple(dict.fromkeys(row[name] for row in rows))) for name in names)


def _variant(child: Any, product: Any, reduction: Any, places: Mapping[int, int], priced: Callable[[int, Any], PriceFacts]) -> VariantFacts:
    bought = Strategy().fetch_for_product(child)
    left = getattr(bought.availability, "num_available", None)
    available = bought.availability.is_available_to_buy
    return VariantFacts(
        id=child.pk,
        values=tuple(values_in_order(child, product).values()),
        offer=priced(Money.from_decimal(bought.price.incl_tax).cents, reduction) if bought.price.exists else PriceFacts(""),
        state=StateFacts(availability(product, buyable=True, left=left) if available else _("This choice is sold out"), available),
        note=_("sold out") if not available else (_("last piece") if left == 1 else ""),
        picture=places.get(child.picture_id, 0),
        most=min(left, MOST_AT_ONCE) if left else MOST_AT_ONCE,
    )


def variant_named(said: Mapping[str, str]) -> int | None:
    """The variant that an address names; None for nonsense."""
    return numbers.whole(said.get(PARAMETER, ""))


def with_variant(url: str, variant: int | None) -> str:
    """The address of a listing with one of its variants chosen."""
    return url if variant is None else f"{url}{'&' if '?' in url else '?'}{PARAMETER}={variant}"
