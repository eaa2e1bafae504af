"""What a basket costs, boutique by boutique, to the cent: the one computation behind basket, checkout and order.

A Quote is a plain value; `as_snapshot` freezes it into a checkout session, and orders are written from that alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lapinblanc.money import ZERO, Money, split_vat

from shop.shipping.rates import RateFacts, shipping_charge


@dataclass(frozen=True, slots=True)
class LineQuote:
    """One line: `unit` incl. VAT and `total`, what is paid; `vat_rate` in basis points; `problem` is a sentence for the buyer.

    `discount` is what the code of its boutique takes off the line.
    """

    line_id: int
    product_id: int
    stockrecord_id: int
    tracks_stock: bool
    title: str
    url: str
    sku: str
    variant: str
    personalisation: Mapping[str, str]
    picture: Any
    unit: Money
    quantity: int
    vat_rate: int
    made_to_order: bool
    lead_days: int
    withdrawal: str
    most: int | None
    problem: str
    # The page where the buyer met the creation; shown to nobody, counted by the editors' report.
    read_in: int | None = None
    discount: Money = ZERO
    # Of one piece; None where its maker gave no weight.
    grams: int | None = None

    @property
    def gross(self) -> Money:
        return self.unit * self.quantity

    @property
    def total(self) -> Money:
        return self.gross - self.discount

    @property
    def vat(self) -> Money:
        return split_vat(self.total, self.vat_rate).vat


def weight_of(lines: Iterable[LineQuote]) -> int | None:
    weights = [(line.grams, line.quantity) for line in lines]
    return sum(grams * quantity for grams, quantity in weights if grams) if all(grams for grams, _quantity in weights) else None


@dataclass(frozen=True, slots=True)
class SellerFacts:
    """Who sells (LAW M2), as declared on the day; `vat_mention` is printed wherever no VAT is charged."""

    vendor_id: int
    slug: str
    name: str
    url: str
    legal_name: str
    legal_status: str
    status_label: str
    siret: str
    vat_regime: str
    vat_number: str
    vat_mention: str
    street: str
    postcode: str
    city: str
    email: str
    phone: str
    mediator: str
    private: bool
    returns: str


@dataclass(frozen=True, slots=True)
class CodeQuote:
    """The code that the buyer gave to a boutique: what it takes off in words, or `problem`, why it does nothing now."""

    code: str
    coupon_id: int = 0
    words: str = ""
    problem: str = ""
    free_shipping: bool = False


@dataclass(frozen=True, slots=True)
class ParcelQuote:
    """What one boutique sends: its lines, its shipping choices, the one chosen, its code, and what that makes."""

    seller: SellerFacts
    lines: tuple[LineQuote, ...]
    rates: tuple[RateFacts, ...]
    chosen: RateFacts | None
    dispatch_due: date
    arrives_from: date
    arrives_until: date
    code: CodeQuote | None = None
    # A sentence, where the boutique has no way to send these.
    unsendable: str = ""

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def grams(self) -> int | None:
        """Of all pieces together; None where one's weight is unknown."""
        return weight_of(self.lines)

    @property
    def goods(self) -> Money:
        """What is paid for the creations, the code taken off."""
        return Money.total(line.total for line in self.lines)

    @property
    def gross(self) -> Money:
        return Money.total(line.gross for line in self.lines)

    @property
    def discount(self) -> Money:
        """What the code takes off the creations."""
        return self.gross - self.goods

    @property
    def shipping_discount(self) -> Money:
        """What the code takes off the shipping."""
        return self.charge_without_code(self.chosen) - self.shipping if self.chosen is not None else ZERO

    @property
    def shipping(self) -> Money:
        if self.chosen is None:
            return Money(0)
        return self.charge_of(self.chosen)

    def charge_of(self, rate: RateFacts) -> Money:
        return ZERO if self.code is not None and self.code.free_shipping else self.charge_without_code(rate)

    def charge_without_code(self, rate: RateFacts) -> Money:
        """Free from an amount of goods before the code: a code never makes a basket dearer."""
        return shipping_charge(rate=rate, pieces=self.pieces, goods=self.gross, grams=self.grams)

    @property
    def choices(self) -> tuple[tuple[RateFacts, Money], ...]:
        return tuple((rate, self.charge_of(rate)) for rate in self.rates)

    @property
    def total(self) -> Money:
        return self.goods + self.shipping

    @property
    def vat(self) -> Money:
        """VAT in goods and shipping; shipping follows the goods' rates, pro rata (LAW P5)."""
        return Money.total(line.vat for line in self.lines) + self.shipping_vat

    @property
    def shipping_vat(self) -> Money:
        if not self.shipping:
            return Money(0)
        weights = [line.total.cents for line in self.lines]
        if not any(weights):
            weights = [1] * len(weights)
        shares = self.shipping.allocate(weights)
        return Money.total(
            split_vat(share, line.vat_rate).vat for share, line in zip(shares, self.lines, strict=True)
        )

    @property
    def relay_field(self) -> str:
        """The name of the form field that asks for this parcel's pick-up point."""
        return f"relay-{self.seller.vendor_id}"

    @property
    def problems(self) -> tuple[str, ...]:
        found = [line.problem for line in self.lines if line.problem]
        return (*found, self.unsendable) if self.unsendable else tuple(found)


@dataclass(frozen=True, slots=True)
class Quote:
    """The whole basket: one parcel quote per boutique, in the order in which the buyer met them."""

    parcels: tuple[ParcelQuote, ...]

    @property
    def goods(self) -> Money:
        return Money.total(parcel.goods for parcel in self.parcels)

    @property
    def gross(self) -> Money:
        return Money.total(parcel.gross for parcel in self.parcels)

    @property
    def discount(self) -> Money:
        return Money.total(parcel.discount for parcel in self.parcels)

    @property
    def shipping(self) -> Money:
        return Money.total(parcel.shipping for parcel in self.parcels)

    @property
    def vat(self) -> Money:
        return Money.total(parcel.vat for parcel in self.parcels)

    @property
    def total(self) -> Money:
        return self.goods + self.shipping

    @property
    def pieces(self) -> int:
        return sum(parcel.pieces for parcel in self.parcels)

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(problem for parcel in self.parcels for problem in parcel.problems)

    @property
    def is_empty(self) -> bool:
        return not self.parcels

    def lines(self) -> Iterable[LineQuote]:
        return (line for parcel in self.parcels for line in parcel.lines)
