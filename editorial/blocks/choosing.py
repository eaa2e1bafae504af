"""What blocks choose (a creation, a boutique, a picture, a collection), by kind, and how a whole body's choices are read at once.

A block keeps a number. `chosen_in` reads the numbers of a body from its raw data, so that `gathering` may fetch each kind of
thing once; `known` then hands them to the blocks, which would otherwise ask the database one kind of block after the other.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail import blocks

from editorial.images.blocks import PictureChooserBlock

LISTING, VENDOR, PICTURE, COLLECTION = "listing", "vendor", "picture", "collection"
Known = Mapping[str, Mapping[int, Any]]

_known: ContextVar[Known | None] = ContextVar("chosen things of the body being read", default=None)


class ChosenBlock(blocks.ChooserBlock):
    """A chooser whose choices may be fetched beforehand, for the whole body."""

    chosen_kind = ""

    def bulk_to_python(self, values: Any) -> Any:
        found = _known.get()
        if found is None:
            return super().bulk_to_python(values)
        return [found[self.chosen_kind].get(value) for value in values]

    def render_basic(self, value: Any, context: Any = None) -> Any:
        """What comparisons of versions show: the name of what was chosen, nothing where nothing is or what it named is gone."""
        return "" if value is None else super().render_basic(value, context)


class ListingChosenBlock(ChosenBlock):
    chosen_kind = LISTING


class VendorChosenBlock(ChosenBlock):
    chosen_kind = VENDOR


class CollectionChosenBlock(ChosenBlock):
    chosen_kind = COLLECTION


class PictureChosenBlock(ChosenBlock, PictureChooserBlock):
    chosen_kind = PICTURE


@contextmanager
def known(things: Known) -> Iterator[None]:
    """Inside, choosers take what they name from `things`; what is not there was deleted."""
    token = _known.set(things)
    try:
        yield
    finally:
        _known.reset(token)


def chosen_in(body: Any) -> dict[str, list[int]]:
    """The numbers that a body names, by kind, in its order, each once; nothing is fetched."""
    found: dict[str, list[int]] = {kind: [] for kind in (LISTING, VENDOR, PICTURE, COLLECTION)}
    for kind, number in _walk(body.stream_block, list(body.raw_data)):
        if number not in found[kind]:
            found[kind].append(number)
    return found


def _walk(block: Any, raw: Any) -> Iterator[tuple[str, int]]:
    """Kinds and numbers in the raw value of a block, those of the blocks inside it included."""
    if raw is None:
        return
    kind = getattr(block, "chosen_kind", "")
    if kind:
        yield kind, int(raw)
    elif isinstance(block, blocks.StreamBlock):
        for child in raw:
            if child["type"] in block.child_blocks:
                yield from _walk(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _walk(child, raw.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            inner = item["value"] if isinstance(item, dict) and item.get("type") == "item" and "value" in item else item
            yield from _walk(block.child_block, inner)
