"""The registry of sources: rooms that have pages to find register one each; the search knows none of them by name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from lapinblanc.search.document import Document


class Source(Protocol):
    """A room's pages. `name` is what its triggers write in the queue of changes; its keys are unique over its `kinds`."""

    name: str

    @property
    def kinds(self) -> tuple[str, ...]: ...

    @property
    def templates(self) -> Mapping[str, str]:
        """The template that shows a card of each kind; it is given `card` and `heading`."""
        ...

    def total(self) -> int:
        """About how many pages there are, for a progress bar."""
        ...

    def keys(self, *, after: int, limit: int) -> list[int]:
        """The next keys in rising order: what a rebuild walks along."""
        ...

    def refresh(self, keys: Sequence[int]) -> None:
        """Bring up to date what the source itself keeps frozen of these pages, before they are read."""
        ...

    def documents(self, keys: Sequence[int]) -> list[Document]:
        """Documents of those that the public may see at this moment; a fixed number of queries."""
        ...

    def cards(self, keys: Mapping[str, Sequence[int]]) -> Mapping[tuple[str, int], Any]:
        """What a page shows of the keys of each kind, read from the database: what is no longer public is not in it."""
        ...


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Called by a room when it is ready."""
    _sources[source.name] = source


def sources() -> tuple[Source, ...]:
    return tuple(_sources.values())


def source_named(name: str) -> Source | None:
    return _sources.get(name)


def source_of(kind: str) -> Source | None:
    return next((source for source in _sources.values() if kind in source.kinds), None)


def cards(hits: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """The cards of hits of any kind: one read a source."""
    wanted: dict[str, dict[str, list[int]]] = {}
    for kind, key in hits:
        source = source_of(kind)
        if source is not None:
            wanted.setdefault(source.name, {}).setdefault(kind, []).append(key)
    found: dict[tuple[str, int], Any] = {}
    for name, keys in wanted.items():
        found |= _sources[name].cards(keys)
    return found
