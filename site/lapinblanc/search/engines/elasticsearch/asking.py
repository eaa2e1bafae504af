"""A question as an Elasticsearch query: BM25F of each word, what stands for it, neighbours; quality; facets that don't filter themselves."""

from datetime import datetime
from typing import Any

from elasticsearch_dsl import A, Q, Search
from elasticsearch_dsl.query import Query

from lapinblanc import clock
from lapinblanc.search import engine as port
from lapinblanc.search.analysis.question import Alternative, Asked, Understood
from lapinblanc.search.engine import MOST_COUNTED, Filters, SearchQuery
from lapinblanc.search.ranking import ELASTICSEARCH as W
from lapinblanc.search.ranking import FRESHNESS, HALF_LIFE_DAYS, freshness

STRONG = ("typed", "joined", "mended", "=", ">")
FIELDS = [f"title^{W.title}", f"keywords^{W.keywords}", f"summary^{W.summary}", f"body^{W.body}", f"compounds^{W.keywords}"]
SORTS: dict[str, list[Any]] = {
    port.NEWEST: [{"published": {"order": "desc", "missing": "_last"}}, {"key": "desc"}],
    port.CHEAPEST: [{"price": "asc"}, {"key": "desc"}],
    port.DEAREST: [{"price": "desc"}, {"key": "desc"}],
}
MOST_VALUES = 2000
SURE, READ, LEAST_SHARE = 1.2, 50_000, 0.01
"""Above the ceiling by so much, facets are counted on a share of the index, about so many documents of it."""


def of_term(term: Asked, *, related: bool = False) -> Query:
    """The best of what answers a word; named, so that a hit tells which words it holds."""
    queries = [_of_alternative(a) for a in term.alternatives if related or a.why in STRONG]
    return Q("dis_max", queries=queries, _name=term.stem)


def _of_alternative(alternative: Alternative) -> Query:
    text = alternative.text
    if len(alternative.stems) == 1 and " " not in text:
        written = Q("combined_fields", query=text, fields=FIELDS, operator="and")
        stemmed = Q("term", stems={"value": alternative.stems[0], "boost": W.stems})
        return Q("bool", must=[Q("dis_max", queries=[written, stemmed])], boost=alternative.weight)
    phrases = [Q("match_phrase", **{name: {"query": text, "boost": boost, "slop": 1}}) for name, boost in (("title", W.title), ("keywords", W.keywords), ("body", W.body), ("summary", W.summary))]
    stemmed = Q("match_phrase", stems={"query": " ".join(alternative.stems), "boost": W.stems})
    return Q("dis_max", queries=[*phrases, stemmed], boost=alternative.weight)


def neighbours(understood: Understood) -> list[Query]:
    """Words side by side in the question that are side by side in the title or the text."""
    texts = [term.text for term in understood.asked]
    pairs = [f"{a} {b}" for a, b in zip(texts, texts[1:], strict=False)]
    return [Q("multi_match", query=pair, type="phrase", fields=FIELDS[:4], slop=1, boost=W.neighbours) for pair in pairs]


def exact(understood: Understood) -> Query:
    """Every word that counts."""
    if not understood.asked:
        return Q("match_all")
    must = [of_term(term) for term in understood.required]
    should = [of_term(term) for term in understood.asked if term.optional and term not in understood.required]
    return Q("bool", must=must, should=[*should, *neighbours(understood)])


def near(understood: Understood) -> Query:
    """Some of the words, or what is related to them."""
    return Q("bool", should=[*(of_term(term, related=True) for term in understood.asked), *neighbours(understood)], minimum_should_match=1)


def narrowing(filters: Filters) -> list[Query]:
    found = [Q("terms", facets=[f"{name}:{value}" for value in values]) for name, values in filters.values.items() if values]
    if filters.by_price:
        bounds = {"gte": filters.price_from, "lte": filters.price_to}
        found.append(Q("range", price={key: value for key, value in bounds.items() if value is not None}))
    if filters.published_after is not None:
        found.append(Q("range", published={"gt": filters.published_after.isoformat()}))
    return found


def with_quality(query: Query) -> Query:
    """The words' score times one plus quality and newness."""
    functions = [
        {"field_value_factor": {"field": "boost", "missing": 1.0}},
        # Without a date the decay would be that of today.
        {"filter": Q("exists", field="published"), "exp": {"published": {"origin": "now", "scale": f"{HALF_LIFE_DAYS}d", "decay": 0.5}}, "weight": FRESHNESS.most},
    ]
    return Q("function_score", query=query, functions=functions, score_mode="sum", boost_mode="multiply")


def standing(boost: float, published: datetime | None) -> float:
    """What `with_quality` multiplied the words' score by."""
    return boost + (freshness((clock.now() - published).total_seconds() / 86400) if published else 0.0)


def request(query: SearchQuery, words: Query, *, size: int, offset: int = 0, counted: bool = True) -> Search:
    """The whole request: filters behind the facets, so that each facet is counted under the others."""
    search = Search().query(with_quality(words) if query.sort == port.RELEVANCE else words)
    if query.sort in SORTS:
        search = search.sort(*SORTS[query.sort])
        if query.sort != port.NEWEST:
            search = search.filter("exists", field="price")
    narrow = narrowing(query.filters)
    if counted and query.facets:
        search = search.post_filter(Q("bool", filter=narrow)) if narrow else search
        _count(search, query)
    elif narrow:
        search = search.filter(Q("bool", filter=narrow))
    search = search.source(["kind", "key", "title", "boost", "vendor", "published"])
    return search.extra(track_total_hits=MOST_COUNTED + 1, track_scores=True)[offset : offset + size]


def broad(query: SearchQuery) -> bool:
    """Whether the words are in so many documents that their facets are estimated from a sample."""
    about = min((term.documents for term in query.understood.required), default=query.understood.size)
    return about > MOST_COUNTED * SURE


def _count(search: Search, query: SearchQuery) -> None:
    own = [name for name in query.filters.names if name in query.facets]
    free = [name for name in query.facets if name not in own]
    passes = [("free", query.filters, free), *((f"own:{name}", query.filters.without(name), [name]) for name in own)]
    within = search.aggs
    if broad(query):
        # Counts come back multiplied; the seed keeps them the same from page to page.
        within = search.aggs.bucket("sample", A("random_sampler", probability=max(READ / query.understood.size, LEAST_SHARE), seed=1))
    for label, filters, names in passes:
        if names:
            bucket = within.bucket(label, A("filter", filter=Q("bool", filter=narrowing(filters))))
            bucket.bucket("tokens", A("terms", field="facets", include=f"({'|'.join(names)}):.*", size=MOST_VALUES))
