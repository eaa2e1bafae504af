"""Counts beside the results: how many, and how many by facet, under all filters but the facet's own.

Exact up to ten thousand documents. Where a look at the sample tells that there are more, counts are estimated from it, from
fewer of its buckets the more there are, and said to be estimates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

from lapinblanc.search.engine import MOST_COUNTED, Filters, SearchQuery
from lapinblanc.search.engines.postgres.schema import BUCKETS, FEW, SAMPLED

BROADEST = 100_000
"""From so many documents on, the smallest sample tells enough."""
SURE = 1.2
"""An estimate so much above the ceiling is taken for it; nearer ones are counted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """`total` stops one above the ceiling; `estimate` is about how many there are."""

    total: int
    facets: Mapping[str, Mapping[str, int]]
    about: bool = False
    estimate: int = 0


def narrowing(filters: Filters) -> tuple[list[str], list[Any]]:
    """Conditions on a document's row, one for each facet that narrows."""
    parts: list[str] = []
    values: list[Any] = []
    for name, chosen in filters.values.items():
        if chosen:
            parts.append("facets && %s::text[]" if len(chosen) > 1 else "facets @> %s::text[]")
            values.append([f"{name}:{value}" for value in chosen])
    if filters.price_from is not None:
        parts.append("price >= %s")
        values.append(filters.price_from)
    if filters.price_to is not None:
        parts.append("price <= %s")
        values.append(filters.price_to)
    if filters.published_after is not None:
        parts.append("published > %s")
        values.append(filters.published_after)
    return parts, values


def conditions(tsquery: str, filters: Filters) -> tuple[str, list[Any]]:
    """The WHERE of a search."""
    parts, values = narrowing(filters)
    if tsquery:
        parts, values = ["vector @@ %s::tsquery", *parts], [tsquery, *values]
    return " AND ".join(parts) or "true", values


def counts(names: Mapping[str, sql.Identifier], query: SearchQuery, tsquery: str, at_most: int) -> Counted:
    """The number of documents, and of those of each value of the facets asked for; `at_most` is known from the vocabulary."""
    estimate = at_most
    if at_most > MOST_COUNTED and (query.filters.names or len(query.understood.required) != 1):
        estimate = _estimate(names, query.filters, tsquery, at_most)
    if estimate > MOST_COUNTED * SURE:
        return _counted(names, query, tsquery, MOST_COUNTED + 1, estimate)
    if "kind" not in query.facets:
        total = _total(names, query.filters, tsquery)
        return Counted(total, {}, estimate=max(total, 1)) if not query.facets else _counted(names, query, tsquery, total, total)
    return _counted(names, query, tsquery, None, estimate)


def _counted(names: Mapping[str, sql.Identifier], query: SearchQuery, tsquery: str, total: int | None, estimate: int) -> Counted:
    about = total is not None and total > MOST_COUNTED
    buckets = _buckets(estimate) if about else 0
    found: dict[str, dict[str, int]] = {name: {} for name in query.facets}
    for token, number in _tokens(names, query.filters, tsquery, query.facets, buckets) if query.facets else ():
        name, _sign, value = token.partition(":")
        if name in found:
            found[name][value] = number * BUCKETS // buckets if about else number
    if total is None:
        # Every document has one kind.
        chosen = query.filters.values.get("kind") or tuple(found["kind"])
        total = sum(found["kind"].get(kind, 0) for kind in chosen)
    return Counted(min(total, MOST_COUNTED + 1), found, about, estimate if about else total)


def _buckets(estimate: int) -> int:
    return FEW if estimate > BROADEST else SAMPLED


def _estimate(names: Mapping[str, sql.Identifier], filters: Filters, tsquery: str, at_most: int) -> int:
    """About how many documents there are, from the sample."""
    where, values = conditions(tsquery, filters)
    buckets = SAMPLED if filters.names else _buckets(at_most)
    return int(_rows(names, f"SELECT count(*) FROM {{document}} WHERE bucket < {buckets} AND {where}", values)[0][0]) * BUCKETS // buckets


def _total(names: Mapping[str, sql.Identifier], filters: Filters, tsquery: str) -> int:
    where, values = conditions(tsquery, filters)
    return int(_rows(names, f"SELECT count(*) FROM (SELECT 1 FROM {{document}} WHERE {where} LIMIT {MOST_COUNTED + 1}) found", values)[0][0])


def _tokens(names: Mapping[str, sql.Identifier], filters: Filters, tsquery: str, facets: tuple[str, ...], buckets: int) -> list[Any]:
    """(token, documents): one pass for the facets that don't narrow, one more for each that does, in one statement."""
    passes: list[str] = []
    values: list[Any] = []
    free = tuple(name for name in facets if name not in filters.names)
    own = [name for name in filters.names if name in facets or name == "price"]
    sample = f" AND bucket < {buckets}" if buckets else ""
    for wanted, applied in ((free, filters), *(((name,), filters.without(name)) for name in own)):
        where, used = conditions(tsquery, applied)
        passes.append(
            f"SELECT token, count(*) FROM {{document}}, unnest(facets) token WHERE {where}{sample} AND split_part(token, ':', 1) = ANY(%s) GROUP BY token"
        )
        values.extend([*used, list(wanted)])
    return _rows(names, " UNION ALL ".join(passes), values)


def _rows(names: Mapping[str, sql.Identifier], text: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(text).format(**names), values)
        return list(cursor.fetchall())
