"""A small shelf of documents, indexed once by each real engine, and questions asked of it by name."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from lapinblanc import clock
from lapinblanc.search.analysis.synonyms import thesaurus
from lapinblanc.search.analysis.understanding import understand
from lapinblanc.search.document import Document
from lapinblanc.search.engine import Engine, EngineUnavailable, Filters, Results, SearchQuery
from lapinblanc.search.engines import choice
from lapinblanc.search.engines.postgres.vocabulary import Vocabulary
from lapinblanc.search.engines.postgres.writing import PostgresGeneration, Writer

ENGINES = ("postgres", "elasticsearch")
FACETS = ("kind", "price", "colour", "material", "category", "vendor")


def doc(slug: str, title: str, body: str = "", **facts: Any) -> Document:
    """A document whose key is made later; facets as name="value" or lists."""
    facets = [f"{name}:{value}" for name, values in facts.pop("facets", {}).items() for value in ([values] if isinstance(values, str) else values)]
    age = facts.pop("age", 400)
    vendor = facts.get("vendor", 0)
    if vendor:
        facets.append(f"vendor:{vendor}")
    return Document(
        kind=facts.pop("kind", "listing"), key=0, title=title, body=body, facets=tuple(facets), slug=slug, published_at=clock.now() - timedelta(days=age), **facts
    )


@dataclass
class Shelf:
    """An engine with its index, the words of it, and the names of its documents."""

    engine: Engine
    vocabulary: Vocabulary
    language: str
    slugs: dict[tuple[str, int], str] = field(default_factory=dict)
    next_key: int = 1

    def put(self, documents: Sequence[Document]) -> None:
        """Write documents one would write while the site lives; a known slug is written over."""
        keyed = self.keyed(documents)
        self.engine.write(keyed)
        if self.engine.name != "postgres":
            Writer(self.vocabulary.index, self.language).write(keyed)

    def keyed(self, documents: Sequence[Document]) -> list[Document]:
        from dataclasses import replace

        known = {slug: key for key, slug in self.slugs.items()}
        found = []
        for document in documents:
            key = known.get(document.slug, (document.kind, self.next_key))
            self.next_key += document.slug not in known
            self.slugs[key] = document.slug
            found.append(replace(document, key=key[1]))
        return found

    def key(self, slug: str) -> tuple[str, int]:
        return next(key for key, name in self.slugs.items() if name == slug)

    def ask(self, text: str, *, correct: bool = True, **query: Any) -> Results:
        values = {name: (value,) if isinstance(value, str) else value for name, value in query.pop("values", {}).items()}
        prices = {name: query.pop(name) for name in ("price_from", "price_to", "published_after") if name in query}
        asked = understand(text, self.language, lexicon=self.vocabulary, thesaurus=thesaurus(self.language), correct=correct)
        return self.engine.search(SearchQuery(asked, Filters(values, **prices), **query))

    def found(self, text: str, **query: Any) -> list[str]:
        """Names of the exact results in their order; none when nothing holds every word."""
        results = self.ask(text, **{"limit": 100, **query})
        return [self.slugs[hit.kind, hit.key] for hit in results.hits if not hit.near] if results.exact else []

    def listed(self, text: str, **query: Any) -> list[str]:
        """Names of all results in their order."""
        return [self.slugs[hit.kind, hit.key] for hit in self.ask(text, **{"limit": 100, **query}).hits]

    def suggested(self, text: str, *, limit: int = 8, kinds: tuple[str, ...] = ()) -> list[str]:
        return [self.slugs[hit.kind, hit.key] for hit in self.engine.suggest(text, limit=limit, kinds=kinds)]


@contextmanager
def shelf(name: str, documents: Sequence[Document], language: str = "fr") -> Iterator[Shelf]:
    """An index of its own, filled as a generation; dropped at the end."""
    index = f"contract_{os.getpid()}_{language}"
    engine = choice.make(name, index=index, language=language, read_seconds=30)
    made = Shelf(engine, Vocabulary(index), language)
    generations: list[Any] = [PostgresGeneration(index, language)]
    try:
        if name == "elasticsearch":
            generations.append(engine.begin())
        keyed = made.keyed(documents)
        for generation in generations:
            generation.add(keyed)
            generation.swap()
        yield made
    finally:
        PostgresGeneration(index, language, draft=index).drop()
        if name == "elasticsearch":
            engine.drop()  # type: ignore[attr-defined]


def required(name: str) -> None:
    """Without Elasticsearch its half is skipped, unless SEARCH_ENGINES_REQUIRED says that this is an error."""
    if name != "elasticsearch":
        return
    engine = choice.make(name, index="contract-none")
    if engine.server.options(request_timeout=10).ping():  # type: ignore[attr-defined]
        return
    if os.environ.get("SEARCH_ENGINES_REQUIRED"):
        raise EngineUnavailable("no Elasticsearch answers at ELASTICSEARCH_URL, and SEARCH_ENGINES_REQUIRED is set")
    pytest.skip("no Elasticsearch at ELASTICSEARCH_URL: tools/elasticsearch/es.sh start")
