"""A scratch index of documents from a file, for measuring: read, index, ask, rank, drop."""

import json
import os
import re
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lapinblanc.search.analysis.synonyms import thesaurus
from lapinblanc.search.analysis.understanding import understand
from lapinblanc.search.answering import with_prices
from lapinblanc.search.document import KINDS, Document
from lapinblanc.search.engine import Engine, Filters, SearchQuery
from lapinblanc.search.engines import choice
from lapinblanc.search.engines.postgres.vocabulary import Vocabulary
from lapinblanc.search.engines.postgres.writing import PostgresGeneration

BATCH = 500
DEPTH = 100
NUMBERS = ("price", "price_cents")


@dataclass(slots=True)
class Trial:
    """An index under a name of its own, and the ids that its keys stand for."""

    engine: Engine
    vocabulary: Vocabulary
    language: str
    ids: list[str] = field(default_factory=list)
    priced: bool = False

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """The first hundred (document id, score) for a question."""
        asked = understand(text, self.language, lexicon=self.vocabulary, thesaurus=thesaurus(self.language))
        priced = with_prices(Filters(), asked) if self.priced else Filters()
        results = self.engine.search(SearchQuery(asked, priced, limit=DEPTH))
        if not results.hits and priced.by_price:
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
            made.priced = made.priced or batch[-1].price_cents is not None
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
    found = {name: value if isinstance(value, list) else [value] for name, value in (row.get("facets") or {}).items()}
    words = {name: [str(value) for value in values if isinstance(value, str) and value] for name, values in found.items()}
    vendor = next((value for name in ("vendor", "shop", "boutique") for value in words.get(name, ())), "")
    return Document(
        kind=kind, key=key, title=str(row.get("title") or ""), summary=str(row.get("summary") or ""), body=str(row.get("body") or ""),
        keywords=" , ".join(filter(None, (str(row.get("keywords") or ""), *(value for name, values in words.items() if name not in NUMBERS for value in values)))),
        facets=tuple(f"{name}:{value}" for name, values in words.items() for value in values),
        price_cents=_price(found), vendor=zlib.crc32(vendor.encode()) if vendor and kind == "listing" else 0,
        quality=float(row.get("quality") or 0.0),
    )


def _price(facets: Mapping[str, list[Any]]) -> int | None:
    """Cents from "price_cents", or from "price" in units: a number, or a text such as « 24,90 € »."""
    for name, factor in (("price_cents", 1), ("price", 100)):
        for value in facets.get(name, ()):
            written = re.search(r"\d+(?:[.,]\d+)?", str(value))
            if written:
                return round(float(written[0].replace(",", ".")) * factor)
    return None


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from (line for line in file if line.strip())


def timed(made: Trial, text: str) -> tuple[list[tuple[str, float]], float]:
    """The ranking and the milliseconds that it took."""
    began = time.perf_counter()
    found = made.ranking(text)
    return found, (time.perf_counter() - began) * 1000
