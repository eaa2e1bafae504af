"""Writing an index: documents one by one while the site lives, whole generations beside it; and a server that is not there."""

import time
from dataclasses import replace

import pytest
from lapinblanc.search.document import STORY
from lapinblanc.search.engine import EngineUnavailable, SearchQuery
from lapinblanc.search.engines.elasticsearch.engine import ElasticsearchEngine

from tests.contracts.search_bench import Bench, boutique, corpus, page, titles

DOCUMENTS = titles(kept="Guéridon tripode", other="Guéridon pliant")


def test_what_is_written_is_found_at_once(scratch: Bench) -> None:
    scratch.write(*titles(one="Tabouret cintré"))
    assert scratch.found("tabouret") == {"one"}
    assert scratch.engine.count() == 1


def test_writing_tells_how_many(scratch: Bench) -> None:
    documents = titles(one="Tabouret cintré", two="Tabouret droit")
    assert scratch.engine.write(documents) == 2
    assert scratch.engine.write(()) == 0
    assert scratch.engine.count() == 2


def test_writing_twice_is_writing_once(scratch: Bench) -> None:
    documents = titles(one="Tabouret cintré", two="Tabouret droit")
    scratch.write(*documents)
    scratch.write(*documents)
    assert scratch.engine.count() == 2
    assert sorted(scratch.order("tabouret")) == ["one", "two"]


def test_writing_replaces_all_of_a_page(scratch: Bench) -> None:
    before = corpus(page("one", "Tabouret cintré", "Frêne.", facets="material:frene", price_cents=1000, keywords="assise", vendor=3))
    scratch.write(*before)
    scratch.write(replace(before[0], title="Desserte roulante", body="Orme.", facets=("material:orme",), price_cents=None, keywords="", vendor=0))
    for gone in ("tabouret", "frêne", "assise"):
        assert scratch.found(gone, correct=False) == set()
    assert scratch.found("desserte orme") == {"one"}
    results = scratch.ask("desserte", facets=("material",))
    assert results.facets == {"material": {"orme": 1}}
    assert results.hits[0].vendor == 0
    assert scratch.order("desserte", sort="cheapest") == []


def test_the_last_of_two_writings_in_one_batch_counts(scratch: Bench) -> None:
    (first,) = titles(one="Tabouret cintré")
    scratch.write(first, replace(first, title="Desserte roulante"))
    assert scratch.engine.count() == 1
    assert scratch.found("desserte") == {"one"}
    assert scratch.found("tabouret", correct=False) == set()


def test_one_key_of_two_kinds_is_two_pages(scratch: Bench) -> None:
    scratch.write(replace(page("listing", "Tabouret"), key=1), replace(page("story", "Tabouret", kind=STORY), key=1), replace(boutique("shop", "Tabouret"), key=1))
    assert scratch.engine.count() == 3
    scratch.remove((STORY, 1))
    assert set(scratch.order("tabouret")) == {"listing", "shop"}


def test_removing_takes_out_at_once_and_alone(scratch: Bench) -> None:
    scratch.write(*titles(one="Tabouret cintré", two="Tabouret droit", three="Desserte"))
    scratch.remove(("listing", 1))
    assert scratch.found("tabouret") == {"two"}
    assert scratch.ask("", facets=("kind",)).facets == {"kind": {"listing": 2}}
    assert scratch.engine.count() == 2


def test_removing_what_is_not_there_is_nothing(scratch: Bench) -> None:
    scratch.write(*titles(one="Tabouret cintré"))
    scratch.remove(("listing", 99), (STORY, 1))
    scratch.remove()
    assert scratch.engine.count() == 1


def test_a_page_removed_and_written_again_is_there(scratch: Bench) -> None:
    documents = titles(one="Tabouret cintré")
    scratch.write(*documents)
    scratch.remove(("listing", 1))
    scratch.write(*documents)
    assert scratch.found("tabouret") == {"one"}


def test_a_word_of_a_removed_page_corrects_nothing(scratch: Bench) -> None:
    scratch.write(*titles(one="Zinzolin", two="Desserte"))
    assert scratch.understood("zinzolim").corrected == "zinzolin"
    scratch.remove(("listing", 1))
    assert scratch.understood("zinzolim").corrected == ""


def test_what_is_written_counts_in_price_orders_and_filters_at_once(scratch: Bench) -> None:
    scratch.write(*corpus(page("dear", "Tabouret", price_cents=900), page("cheap", "Tabouret", price_cents=100)))
    assert scratch.order("tabouret", sort="cheapest") == ["cheap", "dear"]
    scratch.write(replace(corpus(page("dear", "Tabouret", price_cents=900))[0], price_cents=50))
    assert scratch.order("tabouret", sort="cheapest") == ["dear", "cheap"]


def test_a_generation_being_filled_is_not_seen(scratch: Bench) -> None:
    scratch.write(*titles(one="Tabouret cintré"))
    generation = scratch.engine.begin()
    try:
        assert generation.add(titles(one="Desserte roulante", two="Desserte basse")) == 2
        assert scratch.found("tabouret") == {"one"}
        assert scratch.found("desserte", correct=False) == set()
        assert scratch.engine.count() == 1
    finally:
        generation.drop()


def test_a_swap_shows_a_generation_whole_and_nothing_of_the_old_one(scratch: Bench) -> None:
    scratch.write(*titles(one="Tabouret cintré"))
    new = titles(a="Desserte roulante", b="Desserte basse")
    scratch.slugs = {(document.kind, document.key): document.slug for document in new}
    for generation in scratch.generations():
        generation.add(new)
        generation.swap()
    assert scratch.found("desserte") == {"a", "b"}
    assert scratch.found("tabouret", correct=False) == set()
    assert scratch.engine.count() == 2


def test_a_swap_of_an_empty_generation_empties(scratch: Bench) -> None:
    scratch.write(*titles(one="Tabouret cintré"))
    for generation in scratch.generations():
        generation.swap()
    assert (scratch.engine.count(), scratch.order("")) == (0, [])


def test_a_dropped_generation_leaves_the_old_one(scratch: Bench) -> None:
    scratch.write(*titles(one="Tabouret cintré"))
    for generation in scratch.generations():
        generation.add(titles(a="Desserte roulante"))
        generation.drop()
    assert scratch.found("tabouret") == {"one"}
    assert scratch.engine.count() == 1


def test_changes_to_a_generation_after_its_bulk_are_in_it(scratch: Bench) -> None:
    bulk = titles(a="Desserte roulante", b="Desserte basse", c="Desserte haute")
    scratch.slugs = {(document.kind, document.key): document.slug for document in bulk} | {("listing", 4): "d"}
    for generation in scratch.generations():
        generation.add(bulk[:2])
        generation.add(bulk[2:])
        generation.remove([("listing", 1), ("listing", 77)])
        generation.add([replace(bulk[1], title="Étagère murale"), replace(bulk[0], key=4, slug="d", title="Desserte ronde")])
        generation.swap()
    assert scratch.found("desserte") == {"c", "d"}
    assert scratch.found("étagère") == {"b"}
    assert scratch.engine.count() == 3


def test_an_index_is_written_to_after_a_swap(scratch: Bench) -> None:
    for generation in scratch.generations():
        generation.add(titles(one="Tabouret cintré"))
        generation.swap()
    scratch.write(replace(titles(two="Tabouret droit")[0], key=2))
    scratch.remove(("listing", 1))
    assert scratch.order("tabouret") == ["two"]


def test_two_swaps_leave_the_second(scratch: Bench) -> None:
    for slug, title in (("one", "Tabouret"), ("two", "Desserte")):
        documents = titles(**{slug: title})
        scratch.slugs = {(document.kind, document.key): document.slug for document in documents}
        for generation in scratch.generations():
            generation.add(documents)
            generation.swap()
    assert scratch.order("") == ["two"]


def test_count_counts_every_kind(bench: Bench) -> None:
    assert bench.engine.count() == bench.ask("").total == 2


def test_an_engine_knows_its_name_and_language(bench: Bench, engine: str) -> None:
    assert (bench.engine.name, bench.engine.language) == (engine, "fr")


@pytest.mark.parametrize("call", ["search", "suggest", "write", "remove", "count", "begin"])
def test_a_server_that_is_not_there_is_told_quickly_as_unavailable(scratch: Bench, call: str) -> None:
    dead = ElasticsearchEngine("nowhere", "fr", url="http://127.0.0.1:9", read_seconds=0.3)
    calls = {
        "search": lambda: dead.search(SearchQuery(scratch.understood("tabouret"))), "suggest": lambda: dead.suggest("tab", limit=3), "write": lambda: dead.write(DOCUMENTS),
        "remove": lambda: dead.remove([("listing", 1)]), "count": dead.count, "begin": dead.begin,
    }
    began = time.monotonic()
    with pytest.raises(EngineUnavailable):
        calls[call]()
    assert time.monotonic() - began < 1
