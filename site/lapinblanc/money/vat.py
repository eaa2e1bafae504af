"""Value-added tax inside and on top of a price, in cents, half-up per line. Source: LAW P1, P3, P5."""

from dataclasses import dataclass

from lapinblanc.money.amount import Money


@dataclass(frozen=True, slots=True)
class VatSplit:
    """A price taken apart: `incl` = `excl` + `vat`; `rate` in basis points (2000 = 20 %)."""

    incl: Money
    excl: Money
    vat: Money
    rate: int


def exclude_vat(incl: Money, rate: int) -> Money:
    """The price before tax of `incl`, half a cent rounded up. 56.00 at 2000 is 46.67."""
    divisor = 10000 + rate
    return Money((incl.cents * 10000 * 2 + divisor) // (2 * divisor))


def split_vat(incl: Money, rate: int) -> VatSplit:
    excl = exclude_vat(incl, rate)
    return VatSplit(incl=incl, excl=excl, vat=incl - excl, rate=rate)


def vat_on_top(excl: Money, rate: int) -> Money:
    """The tax due on an amount before tax. 4.48 at 2000 is 0.90."""
    return excl.share(rate)
