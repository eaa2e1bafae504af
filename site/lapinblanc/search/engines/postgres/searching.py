"""Reading an index in PostgreSQL: candidates in bounded numbers, ranked in two phases, counted with a ceiling."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import connection
from psycopg import sql

from lapinblanc.search import engine as port
from lapinblanc.search.engine import Hit, Results, SearchQuery
from lapinblanc.search.engines.postgres import matching
from lapinblanc.search.engines.postgres.counting import conditions, counts
from lapinblanc.search.engines.postgres.schema import names
from lapinblanc.search.highlighting import marked, passage, wanted
from lapinblanc.search.ranking_phase import Candidate, rank

BROAD = 4000
"""What more documents hold than this is ranked among the best documents alone."""
ENOUGH = 150
FIRST = 1500
NEAR_BELOW = 60
NEAR_ASKED = 3000
WINDOW = 240
ORDERS = {
    port.NEWEST: "published DESC NULLS LAST, key DESC",
    port.CHEAPEST: "price, key DESC",
    port.DEAREST: "price DESC NULLS LAST, key DESC",
    port.RELEVANCE: "standing DESC, key DESC",
}


class Reader:
    """Searches of the index called `index`; `mean_length` is the mean number of words of its documents, `best_from` the
    standing from which they are in the index of the best (0 when all are)."""

    def __init__(self, index: str, language: str, mean_length: float, best_from: float) -> None:
        self.names = names(index)
        self.language = language
        self.mean_length = mean_length
        self.best_from = best_from

    def search(self, query: SearchQuery) -> Results:
        strict = matching.all_words(query.understood)
        if not query.understood.asked or query.sort != port.RELEVANCE:
            return self._listed(query, strict)
        return self._ranked(query, strict)

    def _listed(self, query: SearchQuery, strict: str) -> Results:
        """In an order that an index holds: no words to rank by, or another order was asked for."""
        counted = counts(self.names, query, strict, _estimate(query))
        where, values = conditions(strict, query.filters)
        priced = " AND price IS NOT NULL" if query.sort in (port.CHEAPEST, port.DEAREST) else ""
        rows = self._rows(
            f"SELECT kind, key, vendor, standing FROM {{document}} WHERE {where}{priced} ORDER BY {ORDERS[query.sort]} OFFSET %s LIMIT %s",
            [*values, query.offset, query.limit],
        )
        hits = tuple(Hit(kind, key, standing, vendor=vendor) for kind, key, vendor, standing in rows)
        return Results(self._shown(hits, query), counted.total, True, counted.facets, counted.about)

    def _ranked(self, query: SearchQuery, strict: str) -> Results:
        counted = counts(self.names, query, strict, _estimate(query))
        candidates = self._best(strict, query) if counted.estimate > BROAD and self.best_from else []
        if len(candidates) < ENOUGH:
            candidates = self._candidates(strict, query, near=False)
        exact = bool(counted.total)
        if counted.total < NEAR_BELOW:
            candidates += self._near(query, {(c.kind, c.key) for c in candidates})
        if not exact:
            loosest = matching.tiers(query.understood)[-1]
            counted = counts(self.names, query, loosest, query.understood.size)
            candidates = [replace(candidate, near=False) for candidate in candidates]
        hits = rank(candidates, query.understood, self.language)[query.offset : query.offset + query.limit]
        return Results(self._shown(tuple(hits), query), counted.total, exact, counted.facets, counted.about)

    def _best(self, tsquery: str, query: SearchQuery) -> list[Candidate]:
        """Of what matches broadly: the best documents of the whole index that match."""
        where, values = conditions(tsquery, query.filters)
        inner = f"SELECT * FROM {{document}} WHERE standing >= {self.best_from} AND {where} LIMIT {FIRST}"
        return self._scored(inner, values, query, near=False)

    def _candidates(self, tsquery: str, query: SearchQuery, *, near: bool) -> list[Candidate]:
        """What matches; of more than can be ranked, those of the best standing."""
        where, values = conditions(tsquery, query.filters)
        limit = f"LIMIT {NEAR_ASKED}" if near else f"ORDER BY standing DESC, key DESC LIMIT {FIRST * 2}" if self.best_from else ""
        return self._scored(f"SELECT * FROM {{document}} WHERE {where} {limit}", values, query, near=near)

    def _scored(self, inner: str, values: list[Any], query: SearchQuery, *, near: bool) -> list[Candidate]:
        scoring = matching.scoring(query.understood, self.mean_length)
        rows = self._rows(
            f"""SELECT best.kind, best.key, best.score, t.title, best.quality, best.vendor, best.published FROM (
                  SELECT * FROM (SELECT kind, key, vendor, quality, standing, published, {scoring.expression} AS score FROM ({inner}) found) scored
                  ORDER BY score * (1 + standing) DESC, key LIMIT %s
                ) best JOIN {{text}} t USING (kind, key)""",
            [*scoring.values, *values, max(WINDOW, query.offset + query.limit)],
        )
        return [Candidate(kind, key, score, title, quality, vendor, published, near) for kind, key, score, title, quality, vendor, published in rows]

    def _near(self, query: SearchQuery, known: set[tuple[str, int]]) -> list[Candidate]:
        """What holds some of the words, from nearly all of them down, until there is enough to read."""
        found: dict[tuple[str, int], Candidate] = {}
        tiers = matching.tiers(query.understood)
        if sum(term.documents for term in query.understood.asked) < NEAR_ASKED:
            # So few hold any of the words that all of them can be ranked at once.
            tiers = tiers[-1:]
        for tsquery in tiers:
            for candidate in self._candidates(tsquery, query, near=True):
                if (candidate.kind, candidate.key) not in known:
                    found.setdefault((candidate.kind, candidate.key), candidate)
            if len(found) + len(known) >= NEAR_BELOW * 2:
                break
        return list(found.values())

    def titled(self, tsquery: str, kinds: Iterable[str], limit: int, *, broad: bool) -> tuple[Hit, ...]:
        """Documents by standing whose words match; among the best alone when the words are broad. For suggestions."""
        rows: list[Any] = []
        for best in (f"standing >= {self.best_from} AND", "") if self.best_from else ("",):
            rows = self._rows(
                f"""SELECT kind, key, vendor, standing FROM (
                      SELECT * FROM {{document}} WHERE {best} vector @@ %s::tsquery AND kind = ANY(%s) LIMIT {FIRST}
                    ) found ORDER BY standing DESC, key DESC LIMIT %s""",
                [tsquery, list(kinds), limit],
            )
            if len(rows) == limit or broad:
                break
        return tuple(Hit(kind, key, standing, vendor=vendor) for kind, key, vendor, standing in rows)

    def _shown(self, hits: tuple[Hit, ...], query: SearchQuery) -> tuple[Hit, ...]:
        """The hits with their highlighted texts, one query for all."""
        if not query.highlight or not hits:
            return hits
        rows = self._rows(
            "SELECT t.kind, t.key, title, summary, body FROM {text} t JOIN unnest(%s::text[], %s::bigint[]) AS hit (kind, key) USING (kind, key)",
            [[hit.kind for hit in hits], [hit.key for hit in hits]],
        )
        texts = {(kind, key): (title, f"{summary} {body}".strip()) for kind, key, title, summary, body in rows}
        stems = wanted(query.understood)
        return tuple(
            replace(hit, title=marked(texts[hit.kind, hit.key][0], stems, self.language), snippet=passage(texts[hit.kind, hit.key][1], stems, self.language))
            for hit in hits
            if (hit.kind, hit.key) in texts
        )

    def _rows(self, text: str, values: list[Any]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(text).format(**self.names), values)
            return list(cursor.fetchall())


def _estimate(query: SearchQuery) -> int:
    """About how many documents hold every word: no more than hold the rarest."""
    return min((term.documents for term in query.understood.required), default=query.understood.size)
