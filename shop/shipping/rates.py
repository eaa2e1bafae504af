"""What one boutique's parcels cost to send. Pure arithmetic on the facts of an option; no database here."""

from dataclasses import dataclass

from lapinblanc.money import ZERO, Money

from shop.shipping.zones import EVERYWHERE, zone_of


@dataclass(frozen=True, slots=True)
class RateFacts:
    """A shipping option as bought: amounts incl. VAT; `free_from` on the goods of that boutique; days are working days.

    `steps`: the price up to so many grams, the lightest first; none where pieces are counted. `zones`: where it goes.
    """

    code: str
    label: str
    kind: str
    base: Money
    per_extra: Money
    free_from: Money | None
    min_days: int
    max_days: int
    steps: tuple[tuple[int, Money], ...] = ()
    zones: tuple[str, ...] = EVERYWHERE


def goes_to(rate: RateFacts, postcode: str) -> bool:
    """Whether a parcel may be sent there so; what is handed over at the workshop goes wherever its buyer lives."""
    return rate.kind == "hand" or zone_of(postcode) in rate.zones


def takes(rate: RateFacts, grams: int | None) -> bool:
    """Whether a parcel of this weight can be sent so; one of an unknown weight is counted by pieces, and can."""
    return not rate.steps or grams is None or grams <= rate.steps[-1][0]


def shipping_charge(*, rate: RateFacts, pieces: int, goods: Money, grams: int | None = None) -> Money:
    """The charge for `pieces` pieces worth `goods` that weigh `grams` together, None where one's weight is unknown.

    Raises ValueError when there is nothing to send, or when it is too heavy.
    """
    if pieces <= 0:
        raise ValueError("there is nothing to send")
    if rate.free_from is not None and goods >= rate.free_from:
        return ZERO
    if rate.steps and grams is not None:
        price = next((price for most, price in rate.steps if grams <= most), None)
        if price is None:
            raise ValueError("it is too heavy")
        return price
    return rate.base + rate.per_extra * (pieces - 1)
