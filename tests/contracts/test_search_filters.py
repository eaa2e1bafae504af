"""What narrows: facets, prices, dates, kinds; and what is counted beside the results."""

from datetime import UTC, datetime

import pytest
from lapinblanc.search.document import STORY
from lapinblanc.search.engine import CHEAPEST, Filters

from tests.contracts.search_bench import Bench, boutique, corpus, page

FACETS = ("kind", "price", "material", "colour")


def _day(day: int) -> datetime:
    return datetime(2026, 5, day, 12, tzinfo=UTC)


DOCUMENTS = corpus(
    page("oak_blue", "Plateau chantourné", facets="material:chene colour:bleu price:1", price_cents=1500, published_at=_day(1)),
    page("oak_red", "Plateau ovale", facets="material:chene colour:rouge price:2", price_cents=2500, published_at=_day(2)),
    page("ash_blue", "Plateau carré", facets="material:frene colour:bleu price:2", price_cents=2999, published_at=_day(3)),
    page("ash_both", "Plateau gigogne", facets="material:frene colour:bleu colour:rouge price:3", price_cents=3000, published_at=_day(4)),
    page("mixed", "Plateau marqueté", facets="material:chene material:frene colour:vert price:4", price_cents=12000, published_at=_day(5)),
    page("bare", "Plateau brut", "Sans prix ni couleur.", facets="material:pin"),
    page("metre", "Mètre ruban", facets="material:chene:clair colour:bleu price:1", price_cents=900, published_at=_day(6)),
    boutique("shop", "Le Plateau", facets="material:chene", published_at=_day(7)),
    page("story", "Naissance d’un plateau", kind=STORY, published_at=_day(8)),
    page("other", "Fauteuil canné", facets="material:frene colour:bleu price:4", price_cents=15000, published_at=_day(9)),
    page("odd", "Socle percé", facets="material:l'orme|doux colour:bleu.canard price:1", price_cents=100),
)
TRAYS = {"oak_blue", "oak_red", "ash_blue", "ash_both", "mixed", "bare", "shop", "story"}


def _values(**values: str) -> Filters:
    return Filters({name: tuple(value.split()) for name, value in values.items()})


NARROWED = [
    ({}, TRAYS),
    ({"material": "chene"}, {"oak_blue", "oak_red", "mixed", "shop"}),
    ({"material": "chene frene"}, {"oak_blue", "oak_red", "ash_blue", "ash_both", "mixed", "shop"}),
    ({"material": "chene", "colour": "bleu"}, {"oak_blue"}),
    ({"material": "chene frene", "colour": "rouge vert"}, {"oak_red", "ash_both", "mixed"}),
    ({"colour": "rouge"}, {"oak_red", "ash_both"}), ({"material": ""}, TRAYS),
    ({"kind": "story"}, {"story"}), ({"kind": "story vendor"}, {"story", "shop"}), ({"kind": "listing", "material": "pin"}, {"bare"}),
]
PRICED = [
    ((2999, None), {"ash_blue", "ash_both", "mixed"}), ((None, 2500), {"oak_blue", "oak_red"}), ((2500, 3000), {"oak_red", "ash_blue", "ash_both"}),
    ((3000, 3000), {"ash_both"}), ((None, 99999), {"oak_blue", "oak_red", "ash_blue", "ash_both", "mixed"}), ((0, None), {"oak_blue", "oak_red", "ash_blue", "ash_both", "mixed"}),
]
PRICE_WORDS = [
    ("plateau moins de 20 euros", {"oak_blue"}), ("plateau à moins de 25 €", {"oak_blue", "oak_red"}), ("plateau moins de 25", {"oak_blue", "oak_red"}),
    ("plateau plus de 30 euros", {"ash_both", "mixed"}), ("plateau à partir de 30€", {"ash_both", "mixed"}), ("plateau entre 25 et 30 €", {"oak_red", "ash_blue", "ash_both"}),
    ("plateau de 25 à 29,99 euros", {"oak_red", "ash_blue"}), ("plateau jusqu'à 29,99 €", {"oak_blue", "oak_red", "ash_blue"}), ("plateau max 15 euros", {"oak_blue"}),
    ("moins de 10 €", {"metre", "odd"}), ("plateau pas cher", TRAYS),
]


@pytest.mark.parametrize(("values", "expected"), NARROWED)
def test_two_values_of_a_facet_are_either_and_two_facets_are_both(bench: Bench, values: dict[str, str], expected: set[str]) -> None:
    assert bench.found("plateau", filters=_values(**values)) == expected
    assert bench.ask("plateau", filters=_values(**values)).total == len(expected)


def test_an_unknown_value_leaves_nothing(bench: Bench) -> None:
    results = bench.ask("plateau", filters=_values(material="ebene"), facets=FACETS)
    assert (results.hits, results.total) == ((), 0)


@pytest.mark.parametrize(("prices", "expected"), PRICED)
def test_a_price_narrows_both_ends_included_and_leaves_out_what_has_none(bench: Bench, prices: tuple[int | None, int | None], expected: set[str]) -> None:
    assert bench.found("plateau", filters=Filters(price_from=prices[0], price_to=prices[1])) == expected


@pytest.mark.parametrize(("text", "expected"), PRICE_WORDS)
def test_a_price_in_words_is_a_filter_and_no_word(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text) == expected


def test_a_chosen_price_wins_over_the_one_in_words(bench: Bench) -> None:
    assert bench.found("plateau moins de 20 euros", filters=Filters(price_from=12000)) == {"mixed"}


def test_published_after_leaves_out_that_moment_and_what_has_no_date(bench: Bench) -> None:
    assert bench.found("plateau", filters=Filters(published_after=_day(4))) == {"mixed", "shop", "story"}


def test_filters_narrow_near_results_too(bench: Bench) -> None:
    assert set(bench.order("plateau fauteuil", filters=_values(material="frene"))) == {"ash_blue", "ash_both", "mixed", "other"}


def test_filters_narrow_an_empty_question(bench: Bench) -> None:
    assert set(bench.order("", filters=_values(colour="bleu"))) == {"oak_blue", "ash_blue", "ash_both", "metre", "other"}


def test_filters_narrow_an_order_by_price(bench: Bench) -> None:
    assert bench.order("plateau", filters=_values(material="frene"), sort=CHEAPEST) == ["ash_blue", "ash_both", "mixed"]


@pytest.mark.parametrize("values", [{"material": ("l'orme|doux",)}, {"colour": ("bleu.canard",)}, {"material": ("chene:clair", "l'orme|doux"), "price": ("1",), "colour": ("bleu.canard",)}])
def test_a_value_may_hold_any_sign(bench: Bench, values: dict[str, tuple[str, ...]]) -> None:
    assert set(bench.order("", filters=Filters(values))) == {"odd"}


def test_a_value_with_a_colon_is_counted_whole(bench: Bench) -> None:
    assert bench.ask("mètre", facets=("material",)).facets == {"material": {"chene:clair": 1}}


def test_facets_count_every_value_of_the_answers(bench: Bench) -> None:
    results = bench.ask("plateau", facets=FACETS)
    assert results.facets == {
        "kind": {"listing": 6, "vendor": 1, "story": 1}, "price": {"1": 1, "2": 2, "3": 1, "4": 1},
        "material": {"chene": 4, "frene": 3, "pin": 1}, "colour": {"bleu": 3, "rouge": 2, "vert": 1},
    }
    assert results.about is False


def test_only_the_facets_asked_for_are_counted(bench: Bench) -> None:
    assert bench.ask("plateau", facets=()).facets == {}
    assert set(bench.ask("plateau", facets=("colour",), filters=Filters(price_to=2500)).facets) == {"colour"}


def test_a_facet_asked_for_is_there_even_when_empty(bench: Bench) -> None:
    assert bench.ask("fauteuil", facets=("kind", "size")).facets == {"kind": {"listing": 1}, "size": {}}


def test_a_facet_does_not_filter_itself_and_the_others_do(bench: Bench) -> None:
    facets = bench.ask("plateau", facets=FACETS, filters=_values(colour="bleu")).facets
    assert facets["colour"] == {"bleu": 3, "rouge": 2, "vert": 1}
    assert facets["material"] == {"chene": 1, "frene": 2}
    assert facets["kind"] == {"listing": 3}
    assert facets["price"] == {"1": 1, "2": 1, "3": 1}


def test_two_facets_filter_each_other_and_the_rest(bench: Bench) -> None:
    facets = bench.ask("plateau", facets=FACETS, filters=_values(colour="bleu", material="frene")).facets
    assert facets["colour"] == {"bleu": 2, "rouge": 1, "vert": 1}
    assert facets["material"] == {"chene": 1, "frene": 2}
    assert facets["price"] == {"2": 1, "3": 1}


def test_a_price_does_not_filter_its_histogram_and_filters_the_rest(bench: Bench) -> None:
    facets = bench.ask("plateau", facets=FACETS, filters=Filters(price_from=2500, price_to=3000)).facets
    assert facets["price"] == {"1": 1, "2": 2, "3": 1, "4": 1}
    assert facets["material"] == {"chene": 1, "frene": 2}
    assert facets["kind"] == {"listing": 3}


def test_the_kind_does_not_filter_its_tabs_and_filters_the_rest(bench: Bench) -> None:
    results = bench.ask("plateau", facets=FACETS, filters=_values(kind="vendor"))
    assert results.facets["kind"] == {"listing": 6, "vendor": 1, "story": 1}
    assert results.facets["material"] == {"chene": 1}
    assert results.total == 1


def test_a_date_filters_every_count(bench: Bench) -> None:
    facets = bench.ask("plateau", facets=FACETS, filters=Filters(published_after=_day(4))).facets
    assert facets["kind"] == {"listing": 1, "vendor": 1, "story": 1}
    assert facets["colour"] == {"vert": 1}


def test_facets_of_an_empty_question_count_the_whole_index(bench: Bench) -> None:
    facets = bench.ask("", facets=("kind", "material")).facets
    assert facets["kind"] == {"listing": 9, "vendor": 1, "story": 1}
    assert facets["material"] == {"chene": 4, "frene": 4, "pin": 1, "chene:clair": 1, "l'orme|doux": 1}


def test_facets_of_near_results_count_those(bench: Bench) -> None:
    results = bench.ask("fauteuil ruban", facets=("kind", "colour"))
    assert results.exact is False
    assert results.facets == {"kind": {"listing": 2}, "colour": {"bleu": 2}}


def test_facets_are_the_same_in_every_order(bench: Bench) -> None:
    assert bench.ask("plateau", facets=FACETS, sort="newest").facets == bench.ask("plateau", facets=FACETS).facets
