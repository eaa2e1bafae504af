"""A listing's page: everything that it shows, gathered once. The template computes nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from lapinblanc.money import Money
from lapinblanc.structured import printed

from shop.catalogue.cards import lowest_offer, offers_of
from shop.catalogue.categories import trail
from shop.catalogue.freezing import picture_facts
from shop.catalogue.pictures import PictureFacts
from shop.catalogue.whole.reading import values_in_order
from shop.commissions.amounts import commission_on
from shop.commissions.models import CommissionRate
from shop.compliance.requirements import legal_lines
from shop.compliance.units import unit_price
from shop.formats import Crumb, money
from shop.partner.strategy import Strategy
from shop.vendors.cards import VendorCard, vendor_card


@dataclass(frozen=True, slots=True)
class VariantFacts:
    id: int
    label: str
    price: str
    available: bool
    note: str
    prior: str
    percent: int


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """A field of the personalisation, as an input of the page."""

    name: str
    label: str
    kind: str
    required: bool
    max_length: int
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShippingFacts:
    label: str
    price: str
    free_from: str
    min_days: int
    max_days: int


@dataclass(frozen=True, slots=True)
class ListingDetail:
    id: int
    title: str
    summary: str
    description: str
    price: str
    from_price: bool
    price_cents: int
    prior: str
    percent: int
    pictures: tuple[PictureFacts, ...]
    variants: tuple[VariantFacts, ...]
    variant_label: str
    fields: tuple[FieldFacts, ...]
    facts: tuple[tuple[str, str], ...]
    care: str
    making: str
    made_to_order: bool
    lead_days: int
    availability: str
    buyable: bool
    most: int
    shipping: tuple[ShippingFacts, ...]
    withdrawal: str
    withdrawal_note: str
    vendor: Any
    vendor_card: VendorCard
    on_leave_until: date | None
    share: str
    commission: str
    crumbs: tuple[Crumb, ...]
    rating: str
    review_count: int
    state: str
    structured: str
    legal: tuple[tuple[str, str], ...]
    unit_price: str


def listing_detail(product: Any) -> ListingDetail:
    """The facts of a listing fetched by `for_page()`; one query of its own, for the commission in force."""
    vendor = product.vendor
    variants = _variants(product)
    bought = Strategy().fetch_for_product(product) if not variants else None
    left = getattr(bought.availability, "num_available", None) if bought else None
    buyable = any(v.available for v in variants) if variants else bool(bought and bought.availability.is_available_to_buy)
    cents = lowest_offer(product.card) or product.price_cents or 0
    announced = next((offer.reduction for offer in offers_of(product.card) if offer.cents == cents), None)
    share, commission = _shares(cents)
    return ListingDetail(
        id=product.pk,
        title=product.title,
        summary=product.summary,
        description=product.description,
        price=money(Money(cents)),
        from_price=len({variant.price for variant in variants}) > 1,
        price_cents=cents,
        prior=money(Money(announced.prior)) if announced else "",
        percent=announced.percent if announced else 0,
        pictures=tuple(picture_facts(image) for image in product.images.all()),
        variants=variants,
        variant_label=", ".join(product.variant_values.get("axes", ())) or next((k for child in product.children.all() for k in child.variant_values), _("Choice")),
        fields=_fields(product),
        facts=_facts(product),
        care=product.care,
        making=product.making,
        made_to_order=product.made_to_order,
        lead_days=product.lead_days,
        availability=_availability(product, buyable, left),
        buyable=buyable,
        most=min(left, 10) if left else 10,
        shipping=_shipping(vendor),
        withdrawal=product.withdrawal,
        withdrawal_note=_withdrawal(product.withdrawal),
        vendor=vendor,
        vendor_card=vendor_card(vendor),
        on_leave_until=vendor.leave_to if vendor.is_on_leave else None,
        share=share,
        commission=commission,
        crumbs=trail(product),
        rating=product.card.get("rating", ""),
        review_count=product.card.get("reviews", 0),
        state=product.state,
        structured=_structured(product, cents, buyable),
        legal=legal_lines(product.legal),
        unit_price=_unit_price(cents, product.legal),
    )


def _shares(cents: int) -> tuple[str, str]:
    """Of a price, what reaches the boutique and what the cooperative keeps, VAT included (PRODUCT P5); one query."""
    rate = CommissionRate.objects.current()
    commission = commission_on(goods=Money(cents), rate=rate.rate, vat_rate=rate.vat_rate)
    return money(Money(cents) - commission.incl), money(commission.incl)


def _structured(product: Any, cents: int, buyable: bool) -> str:
    """schema.org Product as JSON that may stand inside a script element."""
    facts = {
        "@type": "Product",
        "name": product.title,
        "description": product.summary,
        "brand": {"@type": "Brand", "name": product.vendor.name},
        "offers": {
            "@type": "Offer",
            "price": str(Money(cents).decimal),
            "priceCurrency": "EUR",
            "availability": f"https://schema.org/{'InStock' if buyable else 'OutOfStock'}",
        },
    }
    if product.card.get("reviews"):
        rating = {"@type": "AggregateRating", "ratingValue": product.card["rating"], "reviewCount": product.card["reviews"]}
        facts["aggregateRating"] = rating
    return printed(facts)


def _variants(product: Any) -> tuple[VariantFacts, ...]:
    found = []
    announced = {offer.id: offer.reduction for offer in offers_of(product.card)}
    for child in product.children.all():
        said = announced.get(child.pk)
        bought = Strategy().fetch_for_product(child)
        left = getattr(bought.availability, "num_available", None)
        available = bought.availability.is_available_to_buy
        found.append(
            VariantFacts(
                id=child.pk,
                label=", ".join(values_in_order(child, product).values()),
                price=money(Money.from_decimal(bought.price.incl_tax)) if bought.price.exists else "",
                available=available,
                note=_("sold out") if not available else (_("last piece") if left == 1 else ""),
                prior=money(Money(said.prior)) if said else "",
                percent=said.percent if said else 0,
            )
        )
    return tuple(found)


def _fields(product: Any) -> tuple[FieldFacts, ...]:
    return tuple(
        FieldFacts(f"perso-{field.pk}", field.label, field.kind, field.required, field.max_length, tuple(field.choices))
        for field in product.personalisation_fields.all()
    )


def _unit_price(cents: int, legal: dict[str, Any]) -> str:
    """« 75,00 €/kg » where the law asks for it (LAW P6), else nothing."""
    found = unit_price(cents, legal)
    return f"{money(Money(found[0]))}/{found[1]}" if found else ""


def _facts(product: Any) -> tuple[tuple[str, str], ...]:
    sizes = (
        (_("Length"), product.length_mm),
        (_("Width"), product.width_mm),
        (_("Height"), product.height_mm),
        (_("Diameter"), product.diameter_mm),
    )
    rows = [
        (_("Materials"), ", ".join(product.materials)),
        (_("Technique"), product.technique),
        (_("Colours"), ", ".join(product.colours)),
        *((label, centimetres(size)) for label, size in sizes if size),
        (_("Weight"), grams(product.weight_g) if product.weight_g else ""),
    ]
    return tuple((label, value) for label, value in rows if value)


def centimetres(size: int) -> str:
    """Millimetres as a reader says them: `24 cm`, `7,5 cm`, `8 mm`."""
    if size < 20:
        return f"{size}\u00a0mm"
    whole, rest = divmod(size, 10)
    return f"{whole},{rest}\u00a0cm" if rest else f"{whole}\u00a0cm"


def grams(weight: int) -> str:
    if weight < 1000:
        return f"{weight}\u00a0g"
    whole, rest = divmod(weight, 1000)
    return f"{whole},{rest // 100}\u00a0kg" if rest >= 100 else f"{whole}\u00a0kg"


def _availability(product: Any, buyable: bool, left: int | None) -> str:
    if product.vendor.is_on_leave:
        return _("The boutique is on leave")
    if not buyable:
        return _("Sold") if product.is_on_sale else _("No longer on sale")
    if product.made_to_order:
        return _("Made for you")
    return _("Last piece") if left == 1 else _("Ready to leave")


def _withdrawal(kind: str) -> str:
    """The text that must be read before ordering (LAW R4)."""
    return {
        "personalised": _("Made to your specifications: it cannot be returned once the making has begun (article L221-28, 3°)."),
        "perishable": _("Perishable: it cannot be returned (article L221-28, 4°)."),
        "hygiene": _("Sealed: it cannot be returned once opened, for reasons of hygiene (article L221-28, 5°)."),
    }.get(kind, _("You have 14 days after reception to change your mind."))


def _shipping(vendor: Any) -> tuple[ShippingFacts, ...]:
    return tuple(
        ShippingFacts(
            label=option.label,
            price=money(Money(option.base_cents)) if option.base_cents else _("free"),
            free_from=money(Money(option.free_from_cents)) if option.free_from_cents else "",
            min_days=option.min_days,
            max_days=option.max_days,
        )
        for option in vendor.shipping_options.all()
        if option.is_active
    )
