"""An index in English: plurals, possessives, both spellings, misspellings, and the noun a title is about."""

import pytest

from tests.contracts.search_bench import Bench, corpus, page, titles

LANGUAGE = "en"
DOCUMENTS = corpus(
    *titles(
        mug="Speckled mug", rack="Mug rack in oak", box="Walnut box", dish="Berry dish", knife="Butter knife", story="Grandmother's quilt", mens="Men’s satchel", glass="Stained glass sun",
        jewellery="Jewellery tray", colour="Colour wheel print", grey="Grey lambswool jumper", center="Centre piece", tshirt="T-shirt with a hare", wool="Woollen socks", spoon="Hand-carved spoon",
        knitted="Knitted hat", knitting="Knitting pattern", size="Frame 8 inches", cm="Frame 20 cm", candle="Beeswax candle", earrings="Brass earrings", the="The other shelf",
    ),
    page("mention", "Wooden shelf", "Holds one mug or two."),
)
FORMS = [
    ("mugs", {"mug", "rack", "mention"}), ("boxes", {"box"}), ("berries", {"dish"}), ("dishes", {"dish"}), ("grandmothers", {"story"}), ("grandmother's quilts", {"story"}), ("grandmother’s", {"story"}),
    ("men's", {"mens"}), ("mens satchel", {"mens"}), ("men satchels", {"mens"}), ("knit", {"knitted", "knitting"}), ("knitting", {"knitted", "knitting"}), ("carved spoons", {"spoon"}), ("candles", {"candle"}), ("earring", {"earrings"}),
]
SPELLINGS = [
    ("jewelry", "jewellery"), ("jewellery", "jewellery"), ("color", "colour"), ("colour", "colour"), ("gray", "grey"), ("grey", "grey"), ("center", "center"), ("tshirt", "tshirt"),
    ("t shirt", "tshirt"), ("tee", "tshirt"), ("woolen", "wool"), ("sweater", "grey"), ("pullover", "grey"), ("gray sweater", "grey"),
]
MISSPELT = [("walnutt", "box"), ("quillt", "story"), ("specled", "mug"), ("satchle", "mens"), ("candel", "candle"), ("beewax", "candle"), ("stayned", "glass")]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_plurals_and_possessives_do_not_part_words(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text, correct=False) == expected


@pytest.mark.parametrize(("text", "slug"), SPELLINGS)
def test_british_and_american_words_find_each_other(bench: Bench, text: str, slug: str) -> None:
    assert slug in bench.found(text, correct=False)


@pytest.mark.parametrize(("text", "slug"), MISSPELT)
def test_a_misspelt_word_finds_what_was_meant(bench: Bench, text: str, slug: str) -> None:
    assert bench.found(text) == {slug}
    assert bench.understood(text).corrected != ""


def test_english_stop_words_restrict_nothing(bench: Bench) -> None:
    assert bench.found("a box in the walnut") == {"box"}
    assert bench.found("the mug with a speckle") == {"mug"}


def test_french_stop_words_are_words_in_english(bench: Bench) -> None:
    assert bench.understood("pour le box").stems == ("pour", "le", "box")


def test_the_noun_of_a_title_is_the_thing(bench: Bench) -> None:
    assert bench.order("mug") == ["mug", "rack", "mention"]


def test_units_are_read_in_english(bench: Bench) -> None:
    assert bench.found("8 inch frame") == {"size"}
    assert bench.found("frame 20cm") == {"cm"}


@pytest.mark.parametrize("text", ["hand-carved", "hand carved", "handcarved"])
def test_a_compound_may_be_joined_hyphenated_or_apart(bench: Bench, text: str) -> None:
    assert bench.found(text) == {"spoon"}


def test_price_words_are_read_in_english(bench: Bench) -> None:
    asked = bench.understood("mug under 25 euros")
    assert (asked.stems, asked.price_from, asked.price_to) == (("mug",), None, 2500)


def test_a_beginning_proposes_titles_in_english(bench: Bench) -> None:
    assert set(bench.proposed("mu")) == {"mug", "rack"}
    assert bench.proposed("men's sat") == ["mens"]


def test_marks_stand_around_the_english_word(bench: Bench) -> None:
    assert bench.marked("mugs", "rack").title == "[Mug] rack in oak"
