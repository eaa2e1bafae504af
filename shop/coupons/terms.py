"""What a code takes off the lines of one boutique, to the cent. Pure Python: no database, no clock.

The whole discount is computed once, then shared by largest remainder in the order of the lines' numbers, so that the order in
which a basket lists them changes nothing. Fifty cents of what is lowered are always left (S22).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lapinblanc.money import ZERO, Money

PERCENT, AMOUNT, SHIPPING = "percent", "amount", "shipping"
# What a card can be charged at least.
LEAST = Money(50)


@dataclass(frozen=True, slots=True)
class Terms:
    """`minimum` is of the goods that the code is for, at the prices in force; `listings` None: everything of the boutique."""

    coupon_id: int
    code: str
    kind: str
    percent: int
    amount: Money
    minimum: Money
    listings: frozenset[int] | None

    def is_for(self, listing_id: int) -> bool:
        return self.listings is None or listing_id in self.listings


@dataclass(frozen=True, slots=True)
class Item:
    """A line as a code sees it: its number, its listing, and what it costs without a code."""

    number: int
    listing_id: int
    gross: Money


def concerned(terms: Terms, items: Sequence[Item]) -> Money:
    """What the goods that the code is for cost without it."""
    return Money.total(item.gross for item in items if terms.is_for(item.listing_id))


def missing(terms: Terms, items: Sequence[Item]) -> Money:
    """What these goods lack of the code's minimum; zero when it is reached."""
    return max(terms.minimum - concerned(terms, items), ZERO)


def discounts(terms: Terms, items: Sequence[Item]) -> dict[int, Money]:
    """By line's number what the code takes off it; empty when it takes nothing off goods."""
    touched = sorted((item for item in items if terms.is_for(item.listing_id)), key=lambda item: item.number)
    goods = concerned(terms, items)
    if goods < terms.minimum:
        return {}
    asked = {PERCENT: goods.share(terms.percent * 100), AMOUNT: terms.amount}.get(terms.kind, ZERO)
    whole = min(asked, goods - LEAST)
    if whole <= ZERO:
        return {}
    shares = whole.allocate([item.gross.cents for item in touched])
    return {item.number: share for item, share in zip(touched, shares, strict=True) if share}
