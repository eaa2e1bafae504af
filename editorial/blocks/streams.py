"""The bodies that pages use: every block, in the order of the chooser."""

from typing import Any

from django.db.models import Field
from wagtail.fields import StreamField

from editorial.blocks.commerce import CollectionBlock, ListingCardBlock, RailBlock, VendorCardBlock
from editorial.blocks.funding import FundingBlock
from editorial.blocks.gathering import Gathered, gather, row_of
from editorial.blocks.invitations import CallBlock, EventBlock
from editorial.blocks.media import GalleryBlock, HotspotsBlock, PictureBlock, VideoBlock
from editorial.blocks.text import FiguresBlock, QuestionsBlock, QuoteBlock, SeparatorBlock, TextBlock, TitleBlock
from editorial.blocks.workshop import MaterialBlock, StepsBlock

__all__ = ["STORY_BLOCKS", "BodyField", "Gathered", "gather", "row_of"]

STORY_BLOCKS = [
    ("text", TextBlock()),
    ("title", TitleBlock()),
    ("quote", QuoteBlock()),
    ("figures", FiguresBlock()),
    ("questions", QuestionsBlock()),
    ("separator", SeparatorBlock()),
    ("picture", PictureBlock()),
    ("gallery", GalleryBlock()),
    ("hotspots", HotspotsBlock()),
    ("video", VideoBlock()),
    ("listing", ListingCardBlock()),
    ("rail", RailBlock()),
    ("vendor", VendorCardBlock()),
    ("collection", CollectionBlock()),
    ("steps", StepsBlock()),
    ("material", MaterialBlock()),
    ("call", CallBlock()),
    ("event", EventBlock()),
    ("funding", FundingBlock()),
]
# Each collection and each search that a row asks for costs a question of its own.
MOST_OF = {"collection": {"max_num": 4}}


class BodyField(StreamField):  # type: ignore[misc]
    """A StreamField whose blocks stay out of migrations: changing a block is not a change of the schema."""

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        super().__init__(block_types, **{"block_counts": MOST_OF if block_types else {}, **kwargs})

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = Field.deconstruct(self)
        kwargs.pop("block_counts", None)
        return name, path, [[]], kwargs
