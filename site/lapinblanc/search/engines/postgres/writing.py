"""Writing an index in PostgreSQL: a few documents at a time while the site lives, or a whole generation by COPY."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from lapinblanc.search.analysis.spelling import deletions
from lapinblanc.search.analysis.terms import raw_terms
from lapinblanc.search.document import Document
from lapinblanc.search.engines.postgres import schema
from lapinblanc.search.engines.postgres.vectors import document_row, last_of_each, text_row, vector
from lapinblanc.search.engines.postgres.vocabulary import Vocabulary

MOST_WORDS_HELD = 200_000
DOCUMENT_COLUMNS = "kind, key, vector, facets, price, published, vendor, quality, standing, length, bucket"
TEXT_COLUMNS = "kind, key, title, summary, keywords, body"


class Writer:
    """Changes to the index called `index`, in the caller's transaction."""

    def __init__(self, index: str, language: str) -> None:
        self.index = index
        self.language = language
        self.names = schema.names(index)

    def write(self, documents: Iterable[Document]) -> int:
        """Write documents over what stands under their keys."""
        latest = last_of_each(documents)
        if not latest:
            return 0
        with transaction.atomic():
            self.remove([(document.kind, document.key) for document in latest])
            seen = self._insert(latest)
            Vocabulary(self.index).learn((word, stem, written, count) for (word, stem, written), count in seen.items())
        return len(latest)

    def remove(self, keys: Iterable[tuple[str, int]]) -> None:
        """Take documents out, and their words from the counts."""
        wanted = list(keys)
        values = [[kind for kind, _key in wanted], [key for _kind, key in wanted]]
        gone = "(kind, key) IN (SELECT * FROM unnest(%s::text[], %s::bigint[]))"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.SQL(f"DELETE FROM {{document}} WHERE {gone}").format(**self.names), values)
            cursor.execute(sql.SQL(f"DELETE FROM {{text}} WHERE {gone} RETURNING title, keywords, summary, body").format(**self.names), values)
            left: Counter[tuple[str, str, str]] = Counter()
            for texts in cursor.fetchall():
                for word in {w[1]: w for text in texts for _start, chunk in raw_terms(text, self.language) for w in chunk}.values():
                    left[word[1], word[0], word[2]] -= 1
            Vocabulary(self.index).learn((word, stem, written, count) for (word, stem, written), count in left.items())

    def _insert(self, documents: Sequence[Document]) -> Counter[tuple[str, str, str]]:
        seen: Counter[tuple[str, str, str]] = Counter()
        rows = []
        for document in documents:
            vectored, length, words = vector(document, self.language)
            rows.append(document_row(document, vectored, length))
            seen.update((word, stem, written) for word, (stem, written) in words.items())
        with connection.cursor() as cursor:
            cursor.executemany(
                sql.SQL(f"INSERT INTO {{document}} ({DOCUMENT_COLUMNS}) VALUES (%s, %s, %s::tsvector, %s, %s, %s, %s, %s, %s, %s, %s)").format(**self.names), rows
            )
            cursor.executemany(
                sql.SQL(f"INSERT INTO {{text}} ({TEXT_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)").format(**self.names), [text_row(d) for d in documents]
            )
        return seen


class PostgresGeneration:
    """An index being built under another name. `add` copies while `complete` was not called, and writes row by row afterwards."""

    def __init__(self, index: str, language: str, *, draft: str = "") -> None:
        self.index, self.language = index, language
        self.draft = draft or f"{index}_next"
        self.names = schema.names(self.draft)
        self.copying = True
        self.words: Counter[str] = Counter()
        self.forms: dict[str, tuple[str, str]] = {}
        self._execute(schema.drop(self.draft))
        self._execute(schema.create_tables(self.draft))

    def add(self, documents: Iterable[Document]) -> int:
        if not self.copying:
            return Writer(self.draft, self.language).write(documents)
        latest = last_of_each(documents)
        rows = []
        for document in latest:
            vectored, length, words = vector(document, self.language)
            rows.append(document_row(document, vectored, length))
            self.words.update(words.keys())
            self.forms.update(words)
        self._copy("document", DOCUMENT_COLUMNS, rows)
        self._copy("text", TEXT_COLUMNS, [text_row(document) for document in latest])
        if len(self.words) > MOST_WORDS_HELD:
            self._flush()
        return len(latest)

    def remove(self, keys: Iterable[tuple[str, int]]) -> None:
        self.complete()
        Writer(self.draft, self.language).remove(keys)

    def complete(self) -> None:
        """Everything was copied: sum the vocabulary, build the indexes, tell the planner."""
        if not self.copying:
            return
        self._flush()
        self.copying = False
        summed = f"{self.draft}_summed"
        self._execute(
            sql.SQL(
                """CREATE TABLE {summed} AS SELECT word, min(stem) AS stem, min(written) AS written, sum(documents)::int AS documents, min(forms) AS forms
                   FROM {word} GROUP BY word"""
            ).format(summed=sql.Identifier(summed), **self.names)
        )
        self._execute(sql.SQL("TRUNCATE {word}").format(**self.names))
        self._execute(sql.SQL("INSERT INTO {word} SELECT * FROM {summed}").format(summed=sql.Identifier(summed), **self.names))
        self._execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(summed)))
        self._execute(schema.create_indexes(self.draft, self._threshold()))
        self._execute(sql.SQL("ANALYZE {document}, {text}, {word}").format(**self.names))

    def _threshold(self) -> float:
        """The standing of the last of the best; nothing while all are among them."""
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT standing FROM {document} ORDER BY standing DESC OFFSET %s LIMIT 1").format(**self.names), [schema.BEST])
            row = cursor.fetchone()
        return float(row[0]) if row else 0.0

    def swap(self) -> None:
        self.complete()
        with transaction.atomic():
            self._execute(schema.drop(self.index))
            self._execute(schema.rename(self.draft, self.index))

    def drop(self) -> None:
        self._execute(schema.drop(self.draft))

    def _flush(self) -> None:
        rows = [(word, *self.forms[word], count, list(deletions(word))) for word, count in self.words.items()]
        self._copy("word", "word, stem, written, documents, forms", rows)
        self.words.clear()
        self.forms.clear()

    def _copy(self, table: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
        with connection.cursor() as cursor, cursor.copy(sql.SQL(f"COPY {{{table}}} ({columns}) FROM STDIN").format(**self.names)) as copy:
            for row in rows:
                copy.write_row(row)

    def _execute(self, statement: sql.Composed) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)
