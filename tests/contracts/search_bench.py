"""A bench for the search engines: a handful of documents in an index of their own, asked through the port by either engine."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.request import urlopen

import pytest
from django.conf import settings
from lapinblanc.search.analysis.question import Understood
from lapinblanc.search.analysis.synonyms import thesaurus
from lapinblanc.search.analysis.understanding import understand
from lapinblanc.search.answering import with_prices
from lapinblanc.search.document import LISTING, VENDOR, Document
from lapinblanc.search.engine import MARK_END, MARK_START, Filters, Hit, Results, SearchQuery
from lapinblanc.search.engines import choice
from lapinblanc.search.engines.postgres.engine import PostgresEngine
from lapinblanc.search.engines.postgres.vocabulary import Vocabulary
from lapinblanc.search.engines.postgres.writing import PostgresGeneration

ENGINES = ("postgres", "elasticsearch")
MANY = 200


def page(slug: str, title: str, body: str = "", *, kind: str = LISTING, facets: str = "", **facts: Any) -> Document:
    """A document named by its slug; `facets` are tokens between spaces. Its key comes with its place in a corpus."""
    return Document(kind=kind, key=0, title=title, body=body, facets=tuple(facets.split()), slug=slug, **facts)


def boutique(slug: str, title: str, body: str = "", **facts: Any) -> Document:
    return page(slug, title, body, kind=VENDOR, **facts)


def corpus(*pages: Document) -> tuple[Document, ...]:
    """The pages with the keys 1, 2, 3…"""
    return tuple(replace(document, key=place) for place, document in enumerate(pages, 1))


def titles(**by_slug: str) -> tuple[Document, ...]:
    """Listings that are nothing but a title."""
    return corpus(*(page(slug, title) for slug, title in by_slug.items()))


@dataclass(slots=True)
class Bench:
    """An index with the engine called `name`, the vocabulary that goes with it, and the slugs of its documents."""

    name: str
    language: str
    index: str
    rules: tuple[str, ...] = ()
    slugs: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def engine(self) -> Any:
        return choice.make(self.name, index=self.index, language=self.language, read_seconds=30)

    def understood(self, text: str, *, correct: bool = True) -> Understood:
        words = thesaurus(self.language, self.rules)
        return understand(text, self.language, lexicon=Vocabulary(self.index), thesaurus=words, correct=correct)

    def ask(self, text: str = "", *, correct: bool = True, filters: Filters | None = None, **query: Any) -> Results:
        """The results of a question, as the site asks it."""
        asked = self.understood(text, correct=correct)
        return self.engine.search(SearchQuery(asked, with_prices(filters or Filters(), asked), **{"limit": MANY, **query}))

    def order(self, text: str = "", **query: Any) -> list[str]:
        """The slugs of the list, first to last."""
        return self.named(self.ask(text, **query).hits)

    def found(self, text: str, **query: Any) -> set[str]:
        """What answers the whole question, near results left out."""
        results = self.ask(text, **query)
        return set(self.named(hit for hit in results.hits if not hit.near)) if results.exact else set()

    def near(self, text: str, **query: Any) -> set[str]:
        """What answers some of the question only."""
        results = self.ask(text, **query)
        return set(self.named(hit for hit in results.hits if hit.near or not results.exact))

    def proposed(self, text: str, *, limit: int = 10, kinds: tuple[str, ...] = ()) -> list[str]:
        return self.named(self.engine.suggest(text, limit=limit, kinds=kinds))

    def marked(self, text: str, slug: str) -> Hit:
        """The hit of one document, with marks as [ and ]."""
        hits = [hit for hit in self.ask(text, highlight=True).hits if self.slugs[hit.kind, hit.key] == slug]
        assert len(hits) == 1
        return replace(hits[0], title=_bracketed(hits[0].title), snippet=_bracketed(hits[0].snippet))

    def named(self, hits: Iterable[Hit]) -> list[str]:
        return [self.slugs[hit.kind, hit.key] for hit in hits]

    def write(self, *documents: Document) -> None:
        """Write to the engine, and to PostgreSQL, which keeps the words for both."""
        self.slugs |= _slugs(documents)
        for engine in self._engines():
            engine.write(documents)

    def remove(self, *keys: tuple[str, int]) -> None:
        for engine in self._engines():
            engine.remove(keys)

    def generations(self) -> list[Any]:
        """New generations beside the index: the engine's own first, then that of the vocabulary."""
        return [engine.begin() for engine in self._engines()]

    def _engines(self) -> list[Any]:
        return [self.engine, *([PostgresEngine(self.index, self.language)] if self.name != "postgres" else [])]


@contextmanager
def filled(
    name: str, subject: str, documents: Sequence[Document] = (), *, language: str = "fr", rules: tuple[str, ...] = ()
) -> Iterator[Bench]:
    """An index of the documents with the engine called `name`; all of it is dropped at the end."""
    if name == "elasticsearch":
        _require_elasticsearch()
    bench = Bench(name, language, f"lbt_{subject}_{os.getpid()}", rules, _slugs(documents))
    try:
        for generation in bench.generations():
            generation.add(documents)
            generation.swap()
        yield bench
    finally:
        PostgresGeneration(bench.index, language).drop()
        PostgresGeneration(bench.index, language, draft=bench.index).drop()
        if name == "elasticsearch":
            bench.engine.drop()


def _require_elasticsearch() -> None:
    problem = _elasticsearch_problem()
    if problem and os.environ.get("SEARCH_ENGINES_REQUIRED"):
        pytest.fail(f"SEARCH_ENGINES_REQUIRED is set and Elasticsearch is not there: {problem}")
    if problem:
        pytest.skip(f"Elasticsearch is not there: {problem}; ELASTICSEARCH_URL names another")


@lru_cache(maxsize=1)
def _elasticsearch_problem() -> str:
    """Why Elasticsearch can't be asked, empty when it can; found out once."""
    try:
        with urlopen(settings.ELASTICSEARCH_URL, timeout=5):
            return ""
    except OSError as failed:
        return f"{settings.ELASTICSEARCH_URL}: {failed}"


def _slugs(documents: Iterable[Document]) -> dict[tuple[str, int], str]:
    return {(document.kind, document.key): document.slug for document in documents}


def _bracketed(text: str) -> str:
    return text.replace(MARK_START, "[").replace(MARK_END, "]")
