"""The port: what every search engine does for the site, and the values that go in and come out. No engine is named here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from lapinblanc.search.analysis.question import Understood
from lapinblanc.search.document import Document

MOST_COUNTED = 10_000
"""Beyond this many results a count says « more than »."""
MARK_START, MARK_END = "\ue000", "\ue001"
"""Around the words that matched, in highlighted text; private signs that no text holds."""

RELEVANCE, NEWEST, CHEAPEST, DEAREST = "relevance", "newest", "cheapest", "dearest"
SORTS = (RELEVANCE, NEWEST, CHEAPEST, DEAREST)


class EngineUnavailable(Exception):
    """The engine does not answer, or not in time."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What results must be: values by facet (one of them is enough), a price from and up to, in cents, both included, and newer than."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price_from: int | None = None
    price_to: int | None = None
    published_after: datetime | None = None

    @property
    def by_price(self) -> bool:
        return self.price_from is not None or self.price_to is not None

    @property
    def names(self) -> tuple[str, ...]:
        """The facets that narrow, the price as « price »."""
        return (*(name for name, values in self.values.items() if values), *(("price",) if self.by_price else ()))

    def without(self, name: str) -> "Filters":
        """The same without one facet, which does not filter itself."""
        if name == "price":
            return replace(self, price_from=None, price_to=None)
        return replace(self, values={key: values for key, values in self.values.items() if key != name})


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question to an engine. `facets` names those to count; `limit` and `offset` count results of the ranked list."""

    understood: Understood
    filters: Filters = field(default_factory=Filters)
    sort: str = RELEVANCE
    offset: int = 0
    limit: int = 24
    facets: tuple[str, ...] = ()
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A result. `score` falls along the list; `near` tells that it lacks words of the question; texts hold marks."""

    kind: str
    key: int
    score: float
    near: bool = False
    vendor: int = 0
    title: str = ""
    snippet: str = ""
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """`total` counts what holds every word (what holds some, when `exact` is false), at most MOST_COUNTED + 1.

    `facets` counts {facet: {value: documents}}; `about` tells that they are estimated from a sample.
    """

    hits: tuple[Hit, ...]
    total: int
    exact: bool = True
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    about: bool = False

    @property
    def more_than_counted(self) -> bool:
        return self.total > MOST_COUNTED


class Generation(Protocol):
    """An index being built beside the one in use."""

    def add(self, documents: Iterable[Document]) -> int:
        """Write documents, later ones over earlier ones; returns how many."""
        ...

    def remove(self, keys: Iterable[tuple[str, int]]) -> None:
        ...

    def swap(self) -> None:
        """Put it in the place of the one in use, at once, and drop that one."""
        ...

    def drop(self) -> None:
        """Give it up."""
        ...


class Engine(Protocol):
    """A search engine with one index in one language. Every method may raise EngineUnavailable."""

    name: str
    language: str

    def search(self, query: SearchQuery) -> Results: ...

    def suggest(self, text: str, *, limit: int, kinds: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        """Documents whose title holds all words of `text`, the last one as far as it is typed."""
        ...

    def write(self, documents: Iterable[Document]) -> int: ...

    def remove(self, keys: Iterable[tuple[str, int]]) -> None: ...

    def count(self) -> int: ...

    def begin(self) -> Generation: ...
