"""The frozen card of a boutique: all that a list shows of it. Written by `shop.catalogue.freezing`, read here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lapinblanc import clock

from shop.formats import in_language
from shop.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class VendorCard:
    """What `components/_vendor_card.html` shows; `picture` holds the facts of a picture as a mapping, or None."""

    slug: str
    url: str
    name: str
    tagline: str
    place: str
    picture: Any
    listing_count: int
    since_year: int
    on_leave: bool


def vendor_card(vendor: Any) -> VendorCard:
    """The card of a boutique whose `card` was frozen; leave is decided today, not when it was frozen."""
    facts = vendor.card
    return VendorCard(
        slug=vendor.slug,
        url=in_language(facts["url"]),
        name=facts["name"],
        tagline=facts["tagline"],
        place=facts["place"],
        picture=facts["picture"],
        listing_count=facts["listing_count"],
        since_year=facts["since_year"],
        on_leave=_on_leave(facts["leave"]),
    )


def vendor_cards(vendors: Iterable[Any]) -> list[VendorCard]:
    return [vendor_card(vendor) for vendor in vendors if vendor.card]


def vendor_cards_by_number(numbers: Sequence[int]) -> dict[int, VendorCard]:
    """Cards of the open boutiques among these; one query."""
    rows = Vendor.objects.open().for_cards().filter(pk__in=list(numbers))
    return {vendor.pk: vendor_card(vendor) for vendor in rows if vendor.card}


def _on_leave(leave: list[str] | None) -> bool:
    if not leave:
        return False
    return date.fromisoformat(leave[0]) <= clock.today() <= date.fromisoformat(leave[1])
