"""What an archive is made of: chapters, registered by the rooms that own them. This module knows none.

A chapter writes into a `Book` (`book.py`): lines of JSON, tables, documents and files of the media storage.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from shop.exporting.book import Book
from shop.vendors.models import Vendor


class Chapter(Protocol):
    """`files` are the names it may write, for the page that says what is inside; `about` says what they hold."""

    @property
    def name(self) -> str: ...

    @property
    def files(self) -> Sequence[str]: ...

    @property
    def about(self) -> Any: ...

    def size(self, vendor: Vendor) -> int:
        """How many steps it will take, for the progress shown."""
        ...

    def write(self, book: Book) -> None: ...


_registered: list[Chapter] = []


def register(chapter: Chapter) -> None:
    """Called by a room when it is ready. Chapters are written in the order of their registration."""
    if all(known.name != chapter.name for known in _registered):
        _registered.append(chapter)


def chapters() -> tuple[Chapter, ...]:
    return tuple(_registered)
