"""The parts of the editor of a listing: each reads what was typed into its own fields and puts it into the whole listing.

A room adds a part with `register`. Parts read one form: the names of their inputs must not meet.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from shop.catalogue.whole.values import WholeListing
from shop.vendors.models import Vendor


class Part(Protocol):
    """`template` is drawn with `part`, `vendor` and `listing`; `errors` holds sentences by the name of an input."""

    template: str
    script: str

    def is_valid(self) -> bool: ...

    def apply(self, whole: WholeListing) -> WholeListing:
        """With the fields that are valid; the others stay as they were."""
        ...

    @property
    def errors(self) -> Mapping[str, Any]: ...


# A part from what was typed (None: nothing was), the whole listing as it stands, and the boutique.
Maker = Callable[[Any, WholeListing, Vendor], Part]
_makers: list[tuple[int, Maker]] = []


def register(place: int, maker: Maker) -> None:
    """`place` orders the parts on the page; the main one stands at 10."""
    if all(known is not maker for _place, known in _makers):
        _makers.append((place, maker))
        _makers.sort(key=lambda row: row[0])


def parts_of(typed: Any, whole: WholeListing, vendor: Vendor) -> list[Part]:
    return [maker(typed, whole, vendor) for _place, maker in _makers]


def read(parts: list[Part], whole: WholeListing) -> tuple[WholeListing, bool]:
    """The listing with all that is valid, and whether everything is."""
    fine = [part.is_valid() for part in parts]
    for part in parts:
        whole = part.apply(whole)
    return whole, all(fine)
