"""Counts beside the results: how many, and how many by facet, under all filters but the facet's own.

Exact up to ten thousand documents; above, estimated from one document in sixteen and said to be so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

from lapinblanc.search.engine import MOST_COUNTED, Filters, SearchQuery
from lapinblanc.search.engines.postgres.schema import SAMPLE


@dataclass(frozen=True, slots=True)
class Counted:
    total: int
    facets: Mapping[str, Mapping[str, int]]
    about: bool = False


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


def counts(names: Mapping[str, sql.Identifier], query: SearchQuery, tsquery: str, estimate: int) -> Counted:
    """The number of documents, and of those of each value of the facets asked for.

    `estimate` is about how many documents hold the words: where it is small, the facets' one statement counts everything.
    """
    total = _total(names, query.filters, tsquery) if estimate > MOST_COUNTED or "kind" not in query.facets else 0
    if not query.facets:
        return Counted(total, {})
    about = total > MOST_COUNTED
    found: dict[str, dict[str, int]] = {name: {} for name in query.facets}
    for token, number in _tokens(names, query.filters, tsquery, query.facets, sample=about):
        name, _sign, value = token.partition(":")
        if name in found:
            found[name][value] = number * SAMPLE if about else number
    if not total and "kind" in found:
        # Every document has one kind.
        chosen = query.filters.values.get("kind") or tuple(found["kind"])
        total = sum(found["kind"].get(kind, 0) for kind in chosen)
    return Counted(total, found, about)


def _total(names: Mapping[str, sql.Identifier], filters: Filters, tsquery: str) -> int:
    parts, values = narrowing(filters)
    if tsquery:
        parts, values = ["vector @@ %s::tsquery", *parts], [tsquery, *values]
    where = " AND ".join(parts) or "true"
    return int(_rows(names, f"SELECT count(*) FROM (SELECT 1 FROM {{document}} WHERE {where} LIMIT {MOST_COUNTED + 1}) found", values)[0][0])


def _tokens(names: Mapping[str, sql.Identifier], filters: Filters, tsquery: str, facets: tuple[str, ...], *, sample: bool) -> list[Any]:
    """(token, documents): one pass for the facets that don't narrow, one more for each that does, in one statement."""
    passes: list[str] = []
    values: list[Any] = []
    free = tuple(name for name in facets if name not in filters.names)
    own = [name for name in filters.names if name in facets or name == "price"]
    for wanted, applied in ((free, filters), *(((name,), filters.without(name)) for name in own)):
        parts, used = narrowing(applied)
        if tsquery:
            parts, used = ["vector @@ %s::tsquery", *parts], [tsquery, *used]
        if sample:
            parts.append("bucket = 0")
        where = " AND ".join(parts) or "true"
        passes.append(
            f"SELECT token, count(*) FROM {{document}}, unnest(facets) token WHERE {where} AND split_part(token, ':', 1) = ANY(%s) GROUP BY token"
        )
        values.extend([*used, list(wanted)])
    return _rows(names, " UNION ALL ".join(passes), values)


def _rows(names: Mapping[str, sql.Identifier], text: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(text).format(**names), values)
        return list(cursor.fetchall())
