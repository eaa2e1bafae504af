"""The words that an index holds, with the documents of each: for rarity, for spelling, for completing what is being typed."""

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db import connection
from psycopg import sql

from lapinblanc.search.analysis.spelling import deletions
from lapinblanc.search.analysis.words import fold
from lapinblanc.search.engines.postgres.schema import names

FEW = 10_000
NEAR = 60
SIZE_SECONDS = 60
SURE = 20
"""A word of more documents than this lives; a rarer one is looked up, since its last document may just have left.

Counted, not asked with EXISTS, for which the planner would read the whole table from its start."""


class Vocabulary:
    """A Lexicon over the tables of the index called `index`."""

    def __init__(self, index: str) -> None:
        self.index = index
        self.names = names(index)

    def documents(self, stems: Iterable[str]) -> dict[str, int]:
        """In how many documents each stem stands (its forms summed, so rather too many)."""
        wanted = list(set(stems))
        if not wanted:
            return {}
        return dict(self._rows("SELECT stem, sum(documents)::int FROM {word} WHERE stem = ANY(%s) GROUP BY stem HAVING sum(documents) > 0", [wanted]))

    def near(self, word: str) -> list[tuple[str, str, int]]:
        """Words within reach of a misspelt one that a live document still holds."""
        return self._rows(
            """SELECT word, written, documents FROM (
                 SELECT word, stem, written, documents FROM {word} WHERE forms && %s AND documents > 0 ORDER BY documents DESC LIMIT %s
               ) known WHERE CASE WHEN documents > {sure} THEN true
                 ELSE (SELECT count(*) FROM {document} WHERE vector @@ quote_literal(known.stem)::tsquery) > 0 END""",
            [list(deletions(fold(word))), NEAR],
        )

    def completions(self, prefix: str, limit: int = 8) -> list[tuple[str, str, int]]:
        """The commonest words that start so: (as written, stem, documents), one for each stem."""
        folded = fold(prefix)
        if not folded:
            return []
        rows = self._rows(
            """SELECT DISTINCT ON (stem) written, stem, documents FROM (
                 SELECT written, stem, documents FROM {word} WHERE word ^@ %s AND documents > 0 ORDER BY documents DESC LIMIT %s
               ) known WHERE CASE WHEN documents > {sure} THEN true
                 ELSE (SELECT count(*) FROM {document} WHERE vector @@ quote_literal(known.stem)::tsquery) > 0 END ORDER BY stem, documents DESC""",
            [folded, limit * 4],
        )
        return sorted(rows, key=lambda row: -row[2])[:limit]

    def size(self) -> int:
        """Documents in the index, as known a minute ago; from the planner's estimate once there are many."""
        key = f"search-size:{self.index}"
        size = cache.get(key)
        if size is None:
            estimate = int(self._rows("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(%s)", [f"{self.index}_document"])[0][0])
            size = estimate if estimate > FEW else int(self._rows("SELECT count(*) FROM {document}", [])[0][0])
            cache.set(key, size, SIZE_SECONDS)
        return int(size)

    def learn(self, seen: Iterable[tuple[str, str, str, int]]) -> None:
        """Count words: (folded, stem, written, documents more or, below zero, fewer)."""
        rows = sorted(seen)
        with connection.cursor() as cursor:
            cursor.executemany(
                sql.SQL(
                    """INSERT INTO {word} AS known (word, stem, written, documents, forms) VALUES (%s, %s, %s, greatest(%s, 0), %s)
                       ON CONFLICT (word) DO UPDATE SET documents = greatest(known.documents + %s, 0)"""
                ).format(**self.names),
                [(word, stem, written, count, list(deletions(word)), count) for word, stem, written, count in rows],
            )

    def _rows(self, text: str, values: list[Any]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(text).format(sure=sql.Literal(SURE), **self.names), values)
            return list(cursor.fetchall())
