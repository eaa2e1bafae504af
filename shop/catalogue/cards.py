"""The frozen card of a listing: all that a list shows of it, written when the listing changes, read without a join.

`freeze` writes; `listing_card` reads. Text is not frozen, facts are: badge and lead time are said in the reader's language.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from babel.numbers import format_currency
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from lapinblanc.money import Money

from shop.catalogue.pictures import PictureFacts
from shop.formats import in_language
from shop.prices.clocked import Offer, read_offers


@dataclass(frozen=True, slots=True)
class ListingCard:
    """What `components/_listing_card.html` shows. Prices are already formatted; `badge` and `lead` are translated text.

    `note` says in words why it stands here, as when it takes the place of a piece that is gone. `prior` and `percent` are those of a reduction that may be announced (LAW P7), else empty.
    """

    id: int
    url: str
    title: str
    price: str
    from_price: bool
    vendor_name: str
    vendor_url: str
    place: str
    picture: PictureFacts | None
    badge: str
    lead: str
    available: bool
    private_seller: bool
    rating: str
    review_count: int
    note: str = ""
    prior: str = ""
    percent: int = 0


def freeze(*, product: Any, vendor: Any, stock: Iterable[tuple[int, int | None]], picture: PictureFacts | None,
           rating: float | None = None, review_count: int = 0, offers: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """The card's facts as JSON. `stock` holds (price in cents, pieces left or None for made to order) per variant.

    `offers`: the frozen offers of `shop.prices.clocked`, where a lower price was agreed; what they come to is read by the clock.
    """
    pieces = list(stock)
    prices = [price for price, _left in pieces]
    lefts = [left for _price, left in pieces]
    available = any(left is None or left > 0 for left in lefts)
    return {
        "url": product.get_absolute_url(),
        "title": product.title,
        "price": min(prices) if prices else None,
        "from_price": len(set(prices)) > 1,
        "vendor": vendor.name,
        "vendor_url": vendor.get_absolute_url(),
        "place": f"{vendor.city} ({vendor.department})",
        "picture": asdict(picture) if picture else None,
        "available": available,
        "last_piece": lefts == [1],
        "made_to_order": product.made_to_order,
        "second_life": product.second_life,
        "lead_days": product.lead_days,
        "leave": [vendor.leave_from, vendor.leave_to] if vendor.leave_from else None,
        "private": vendor.is_private,
        "rating": f"{rating:.1f}" if rating else "",
        "reviews": review_count,
        "offers": list(offers),
    }


def listing_card(product: Any) -> ListingCard:
    """The card of a listing whose `card` was frozen; needs `id` and `card` alone."""
    facts = product.card
    offers = offers_of(facts)
    best = min(offers, key=lambda offer: offer.cents, default=None)
    announced = best.reduction if best else None
    price = best.cents if best else facts.get("price")
    return ListingCard(
        id=product.pk,
        url=in_language(facts["url"]),
        title=facts["title"],
        price=_written(price) if price is not None else "",
        from_price=len({offer.cents for offer in offers}) > 1 if offers else facts["from_price"],
        vendor_name=facts["vendor"],
        vendor_url=in_language(facts["vendor_url"]),
        place=facts["place"],
        picture=PictureFacts.thaw(facts.get("picture")),
        badge=_badge(facts),
        lead=_lead(facts),
        available=facts["available"],
        private_seller=facts["private"],
        rating=facts["rating"],
        review_count=facts["reviews"],
        prior=_written(announced.prior) if announced else "",
        percent=announced.percent if announced else 0,
    )


def offers_of(facts: dict[str, Any]) -> list[Offer]:
    """What the frozen offers of a card come to now; empty where no lower price was agreed."""
    return read_offers(facts.get("offers", ()), private=facts.get("private", False))


def lowest_offer(facts: dict[str, Any]) -> int | None:
    """The lowest price of a card in cents, by the clock."""
    offers = offers_of(facts)
    found = min(offer.cents for offer in offers) if offers else facts.get("price")
    return int(found) if found is not None else None


def listing_cards(products: Iterable[Any]) -> list[ListingCard]:
    return [listing_card(product) for product in products if product.card]


def _written(cents: int) -> str:
    return str(format_currency(Money(cents).decimal, "EUR", locale=get_language() or "fr"))


def _badge(facts: dict[str, Any]) -> str:
    if not facts["available"]:
        return _("Sold")
    if facts["last_piece"]:
        return _("Last piece")
    if facts["second_life"]:
        return _("Second life")
    return _("Made to order") if facts["made_to_order"] else ""


def _lead(facts: dict[str, Any]) -> str:
    days = facts["lead_days"]
    if facts["made_to_order"]:
        return ngettext("Made for you in %(days)d day", "Made for you in %(days)d days", days) % {"days": days}
    return ngettext("Leaves within %(days)d day", "Leaves within %(days)d days", days) % {"days": days}
