"""Words written otherwise: compounds, misspellings, lost apostrophes, numbers and units."""

import pytest

from tests.contracts.search_bench import Bench, titles

DOCUMENTS = titles(
    portemonnaie="Porte-monnaie en liège", portefeuille="Portefeuille plissé", videpoche="Vide-poche marbré", cachepot="Cachepot tressé",
    oreiller="Boucles d’oreilles dorées", fairepart="Faire-part gravé", arcenciel="Guirlande arc-en-ciel", abatjour="Abat-jour plissé",
    theiere="Théière bombée", photophore="Photophore ciselé", mosaique="Mosaïque de galets", accordeon="Accordéon miniature", bracelet="Bracelet tressé",
    hirondelle="Hirondelle de papier", aquarelle="Aquarelle marine", marionnette="Marionnette à fils", ecureuil="Écureuil gravé", cuillere="Cuillère creuse",
    trente="Cadre 30 cm", trente_un="Cadre 31 cm", colle="Sous-main 30cm", lettres="Règle de 30 centimètres", virgule="Perle 2,5 mm", point="Perle 2.5 mm",
    cinq="Perle 5 mm", sizes="Toile 40x60", litre="Pichet 1,5 L", gramme="Savon 100 g", kilo="Sac de 2 kg", annee="Calendrier 2027", douze="Coffret de 12",
)

COMPOUNDS = [
    ("porte-monnaie", {"portemonnaie"}), ("porte monnaie", {"portemonnaie"}), ("portemonnaie", {"portemonnaie"}), ("porte-monnaies", {"portemonnaie"}),
    ("vide-poche", {"videpoche"}), ("vide poche", {"videpoche"}), ("videpoche", {"videpoche"}), ("vide-poches", {"videpoche"}),
    ("cachepot", {"cachepot"}), ("cache-pot", {"cachepot"}), ("cache pot", {"cachepot"}), ("cachepots", {"cachepot"}),
    ("faire-part", {"fairepart"}), ("faire part", {"fairepart"}), ("fairepart", {"fairepart"}), ("faire‑part", {"fairepart"}),
    ("arc-en-ciel", {"arcenciel"}), ("arc en ciel", {"arcenciel"}), ("abat-jour", {"abatjour"}), ("abat jour", {"abatjour"}), ("abatjour", {"abatjour"}),
]
MISSPELT = [
    ("teiere", "theiere", "théière"), ("theiére bombé", "theiere", ""), ("photofore", "photophore", "photophore"), ("fotophore", "photophore", "photophore"),
    ("mozaique", "mosaique", "mosaïque"), ("acordeon", "accordeon", "accordéon"), ("accordeont", "accordeon", "accordéon"), ("braclet", "bracelet", "bracelet"),
    ("bracelte", "bracelet", "bracelet"), ("hirondele", "hirondelle", ""), ("irondelle", "hirondelle", "hirondelle"), ("aquarele", "aquarelle", ""),
    ("akuarelle", "aquarelle", "aquarelle"), ("marionete", "marionnette", "marionnette"), ("ecurueil", "ecureuil", "écureuil"), ("cuilère", "cuillere", ""),
]
# Elasticsearch's stemmer holds doubled letters for single ones: these find their word even as typed.
DOUBLED = ("acordeon", "marionete")
NUMBERS = [
    ("30cm", {"trente", "colle", "lettres"}), ("30 cm", {"trente", "colle", "lettres"}), ("30 centimètres", {"trente", "colle", "lettres"}),
    ("30 centimetres", {"trente", "colle", "lettres"}), ("30 CM", {"trente", "colle", "lettres"}), ("cadre 30 cm", {"trente"}), ("31 cm", {"trente_un"}), ("32 cm", set()),
    ("2,5 mm", {"virgule", "point"}), ("2.5mm", {"virgule", "point"}), ("2,5 millimètres", {"virgule", "point"}), ("5 mm", {"cinq"}),
    ("1,5 l", {"litre"}), ("1.5 litre", {"litre"}), ("1,5 litres", {"litre"}), ("100 grammes", {"gramme"}), ("100g", {"gramme"}), ("2 kilos", {"kilo"}), ("2kg", {"kilo"}),
    ("calendrier 2027", {"annee"}), ("2027", {"annee"}), ("2028", set()), ("coffret 12", {"douze"}), ("40x60", {"sizes"}), ("40 60", {"sizes"}), ("60×40", {"sizes"}),
]


@pytest.mark.parametrize(("text", "expected"), COMPOUNDS)
def test_a_compound_may_be_joined_hyphenated_or_apart(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text) == expected


def test_a_part_of_a_compound_finds_it(bench: Bench) -> None:
    assert bench.found("monnaie") == {"portemonnaie"}


def test_a_compound_is_not_found_by_one_with_another_end(bench: Bench) -> None:
    assert bench.found("porte-clé", correct=False) == set()


@pytest.mark.parametrize(("text", "slug", "meant"), MISSPELT)
def test_a_misspelt_word_finds_what_was_meant_and_says_so(bench: Bench, text: str, slug: str, meant: str) -> None:
    assert bench.found(text) == {slug}
    assert bench.understood(text).corrected == meant


@pytest.mark.parametrize(("text", "_slug", "meant"), [row for row in MISSPELT if row[2] and row[0] not in DOUBLED])
def test_without_correction_words_are_taken_as_typed(bench: Bench, text: str, _slug: str, meant: str) -> None:
    assert bench.ask(text, correct=False).hits == ()
    assert bench.understood(text, correct=False).corrected == ""


def test_a_known_word_is_never_corrected(bench: Bench) -> None:
    assert bench.understood("cadre").corrected == ""
    assert bench.found("cadre") == {"trente", "trente_un"}


def test_one_wrong_word_among_right_ones_is_mended_alone(bench: Bench) -> None:
    assert bench.understood("photofore ciselé").corrected == "photophore ciselé"
    assert bench.found("photofore ciselé") == {"photophore"}


def test_two_wrong_words_are_both_mended(bench: Bench) -> None:
    assert bench.understood("mozaique galetz").corrected == "mosaïque galets"
    assert bench.found("mozaique galetz") == {"mosaique"}


@pytest.mark.parametrize("text", ["xyzzyq", "brouhahaqq", "zz", "kkkkkkkkkkkk"])
def test_a_word_like_no_other_finds_nothing(bench: Bench, text: str) -> None:
    assert bench.ask(text).hits == ()
    assert bench.ask(text).total == 0


@pytest.mark.parametrize("text", ["doreille", "d oreille", "boucle doreille", "boucles doreilles", "boucles d’oreilles", "boucles d'oreilles", "boucles d`oreilles"])
def test_a_lost_apostrophe_is_found_again(bench: Bench, text: str) -> None:
    assert bench.found(text) == {"oreiller"}


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers_are_found_with_their_unit_however_written(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text) == expected


def test_a_number_is_never_corrected(bench: Bench) -> None:
    assert bench.understood("32 cm").corrected == ""
    assert bench.understood("2028").corrected == ""
