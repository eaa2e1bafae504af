"""On which terms a listing is sold: its price with all that must stand beside it, availability, shipping, return."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from lapinblanc.money import Money

from shop.commissions.amounts import commission_on
from shop.compliance.units import unit_price
from shop.formats import money
from shop.shipping.rates import RateFacts, shipping_charge, takes


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """A price as text; `prior` and `percent` of a reduction that may be announced (LAW P7), `unit` « 75,00 €/kg » where the law asks for it (LAW P6), `share`: a sentence."""

    price: str
    prior: str = ""
    percent: int = 0
    unit: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class StateFacts:
    """Whether a listing or a variant can be had, in words."""

    text: str
    available: bool


@dataclass(frozen=True, slots=True)
class ShippingFacts:
    label: str
    price: str
    free_from: str
    min_days: int
    max_days: int


def price_facts(cents: int, reduction: Any, *, legal: dict[str, Any], rate: Any) -> PriceFacts:
    """`rate`: the commission in force; it says where the money goes (PRODUCT P5)."""
    by_unit = unit_price(cents, legal)
    commission = commission_on(goods=Money(cents), rate=rate.rate, vat_rate=rate.vat_rate).incl
    return PriceFacts(
        price=money(Money(cents)),
        prior=money(Money(reduction.prior)) if reduction else "",
        percent=reduction.percent if reduction else 0,
        unit=f"{money(Money(by_unit[0]))}/{by_unit[1]}" if by_unit else "",
        share=_("Of this price %(share)s go to the boutique, %(commission)s to the cooperative, VAT on its commission included.")
        % {"share": money(Money(cents) - commission), "commission": money(commission)},
    )


def availability(product: Any, *, buyable: bool, left: int | None) -> str:
    if product.vendor.is_on_leave:
        return _("The boutique is on leave")
    if not buyable:
        return _("Sold") if product.is_on_sale else _("No longer on sale")
    if product.made_to_order:
        return _("Made for you")
    return _("Last piece") if left == 1 else _("Ready to leave")


def withdrawal(kind: str) -> str:
    """The text that must be read before ordering (LAW R4)."""
    return {
        "personalised": _("Made to your specifications: it cannot be returned once the making has begun (article L221-28, 3°)."),
        "perishable": _("Perishable: it cannot be returned (article L221-28, 4°)."),
        "hygiene": _("Sealed: it cannot be returned once opened, for reasons of hygiene (article L221-28, 5°)."),
    }.get(kind, _("You have 14 days after reception to change your mind."))


def shipping_of(product: Any, cents: int) -> tuple[ShippingFacts, ...]:
    """The ways in which its boutique sends one of it, worth `cents`; what is too heavy for it is left out."""
    options = [option for option in product.vendor.shipping_options.all() if option.is_active and takes(option.rate, product.weight_g)]
    return tuple(
        ShippingFacts(
            label=option.label,
            price=_charge(option.rate, product.weight_g, cents),
            free_from=money(Money(option.free_from_cents)) if option.free_from_cents else "",
            min_days=option.min_days,
            max_days=option.max_days,
        )
        for option in options
    )


def _charge(rate: RateFacts, grams: int | None, cents: int) -> str:
    charge = shipping_charge(rate=replace(rate, free_from=None), pieces=1, goods=Money(cents), grams=grams)
    return money(charge) if charge else _("free")
