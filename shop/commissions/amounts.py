"""The commission on a sale and its VAT. Pure arithmetic: the rate comes from `models.CommissionRate`."""

from dataclasses import dataclass

from lapinblanc.money import Money, vat_on_top


@dataclass(frozen=True, slots=True)
class Commission:
    """What the cooperative keeps of a sale: `excl` before tax and the VAT on it."""

    excl: Money
    vat: Money

    @property
    def incl(self) -> Money:
        return self.excl + self.vat


def commission_on(*, goods: Money, rate: int, vat_rate: int) -> Commission:
    """On the goods incl. VAT, shipping left out; rates in basis points. 56.00 at 8 % is 4.48 + 0.90."""
    excl = goods.share(rate)
    return Commission(excl=excl, vat=vat_on_top(excl, vat_rate))


def commission_to_return(*, charged: Commission, goods: Money, refunded_before: Money, refund: Money) -> Commission:
    """The part of `charged` to give back when `refund` of `goods` is refunded after `refunded_before`.

    Cumulative, so that refunding everything in any number of steps returns exactly what was charged.
    Raises ValueError when more than the goods would be refunded.
    """
    after = refunded_before + refund
    if refund.cents < 0 or refunded_before.cents < 0 or after > goods:
        raise ValueError("a refund of goods stays between nothing and the goods")
    return Commission(
        excl=_part(charged.excl, after, goods) - _part(charged.excl, refunded_before, goods),
        vat=_part(charged.vat, after, goods) - _part(charged.vat, refunded_before, goods),
    )


def _part(amount: Money, part: Money, whole: Money) -> Money:
    """`amount` × part ÷ whole, half a cent up."""
    if not whole:
        return Money(0)
    return Money((amount.cents * part.cents * 2 + whole.cents) // (2 * whole.cents))
