"""The engine that needs nothing but the database of the site."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import connection
from psycopg import sql

from lapinblanc.search.analysis.terms import terms
from lapinblanc.search.document import KINDS, Document
from lapinblanc.search.engine import Hit, Results, SearchQuery
from lapinblanc.search.engines.postgres import schema
from lapinblanc.search.engines.postgres.matching import lexemes
from lapinblanc.search.engines.postgres.searching import Reader
from lapinblanc.search.engines.postgres.vocabulary import Vocabulary
from lapinblanc.search.engines.postgres.writing import PostgresGeneration, Writer

MEAN_SECONDS = 300


class PostgresEngine:
    """The index called `index` of this database."""

    name = "postgres"

    def __init__(self, index: str = "site_search", language: str = "fr") -> None:
        self.index, self.language = index, language

    def search(self, query: SearchQuery) -> Results:
        return self._reader().search(query)

    def suggest(self, text: str, *, limit: int, kinds: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        """Titles that hold the words; the last word as a beginning, completed by the vocabulary."""
        asked = list(terms(text, self.language))
        if not asked:
            return ()
        *whole, last = asked
        completed = [stem for _written, stem, _documents in Vocabulary(self.index).completions(last.folded)] or [last.stem]
        parts = [f"{lexemes((term.stem,))}:A" for term in whole if term.place != last.place]
        parts.append("(" + " | ".join(f"{lexemes((stem,))}:A" for stem in completed) + ")")
        return self._reader().titled(" & ".join(parts), kinds or KINDS, limit)

    def write(self, documents: Iterable[Document]) -> int:
        return Writer(self.index, self.language).write(documents)

    def remove(self, keys: Iterable[tuple[str, int]]) -> None:
        Writer(self.index, self.language).remove(keys)

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT count(*) FROM {document}").format(**schema.names(self.index)))
            return int(cursor.fetchone()[0])

    def begin(self) -> PostgresGeneration:
        return PostgresGeneration(self.index, self.language)

    def _reader(self) -> Reader:
        return Reader(self.index, self.language, self._mean_length())

    def _mean_length(self) -> float:
        """The mean number of words of a document, from a sample, kept for some minutes."""
        key = f"search-mean:{self.index}"
        mean = cache.get(key)
        if mean is None:
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL("SELECT avg(length) FROM (SELECT length FROM {document} LIMIT 2000) sample").format(**schema.names(self.index)))
                mean = float(cursor.fetchone()[0] or 50)
            cache.set(key, mean, MEAN_SECONDS)
        return float(mean)
