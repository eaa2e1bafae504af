"""Lists: pages without doubles or gaps, the four orders, the empty question, the empty index."""

from datetime import UTC, datetime, timedelta

import pytest
from lapinblanc.search.document import STORY
from lapinblanc.search.engine import CHEAPEST, DEAREST, NEWEST, RELEVANCE, SORTS, Filters

from tests.contracts.search_bench import Bench, boutique, corpus, page

FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
DOCUMENTS = corpus(
    *(
        page(f"p{number:02}", "Carreau peint", f"Motif {number}.", price_cents=1000 + (number * 7 % 45) * 100, published_at=FIRST_DAY + timedelta(days=number * 11 % 45), vendor=1 + number % 3)
        for number in range(45)
    ),
    page("undated", "Carreau nu", price_cents=500), page("unpriced", "Carreau offert", published_at=FIRST_DAY + timedelta(days=100)),
    boutique("shop", "Carreau Carré"), page("story", "Le carreau du temps", kind=STORY, published_at=FIRST_DAY - timedelta(days=1)), page("other", "Sablier", price_cents=100),
)
ALL = {document.slug for document in DOCUMENTS}
TILES = ALL - {"other"}
PRICED = TILES - {"unpriced", "shop", "story"}


def _prices(slugs: list[str]) -> list[int]:
    by_slug = {document.slug: document.price_cents for document in DOCUMENTS}
    return [by_slug[slug] or 0 for slug in slugs]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("step", [1, 7, 24])
def test_pages_hold_everything_once(bench: Bench, sort: str, step: int) -> None:
    whole = bench.order("carreau", sort=sort)
    paged: list[str] = []
    for offset in range(0, 24 if step == 1 else 60, step):
        paged.extend(bench.order("carreau", sort=sort, offset=offset, limit=step))
    assert paged == whole[: len(paged)]
    assert len(paged) == len(set(paged)) == (24 if step == 1 else len(whole))


@pytest.mark.parametrize("sort", [RELEVANCE, NEWEST])
def test_the_total_is_the_number_of_hits_over_all_pages(bench: Bench, sort: str) -> None:
    totals = {bench.ask("carreau", sort=sort, offset=offset, limit=10).total for offset in range(0, 60, 10)}
    assert totals == {len(TILES)}
    assert set(bench.order("carreau", sort=sort)) == TILES


def test_a_page_past_the_end_is_empty_and_keeps_the_total(bench: Bench) -> None:
    results = bench.ask("carreau", offset=100, limit=24)
    assert (results.hits, results.total, results.exact) == ((), len(TILES), True)


def test_no_more_hits_than_the_limit(bench: Bench) -> None:
    assert len(bench.ask("carreau", limit=5).hits) == 5
    assert len(bench.ask("", limit=5).hits) == 5


def test_newest_first_and_what_has_no_date_last(bench: Bench) -> None:
    order = bench.order("carreau", sort=NEWEST)
    dates = {document.slug: document.published_at for document in DOCUMENTS}
    dated = [dates[slug] for slug in order if dates[slug]]
    assert dated == sorted(dated, reverse=True)
    assert order[0] == "unpriced"
    assert set(order[-2:]) == {"undated", "shop"}


def test_cheapest_first_and_no_page_without_a_price(bench: Bench) -> None:
    order = bench.order("carreau", sort=CHEAPEST)
    assert set(order) == PRICED
    assert _prices(order) == sorted(_prices(order))
    assert order[0] == "undated"


def test_dearest_first_and_no_page_without_a_price(bench: Bench) -> None:
    order = bench.order("carreau", sort=DEAREST)
    assert set(order) == PRICED
    assert _prices(order) == sorted(_prices(order), reverse=True)


def test_an_order_other_than_relevance_shows_exact_results_alone(bench: Bench) -> None:
    assert bench.order("carreau sablier", sort=CHEAPEST) == []
    assert bench.order("carreau offert", sort=NEWEST) == ["unpriced"]


def test_filters_and_orders_go_together(bench: Bench) -> None:
    order = bench.order("carreau", sort=DEAREST, filters=Filters(price_from=5000, price_to=5300))
    assert _prices(order) == [5300, 5200, 5100, 5000]


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "!!!", "…", "« »"])
def test_an_empty_question_lists_everything(bench: Bench, text: str) -> None:
    results = bench.ask(text)
    assert set(bench.named(results.hits)) == ALL
    assert (results.total, results.exact) == (len(ALL), True)
    assert not any(hit.near for hit in results.hits)


@pytest.mark.parametrize(("sort", "first"), [(CHEAPEST, "other"), (NEWEST, "unpriced")])
def test_an_empty_question_is_ordered_too(bench: Bench, sort: str, first: str) -> None:
    assert bench.order("", sort=sort)[0] == first


def test_an_empty_question_is_paged_without_doubles(bench: Bench) -> None:
    paged = [slug for offset in range(0, 60, 9) for slug in bench.order("", offset=offset, limit=9)]
    assert len(paged) == len(ALL)
    assert set(paged) == ALL


def test_stop_words_alone_are_taken_as_words(bench: Bench) -> None:
    assert bench.ask("de la").hits == ()
    assert bench.understood("de la").stems == ("de", "la")


def test_a_boutique_is_told_with_each_hit(bench: Bench) -> None:
    vendors = {bench.slugs[hit.kind, hit.key]: hit.vendor for hit in bench.ask("carreau").hits}
    assert vendors["p00"] == 1
    assert vendors["p02"] == 3
    assert vendors["shop"] == 0


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("text", ["", "carreau", "carreau peint bleu"])
def test_an_empty_index_answers_with_nothing(scratch: Bench, text: str, sort: str) -> None:
    results = scratch.ask(text, sort=sort, facets=("kind", "price"), highlight=True)
    assert (results.hits, results.total) == ((), 0)
    assert results.facets == {"kind": {}, "price": {}}


def test_an_empty_index_counts_and_proposes_nothing(scratch: Bench) -> None:
    assert scratch.engine.count() == 0
    assert scratch.proposed("carr") == []
