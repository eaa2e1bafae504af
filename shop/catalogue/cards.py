"""The frozen card of a listing: all that a list shows of it, written when the listing changes, read without a join."""

from dataclasses import dataclass

from shop.catalogue.pictures import PictureFacts


@dataclass(frozen=True, slots=True)
class ListingCard:
    """What `components/_listing_card.html` shows. `price` is already formatted; `badge` and `lead` are translated text."""

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
