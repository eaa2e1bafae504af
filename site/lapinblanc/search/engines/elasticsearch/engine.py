"""The engine on Elasticsearch 8: one alias, one index a generation. Every failure of the server is an EngineUnavailable."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError, helpers
from elasticsearch_dsl import Q, Search

from lapinblanc.search import ranking
from lapinblanc.search.analysis.rarity import rarity
from lapinblanc.search.analysis.terms import raw_terms
from lapinblanc.search.analysis.words import compounds, plain
from lapinblanc.search.document import Document, clean
from lapinblanc.search.engine import RELEVANCE, EngineUnavailable, Hit, Results, SearchQuery
from lapinblanc.search.engines.elasticsearch import asking
from lapinblanc.search.engines.elasticsearch.mapping import SETTINGS, mapping
from lapinblanc.search.highlighting import marked, passage, wanted
from lapinblanc.search.ranking_phase import Candidate, rank

WRITE_SECONDS = 60
WINDOW = 240
NEAR_BELOW = 60
MOST_SHOWN = 20_000
"""Letters of a text in which a passage is looked for."""


class ElasticsearchEngine:
    """The alias called `index` on the server at `url`. `read_seconds` is how long a search may take."""

    name = "elasticsearch"

    def __init__(self, index: str, language: str, *, url: str, read_seconds: float) -> None:
        self.index, self.language = index, language
        self.server = client(url)
        self.read_seconds = read_seconds
        self.took = 0.0
        """Milliseconds that the server spent so far, as it says itself."""

    def search(self, query: SearchQuery) -> Results:
        with unavailable():
            return self._listed(query) if query.sort != RELEVANCE or not query.understood.asked else self._ranked(query)

    def suggest(self, text: str, *, limit: int, kinds: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        """Titles that hold the words, the last as far as it is typed."""
        words = Q("match", **{"title.beginning": {"query": plain(clean(text), self.language), "operator": "and"}})
        search = Search().query(asking.with_quality(Q("constant_score", filter=words))).sort("_score", {"key": "desc"}).source(["kind", "key", "vendor"])[:limit]
        if kinds:
            search = search.filter("terms", kind=list(kinds))
        with unavailable():
            return tuple(Hit(row["_source"]["kind"], row["_source"]["key"], row["_score"], vendor=row["_source"]["vendor"]) for row in self._rows(search)["hits"]["hits"])

    def write(self, documents: Iterable[Document]) -> int:
        with unavailable():
            self._ensure()
            rows = [action(document, self.index, self.language) for document in documents]
            helpers.bulk(self._writing(), rows, refresh=True, raise_on_error=True)
            return len(rows)

    def remove(self, keys: Iterable[tuple[str, int]]) -> None:
        with unavailable():
            self._ensure()
            rows = [{"_op_type": "delete", "_index": self.index, "_id": f"{kind}:{key}"} for kind, key in keys]
            helpers.bulk(self._writing(), rows, refresh=True, raise_on_error=False, ignore_status=(404,))

    def count(self) -> int:
        with unavailable():
            return int(self._writing().count(index=self.index)["count"])

    def begin(self) -> "ElasticsearchGeneration":
        with unavailable():
            return ElasticsearchGeneration(self._writing(), self.index, self.language)

    def drop(self) -> None:
        """The alias with all its generations."""
        with unavailable():
            for name in self._writing().indices.get(index=f"{self.index}-*", expand_wildcards="all", ignore_unavailable=True):
                self._writing().indices.delete(index=name)

    def _ranked(self, query: SearchQuery) -> Results:
        size = max(WINDOW, query.offset + query.limit)
        answer = self._rows(asking.request(query, asking.exact(query.understood), size=size))
        total = int(answer["hits"]["total"]["value"])
        candidates = self._candidates(answer, query, near=False)
        exact = total > 0
        if total < NEAR_BELOW:
            loose = self._rows(asking.request(query, asking.near(query.understood), size=size, counted=not exact))
            known = {(candidate.kind, candidate.key) for candidate in candidates}
            candidates += [c for c in self._candidates(loose, query, near=exact) if (c.kind, c.key) not in known]
            if not exact:
                answer, total = loose, int(loose["hits"]["total"]["value"])
        hits = rank(candidates, query.understood, self.language)[query.offset : query.offset + query.limit]
        return Results(self._shown(hits, query), total, exact, counted(answer, query.facets), asking.broad(query) and bool(query.facets))

    def _listed(self, query: SearchQuery) -> Results:
        answer = self._rows(asking.request(query, asking.exact(query.understood), size=query.limit, offset=query.offset))
        hits = [Hit(row["_source"]["kind"], row["_source"]["key"], row["_score"] or 0.0, vendor=row["_source"]["vendor"]) for row in answer["hits"]["hits"]]
        total = int(answer["hits"]["total"]["value"])
        return Results(self._shown(hits, query), total, True, counted(answer, query.facets), asking.broad(query) and bool(query.facets))

    def _candidates(self, answer: Any, query: SearchQuery, *, near: bool) -> list[Candidate]:
        """Hits with the score of their words alone: without quality, and by how much of the question they hold."""
        asked = query.understood.asked
        weights = {term.stem: rarity(term, query.understood.size) for term in asked}
        whole = sum(weights.values()) or 1.0
        found = []
        for row in answer["hits"]["hits"]:
            facts = row["_source"]
            published = datetime.fromisoformat(facts["published"]) if facts.get("published") else None
            held = sum(weights.get(name, 0.0) for name in row.get("matched_queries", ())) / whole
            words = row["_score"] / asking.standing(facts["boost"], published) * held**ranking.POSTGRES.coverage
            found.append(Candidate(facts["kind"], facts["key"], words, facts["title"], facts["boost"] - 1, facts["vendor"], published, near))
        return found

    def _shown(self, hits: list[Hit], query: SearchQuery) -> tuple[Hit, ...]:
        if not query.highlight or not hits:
            return tuple(hits)
        search = Search().query("ids", values=[f"{hit.kind}:{hit.key}" for hit in hits]).source(["shown"])[: len(hits)]
        texts = {row["_id"]: row["_source"]["shown"] for row in self._rows(search)["hits"]["hits"]}
        stems = wanted(query.understood)
        return tuple(
            replace(hit, title=marked(text["title"], stems, self.language), snippet=passage(text["passage"], stems, self.language))
            for hit in hits
            if (text := texts.get(f"{hit.kind}:{hit.key}"))
        )

    def _rows(self, search: Search) -> Any:
        answer = self.server.options(request_timeout=self.read_seconds).search(index=self.index, **search.to_dict()).body
        self.took += answer["took"]
        return answer

    def _writing(self) -> Elasticsearch:
        return self.server.options(request_timeout=WRITE_SECONDS)

    def _ensure(self) -> None:
        """The first write makes the first generation."""
        if not self._writing().indices.exists(index=self.index):
            ElasticsearchGeneration(self._writing(), self.index, self.language).swap()


class ElasticsearchGeneration:
    """An index of its own that the alias will name."""

    def __init__(self, server: Elasticsearch, index: str, language: str) -> None:
        self.server, self.alias, self.language = server, index, language
        self.index = f"{index}-{time.time_ns()}"
        fields = mapping(language)
        analysis = fields._collect_analysis()
        self.server.indices.create(index=self.index, settings={**SETTINGS, "refresh_interval": "-1", "analysis": analysis}, mappings=fields.to_dict())

    def add(self, documents: Iterable[Document]) -> int:
        with unavailable():
            done, _errors = helpers.bulk(self.server, (action(document, self.index, self.language) for document in documents), chunk_size=500)
            return int(done)

    def remove(self, keys: Iterable[tuple[str, int]]) -> None:
        with unavailable():
            rows = [{"_op_type": "delete", "_index": self.index, "_id": f"{kind}:{key}"} for kind, key in keys]
            helpers.bulk(self.server, rows, raise_on_error=False, ignore_status=(404,))

    def swap(self) -> None:
        with unavailable():
            self.server.indices.put_settings(index=self.index, settings={"refresh_interval": SETTINGS["refresh_interval"]})
            self.server.indices.refresh(index=self.index)
            old = list(self.server.indices.get_alias(name=self.alias, ignore_unavailable=True).body) if self.server.indices.exists_alias(name=self.alias) else []
            actions: list[dict[str, Any]] = [{"remove_index": {"index": name}} for name in old]
            self.server.indices.update_aliases(actions=[*actions, {"add": {"index": self.index, "alias": self.alias, "is_write_index": True}}])

    def drop(self) -> None:
        with unavailable():
            self.server.indices.delete(index=self.index, ignore_unavailable=True)


@lru_cache(maxsize=4)
def client(url: str) -> Elasticsearch:
    """One pool of connections for each server and process."""
    return Elasticsearch(url, max_retries=0, retry_on_timeout=False)


@contextmanager
def unavailable() -> Iterator[None]:
    """The client's failures under the port's name."""
    try:
        yield
    except (ApiError, TransportError, helpers.BulkIndexError) as failed:
        raise EngineUnavailable(str(failed)) from failed


def action(document: Document, index: str, language: str) -> dict[str, Any]:
    """A document for the bulk API."""
    written = {name: clean(getattr(document, name)) for name in ("title", "keywords", "summary", "body")}
    texts = {name: plain(text, language) for name, text in written.items()}
    return {
        "_index": index,
        "_id": f"{document.kind}:{document.key}",
        "kind": document.kind, "key": document.key, **texts, "compounds": " ".join(compounds(" ".join(texts.values()), language)),
        "stems": [" ".join(term[0] for _place, chunk in raw_terms(text, language) for term in chunk) for text in texts.values()],
        "facets": list(document.tokens), "price": document.price_cents,
        "published": document.published_at.isoformat() if document.published_at else None,
        "vendor": document.vendor, "boost": 1 + document.quality,
        "shown": {"title": written["title"], "passage": f"{written['summary']} {written['body']}".strip()[:MOST_SHOWN]},
    }


def counted(answer: Any, facets: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """{facet: {value: documents}} of an answer's aggregations, for each facet asked for."""
    found: dict[str, dict[str, int]] = {name: {} for name in facets}
    aggregations = answer.get("aggregations", {})
    passes = {label: rows for label, rows in aggregations.get("sample", aggregations).items() if isinstance(rows, dict) and "tokens" in rows}
    for bucket in passes.values():
        for row in bucket["tokens"]["buckets"]:
            name, _sign, value = row["key"].partition(":")
            found.setdefault(name, {})[value] = row["doc_count"]
    return found
