"""Words that stand for each other: = both ways, > from the general to the narrower, ~ near results alone; things named by several words."""

import pytest

from tests.contracts.search_bench import Bench, corpus, page, titles

RULES = ("zibeline = martrelle", "brimborion > bidulon, machinette", "farfouille ~ trouvaillon", "planche à gribouiller = gribouilloir", "objet mystère > cube énigme")
DOCUMENTS = corpus(
    *titles(
        zibeline="Étole façon zibeline", martrelle="Manchon de martrelle", bidulon="Bidulon ciré", machinette="Machinette ronde", brimborion="Brimborion lustré",
        farfouille="Farfouille lavée", trouvaillon="Trouvaillon peint", gribouilloir="Gribouilloir à craie", gribouiller="Planche à gribouiller", planche="Planche brute",
        enigme="Cube énigme", cube="Cube lisse", sac_a_main="Sac à main matelassé", sac_papier="Sac kraft imprimé à la main", minaudiere="Minaudière nacrée", besace="Besace grainée",
        pot_fleurs="Pot de fleurs vernissé", pot_miel="Pot à miel et fleurs sauvages", boucle_oreille="Boucles d’oreilles filigrane", boucle_ceinture="Boucle de ceinture étamée",
        bague="Bague martelée", bougie="Bougie torsadée", bougeoir="Bougeoir cintré", chevaliere="Chevalière gravée",
    ),
    page("mention", "Cahier quadrillé", "Une planche offerte, et de quoi gribouiller."),
    page("bord", "Nappe et planche", "Gribouiller dessus se lave."),
)


@pytest.mark.parametrize(("text", "expected"), [("zibeline", {"zibeline", "martrelle"}), ("martrelle", {"zibeline", "martrelle"}), ("zibelines", {"zibeline", "martrelle"}), ("MARTRELLES", {"zibeline", "martrelle"})])
def test_equal_words_find_each_other(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text) == expected


def test_the_word_as_typed_comes_before_its_equal(bench: Bench) -> None:
    assert bench.order("zibeline")[0] == "zibeline"
    assert bench.order("martrelle")[0] == "martrelle"


def test_the_general_word_finds_the_narrower_ones(bench: Bench) -> None:
    assert bench.found("brimborion") == {"brimborion", "bidulon", "machinette"}
    assert bench.order("brimborion")[0] == "brimborion"


@pytest.mark.parametrize(("text", "expected"), [("bidulon", {"bidulon"}), ("machinettes", {"machinette"})])
def test_the_narrower_word_does_not_find_the_general_one(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text) == expected
    assert "brimborion" not in bench.order(text)


def test_narrower_words_do_not_find_each_other(bench: Bench) -> None:
    assert "machinette" not in bench.order("bidulon")


def test_a_related_word_comes_after_the_answers_and_is_flagged(bench: Bench) -> None:
    results = bench.ask("farfouille")
    assert [(bench.slugs[hit.kind, hit.key], hit.near) for hit in results.hits] == [("farfouille", False), ("trouvaillon", True)]
    assert results.total == 1


def test_relation_goes_one_way(bench: Bench) -> None:
    assert bench.order("trouvaillon") == ["trouvaillon"]


def test_a_synonym_answers_among_other_words(bench: Bench) -> None:
    assert bench.found("zibeline manchon") == {"martrelle"}
    assert bench.found("brimborion ciré") == {"bidulon"}


@pytest.mark.parametrize("text", ["gribouilloir", "planche à gribouiller", "planches à gribouiller", "Planche a gribouiller"])
def test_several_words_may_equal_one(bench: Bench, text: str) -> None:
    assert bench.found(text) == {"gribouilloir", "gribouiller"}


def test_several_words_may_be_general(bench: Bench) -> None:
    assert bench.found("objet mystère") == {"enigme"}


def test_parts_of_a_thing_of_several_words_are_not_the_thing(bench: Bench) -> None:
    assert "planche" not in bench.found("planche à gribouiller")
    assert "mention" not in bench.found("gribouilloir")


def test_the_end_of_a_title_and_the_beginning_of_a_text_are_no_thing(bench: Bench) -> None:
    assert "bord" not in bench.found("gribouilloir")


@pytest.mark.parametrize("text", ["sac à main", "sacs à main", "sac a main"])
def test_a_handbag_is_no_bag_made_by_hand(bench: Bench, text: str) -> None:
    found = bench.found(text)
    assert {"sac_a_main", "minaudiere", "besace"} <= found
    assert "sac_papier" not in found
    assert bench.order(text)[0] == "sac_a_main"


def test_a_flower_pot_is_no_pot_with_flowers(bench: Bench) -> None:
    assert "pot_fleurs" in bench.found("pot de fleurs")
    assert "pot_miel" not in bench.found("pot de fleurs")


def test_an_earring_is_no_buckle(bench: Bench) -> None:
    assert bench.found("boucle d'oreille") == {"boucle_oreille"}
    assert bench.order("boucle d'oreille")[0] == "boucle_oreille"


def test_a_buckle_is_no_earring_first(bench: Bench) -> None:
    assert bench.found("boucle ceinture") == {"boucle_ceinture"}


@pytest.mark.parametrize(("text", "expected"), [("bijou", {"bague", "boucle_oreille", "chevaliere"}), ("bagues", {"bague", "chevaliere"}), ("ring", {"bague", "chevaliere"}), ("chevalière", {"chevaliere"}), ("candle", {"bougie"}), ("earring", {"boucle_oreille"})])
def test_the_rules_of_the_site_are_in_force(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text) == expected


def test_a_misspelt_word_brings_its_synonyms(bench: Bench) -> None:
    assert bench.found("zibelinne") == {"zibeline", "martrelle"}
    assert bench.found("brimborrion") == {"brimborion", "bidulon", "machinette"}


def test_synonyms_stay_when_words_are_taken_literally(bench: Bench) -> None:
    assert bench.found("zibeline", correct=False) == {"zibeline", "martrelle"}
