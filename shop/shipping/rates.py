"""What one boutique's parcels cost to send. Pure arithmetic on the facts of an option; no database here."""

from dataclasses import dataclass

from lapinblanc.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class RateFacts:
    """A shipping option as bought: amounts incl. VAT; `free_from` on the goods of that boutique; days are working days."""

    code: str
    label: str
    kind: str
    base: Money
    per_extra: Money
    free_from: Money | None
    min_days: int
    max_days: int


def shipping_charge(*, rate: RateFacts, pieces: int, goods: Money) -> Money:
    """The charge for `pieces` pieces worth `goods`. Raises ValueError when there is nothing to send."""
    if pieces <= 0:
        raise ValueError("there is nothing to send")
    if rate.free_from is not None and goods >= rate.free_from:
        return ZERO
    return rate.base + rate.per_extra * (pieces - 1)
