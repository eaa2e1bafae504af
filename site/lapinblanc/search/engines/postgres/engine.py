"""The engine that needs nothing but the database of the site."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import connection
from psycopg import sql

from lapinblanc.search.analysis.stems import stem
from lapinblanc.search.analysis.stop_words import STOP_WORDS
from lapinblanc.search.analysis.words import words
from lapinblanc.search.document import KINDS, Document, clean
from lapinblanc.search.engine import Hit, Results, SearchQuery
from lapinblanc.search.engines.postgres import schema
from lapinblanc.search.engines.postgres.matching import lexemes
from lapinblanc.search.engines.postgres.searching import BROAD, Reader
from lapinblanc.search.engines.postgres.vocabulary import Vocabulary
from lapinblanc.search.engines.postgres.writing import PostgresGeneration, Writer

KNOWN_SECONDS = 60


class PostgresEngine:
    """The index called `index` of this database."""

    name = "postgres"

    def __init__(self, index: str = "site_search", language: str = "fr") -> None:
        self.index, self.language = index, language

    def search(self, query: SearchQuery) -> Results:
        return self._reader().search(query)

    def suggest(self, text: str, *, limit: int, kinds: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        """Titles that hold the words; the last word as a beginning, completed by the vocabulary."""
        # The parts of a compound tell what its joined form would. « la » may be a stop word, and may be the beginning of « lampe ».
        typed = [word for word in words(clean(text), self.language, keep_stop_words=True) if "-" not in word.written]
        if not typed:
            return ()
        whole = [word for word in typed[:-1] if word.written not in STOP_WORDS[self.language]]
        completions = Vocabulary(self.index).completions(typed[-1].folded)
        completed = [stemmed for _written, stemmed, _documents in completions] or [stem(typed[-1].folded, self.language)]
        parts = [f"{lexemes((stem(word.folded, self.language),))}:A" for word in whole]
        last = "(" + " | ".join(f"{lexemes((stemmed,))}:A" for stemmed in completed) + ")"
        broad = sum(documents for _written, _stem, documents in completions) > BROAD
        found = self._reader().titled(" & ".join([*parts, last]), kinds or KINDS, limit, broad=broad)
        if not found and whole and typed[-1].written in STOP_WORDS[self.language]:
            found = self._reader().titled(" & ".join(parts), kinds or KINDS, limit, broad=broad)
        return found

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
        """With what is known of the whole index, read once in some minutes."""
        key = f"search-index:{self.index}"
        known = cache.get(key)
        if known is None:
            with connection.cursor() as cursor:
                cursor.execute(
                    sql.SQL(
                        """SELECT (SELECT avg(length) FROM (SELECT length FROM {document} LIMIT 2000) sample),
                             (SELECT obj_description(to_regclass(%s), 'pg_class'))"""
                    ).format(**schema.names(self.index)),
                    [f"{self.index}_document_best"],
                )
                length, remark = cursor.fetchone()
            known = (float(length or 50), float(remark or 0))
            cache.set(key, known, KNOWN_SECONDS)
        return Reader(self.index, self.language, *known)
