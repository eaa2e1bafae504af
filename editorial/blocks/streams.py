"""The bodies that pages use, and the one fetch of all cards in a body."""

from typing import Any

from editorial.blocks.commerce import ListingCardBlock, RailBlock, VendorCardBlock
from editorial.blocks.media import PictureBlock
from editorial.blocks.text import QuoteBlock, TextBlock
from django.db.models import Field
from wagtail.fields import StreamField

from shop import api

STORY_BLOCKS = [
    ("text", TextBlock()),
    ("picture", PictureBlock()),
    ("quote", QuoteBlock()),
    ("listing", ListingCardBlock()),
    ("rail", RailBlock()),
    ("vendor", VendorCardBlock()),
]


class BodyField(StreamField):  # type: ignore[misc]
    """A StreamField whose blocks stay out of migrations: changing a block is not a change of the schema."""

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = Field.deconstruct(self)
        return name, path, [[]], kwargs


def gather(body: Any) -> dict[int, api.ListingCard]:
    """The cards of every listing that a body names, by number, in one query."""
    ids: list[int] = []
    for block in body:
        if block.block_type == "listing" and block.value["listing"] is not None:
            ids.append(block.value["listing"].pk)
        elif block.block_type == "rail":
            ids.extend(listing.pk for listing in block.value["listings"] if listing is not None)
    return {card.id: card for card in api.product_cards(ids)} if ids else {}
