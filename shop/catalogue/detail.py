"""A listing's page: everything that it shows, gathered once. The template computes nothing."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from shop.catalogue.cards import lowest_offer, offers_of
from shop.catalogue.categories import trail
from shop.catalogue.choosing import MOST_AT_ONCE, ChoiceFacts, choice_of
from shop.catalogue.describing import FieldFacts, facts_of, fields_of, structured_of
from shop.catalogue.freezing import picture_facts
from shop.catalogue.pictures import PictureFacts
from shop.catalogue.terms import (
    PriceFacts,
    ShippingFacts,
    StateFacts,
    availability,
    price_facts,
    shipping_of,
    withdrawal,
)
from shop.commissions.models import CommissionRate
from shop.compliance.requirements import legal_lines
from shop.formats import Crumb
from shop.partner.strategy import Strategy
from shop.vendors.cards import VendorCard, vendor_card


@dataclass(frozen=True, slots=True)
class ListingDetail:
    """`offer`, `state` and `most` are those of the variant that was chosen, else of the whole; `price_cents` is the lowest price."""

    id: int
    title: str
    summary: str
    description: str
    offer: PriceFacts
    from_price: bool
    price_cents: int
    pictures: tuple[PictureFacts, ...]
    choice: ChoiceFacts
    fields: tuple[FieldFacts, ...]
    facts: tuple[tuple[str, str], ...]
    care: str
    making: str
    made_to_order: bool
    lead_days: int
    availability: StateFacts
    buyable: bool
    most: int
    shipping: tuple[ShippingFacts, ...]
    withdrawal: str
    withdrawal_note: str
    vendor: Any
    vendor_card: VendorCard
    on_leave_until: date | None
    crumbs: tuple[Crumb, ...]
    rating: str
    review_count: int
    state: str
    structured: str
    legal: tuple[tuple[str, str], ...]


def listing_detail(product: Any, *, variant: int | None = None) -> ListingDetail:
    """The facts of a listing fetched by `for_page()`, with one of its variants chosen or none; one query of its own, for the commission in force."""
    vendor = product.vendor
    priced = partial(price_facts, legal=product.legal, rate=CommissionRate.objects.current())
    images = _pictures(product, variant)
    choice = choice_of(product, chosen=variant, places={image.pk: place for place, image in enumerate(images, start=1)}, priced=priced)
    bought = Strategy().fetch_for_product(product) if not choice.variants else None
    left = getattr(bought.availability, "num_available", None) if bought else None
    buyable = any(v.available for v in choice.variants) if choice.variants else bool(bought and bought.availability.is_available_to_buy)
    cents = lowest_offer(product.card) or product.price_cents or 0
    lowest = priced(cents, next((offer.reduction for offer in offers_of(product.card) if offer.cents == cents), None))
    chosen = choice.chosen
    return ListingDetail(
        id=product.pk,
        title=product.title,
        summary=product.summary,
        description=product.description,
        offer=chosen.offer if chosen else lowest,
        from_price=not chosen and len({v.offer.price for v in choice.variants}) > 1,
        price_cents=cents,
        pictures=tuple(picture_facts(image) for image in images),
        choice=choice,
        fields=fields_of(product),
        facts=facts_of(product),
        care=product.care,
        making=product.making,
        made_to_order=product.made_to_order,
        lead_days=product.lead_days,
        availability=chosen.state if chosen and buyable else StateFacts(availability(product, buyable=buyable, left=left), buyable),
        buyable=buyable,
        most=chosen.most if chosen else min(left or MOST_AT_ONCE, MOST_AT_ONCE),
        shipping=shipping_of(product, cents),
        withdrawal=product.withdrawal,
        withdrawal_note=withdrawal(product.withdrawal),
        vendor=vendor,
        vendor_card=vendor_card(vendor),
        on_leave_until=vendor.leave_to if vendor.is_on_leave else None,
        crumbs=trail(product),
        rating=product.card.get("rating", ""),
        review_count=product.card.get("reviews", 0),
        state=product.state,
        structured=structured_of(product, cents, buyable),
        legal=legal_lines(product.legal),
    )


def _pictures(product: Any, variant: int | None) -> list[Any]:
    """In the vendor's order, that of the chosen variant first: it is the one seen without a script."""
    shown = next((child.picture_id for child in product.children.all() if child.pk == variant), None)
    return sorted(product.images.all(), key=lambda image: image.pk != shown) if shown else list(product.images.all())
