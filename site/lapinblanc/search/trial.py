"""A scratch index of documents from a file, for measuring: read, index, ask, rank, drop."""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lapinblanc.search.analysis.synonyms import thesaurus
from lapinblanc.search.analysis.understanding import understand
from lapinblanc.search.document import KINDS, Document
from lapinblanc.search.engine import Engine, SearchQuery
from lapinblanc.search.engines import choice
from lapinblanc.search.engines.postgres.vocabulary import Vocabulary
from lapinblanc.search.engines.postgres.writing import PostgresGeneration

BATCH = 500
DEPTH = 100


@dataclass(slots=True)
class Trial:
    """An index under a name of its own, and the ids that its keys stand for."""

    engine: Engine
    vocabulary: Vocabulary
    language: str
    ids: list[str] = field(default_factory=list)

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """The first hundred (document id, score) for a question."""
        asked = understand(text, self.language, lexicon=self.vocabulary, thesaurus=thesaurus(self.language))
        results = self.engine.search(SearchQuery(asked, limit=DEPTH))
        return [(self.ids[hit.key], hit.score) for hit in results.hits]


@contextmanager
def trial(name: str, language: str, corpus: Path) -> Iterator[Trial]:
    """Index a file of JSON Lines with the engine called `name`; everything is dropped at the end."""
    index = f"site_search_trial_{os.getpid()}"
    engine = choice.make(name, index=index, language=language, read_seconds=30)
    made = Trial(engine, Vocabulary(index), language)
    words = PostgresGeneration(index, language)
    generations: list[Any] = [words] if name == "postgres" else [words, engine.begin()]
    try:
        batch: list[Document] = []
        for number, line in enumerate(_lines(corpus)):
            row = json.loads(line)
            made.ids.append(str(row["id"]))
            batch.append(document(row, number))
            if len(batch) == BATCH:
                for generation in generations:
                    generation.add(batch)
                batch = []
        for generation in generations:
            generation.add(batch)
            generation.swap()
        yield made
    finally:
        for generation in generations:
            generation.drop()
        PostgresGeneration(index, language, draft=index).drop()
        if name != "postgres":
            engine.drop()  # type: ignore[attr-defined]


def document(row: Mapping[str, Any], key: int) -> Document:
    """A line of a corpus as a document. Facets may hold a value, a list, or nothing; their words can be searched."""
    kind = row.get("kind") or "listing"
    if kind not in KINDS:
        raise ValueError(f"{row['id']}: kind « {kind} » is none of {', '.join(KINDS)}")
    tokens: list[str] = []
    texts: list[str] = []
    price = None
    for name, value in (row.get("facets") or {}).items():
        for single in value if isinstance(value, list) else [value]:
            if isinstance(single, int | float) or single in (None, "", True, False):
                price = round(single) if name == "price_cents" and isinstance(single, int | float) else price
                continue
            tokens.append(f"{name}:{single}")
            texts.append(str(single))
    vendor = next((hash(token) for token in tokens if token.startswith("vendor:")), 0) & 0x7FFFFFFF
    return Document(
        kind=kind, key=key, title=str(row.get("title") or ""), body=str(row.get("body") or ""), keywords=" , ".join(texts),
        facets=tuple(tokens), price_cents=price, vendor=vendor if kind == "listing" else 0,
    )


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from (line for line in file if line.strip())


def timed(made: Trial, text: str) -> tuple[list[tuple[str, float]], float]:
    """The ranking and the milliseconds that it took."""
    began = time.perf_counter()
    found = made.ranking(text)
    return found, (time.perf_counter() - began) * 1000
