"""The bodies that pages use, and the one fetch of all cards in a body."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Field
from wagtail.fields import StreamField

from editorial.blocks.commerce import ListingCardBlock, RailBlock, VendorCardBlock
from editorial.blocks.media import PictureBlock
from editorial.blocks.text import QuoteBlock, TextBlock
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


@dataclass(frozen=True, slots=True)
class Gathered:
    """The cards of a body: hand-picked listings by number, rows that fill themselves by (category, vendor)."""

    listings: dict[int, api.ListingCard]
    rows: dict[tuple[str, int | None], list[api.ListingCard]]


def gather(body: Any) -> Gathered:
    """Every card that a body shows, in two queries at most, however many blocks."""
    ids: list[int] = []
    rows: list[tuple[str, int | None]] = []
    for block in body:
        if block.block_type == "listing" and block.value["listing"] is not None:
            ids.append(block.value["listing"].pk)
        elif block.block_type == "rail":
            picked = [listing.pk for listing in block.value["listings"] if listing is not None]
            ids.extend(picked)
            if not picked:
                rows.append(row_of(block.value))
    listings = {card.id: card for card in api.product_cards(ids)} if ids else {}
    return Gathered(listings=listings, rows=api.newest_rows(rows) if rows else {})


def row_of(value: Any) -> tuple[str, int | None]:
    """What a row that fills itself asks for."""
    return value["category"], value["vendor"].pk if value["vendor"] is not None else None
