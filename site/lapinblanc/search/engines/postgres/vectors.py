"""A document as a row: its weighted tsvector, its length, and the words that it brings to the vocabulary."""

from collections.abc import Iterable
from typing import Any

from lapinblanc import clock
from lapinblanc.search.analysis.terms import raw_terms
from lapinblanc.search.document import Document, clean
from lapinblanc.search.engines.postgres.schema import BUCKETS
from lapinblanc.search.ranking import freshness

MOST_PLACES = 16_000
MOST_TEXT = 20_000
BETWEEN_FIELDS = 10


def fields(document: Document) -> tuple[tuple[str, str], ...]:
    """Its texts with the weight of each: title A, keywords B, summary C, body D."""
    texts = (document.title, document.keywords, document.summary, document.body[:MOST_TEXT])
    return tuple((clean(text), weight) for text, weight in zip(texts, "ABCD", strict=True))


def vector(document: Document, language: str) -> tuple[str, int, dict[str, tuple[str, str]]]:
    """The tsvector as PostgreSQL reads it, the number of words, and {folded word: (stem, word as written)}."""
    places: dict[str, list[str]] = {}
    seen: dict[str, tuple[str, str]] = {}
    base, length = 1, 0
    for text, weight in fields(document):
        last = 0
        for start, chunk in raw_terms(text, language):
            for stem, folded, written, place in chunk:
                at = base + start + place
                last = start + place
                length += 1
                seen[folded] = (stem, written)
                if at < MOST_PLACES:
                    places.setdefault(stem, []).append(f"{at}{weight}")
        base += last + BETWEEN_FIELDS
    return " ".join(f"'{stem}':{','.join(at[:200])}" for stem, at in places.items()), length, seen


def document_row(document: Document, vectored: str, length: int) -> tuple[Any, ...]:
    return (
        document.kind, document.key, vectored, list(document.tokens), document.price_cents, document.published_at, document.vendor,
        document.quality, document.quality + _newness(document), length, (document.key * 389 + len(document.kind)) % BUCKETS,
    )


def text_row(document: Document) -> tuple[Any, ...]:
    title, keywords, summary, body = (text for text, _weight in fields(document))
    return (document.kind, document.key, title, summary, keywords, body)


def last_of_each(documents: Iterable[Document]) -> list[Document]:
    """The last of the documents with one key."""
    return list({(document.kind, document.key): document for document in documents}.values())


def _newness(document: Document) -> float:
    if document.published_at is None:
        return 0.0
    return freshness((clock.now() - document.published_at).total_seconds() / 86400)
