"""The frozen card of a boutique: all that a list shows of it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class VendorCard:
    """What `components/_vendor_card.html` shows; `picture` is a PictureFacts or None."""

    slug: str
    url: str
    name: str
    tagline: str
    place: str
    picture: Any
    listing_count: int
    since_year: int
    on_leave: bool
