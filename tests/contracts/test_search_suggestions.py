"""What is proposed while somebody types: titles that hold the words, the last one as far as it is typed."""

from datetime import timedelta

import pytest
from lapinblanc import clock
from lapinblanc.search.document import COLLECTION, STORY, VENDOR

from tests.contracts.search_bench import Bench, boutique, corpus, page

DOCUMENTS = corpus(
    page("photophore", "Photophore ajouré", "Lueur.", quality=0.1), page("photographie", "Photographie ancienne", quality=0.2), page("album", "Album photo", quality=0.05),
    page("body_only", "Cadre nu", "Pour une photo."), page("keyword_only", "Cadre rond", keywords="photo"),
    page("theiere", "Théière d’été"), page("oeuf", "Œuf décoré"), page("coeur", "Médaillon cœur"),
    page("wallet", "Porte-monnaie plissé"), page("bag", "Sac à main nacré"), page("etoile", "L’étoile du soir"),
    boutique("shop", "Photo Sépia", quality=0.15), page("story", "Le photographe du phare", kind=STORY), page("collection", "Photos de famille", kind=COLLECTION),
    *(page(f"bag{number}", f"Besace numéro {number}", quality=number / 100) for number in range(12)),
    page("long", "Personnalisations anticonstitutionnelles"), page("size", "Toile 30 cm"), page("blue_bowl", "Bol bleu"), page("bluish", "Bol bleuté"), page("blue_box", "Boîte bleue"),
    page("new", "Quenouille filée", published_at=clock.now()), page("old", "Quenouille tournée", published_at=clock.now() - timedelta(days=999)),
)
PHOTOS = {"photophore", "photographie", "album", "shop", "story", "collection"}


@pytest.mark.parametrize("text", ["ph", "pho", "photo", "PHOTO", "Phóto"])
def test_a_beginning_of_two_letters_or_more_finds_titles(bench: Bench, text: str) -> None:
    assert set(bench.proposed(text)) == PHOTOS


@pytest.mark.parametrize(("text", "expected"), [("photog", {"photographie", "story"}), ("photop", {"photophore"}), ("albu", {"album"}), ("photophore", {"photophore"})])
def test_the_more_is_typed_the_fewer_are_left(bench: Bench, text: str, expected: set[str]) -> None:
    assert set(bench.proposed(text)) == expected


def test_the_title_alone_counts(bench: Bench) -> None:
    assert {"body_only", "keyword_only"} & set(bench.proposed("photo")) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the", {"theiere"}), ("thé", {"theiere"}), ("théi", {"theiere"}), ("theiere d'e", {"theiere"}), ("oe", {"oeuf"}), ("œu", {"oeuf"}), ("coe", {"coeur"}), ("cœ", {"coeur"}),
        ("l'eto", {"etoile"}), ("l’éto", {"etoile"}), ("eto", {"etoile"}), ("l'étoile du so", {"etoile"}),
    ],
)
def test_accents_ligatures_and_articles_count_for_nothing(bench: Bench, text: str, expected: set[str]) -> None:
    assert set(bench.proposed(text)) == expected


@pytest.mark.parametrize(("text", "expected"), [("album ph", {"album"}), ("ancienne photo", {"photographie"}), ("bol bl", {"blue_bowl", "bluish"}), ("bleu bo", {"blue_bowl", "blue_box"}), ("sac à ma", {"bag"}), ("sac main", {"bag"})])
def test_earlier_words_are_whole_and_the_last_is_a_beginning(bench: Bench, text: str, expected: set[str]) -> None:
    assert expected <= set(bench.proposed(text))
    assert {"photophore", "wallet", "old"} & set(bench.proposed(text)) == set()


@pytest.mark.parametrize("text", ["porte", "porte-", "porte-mo", "porte mo", "porte-monnaie", "monn", "porte-monnaie pl"])
def test_a_compound_is_proposed_from_any_of_its_parts(bench: Bench, text: str) -> None:
    assert bench.proposed(text) == ["wallet"]


@pytest.mark.parametrize("text", ["personnalisation", "personnalisations", "anticonstitutionnel", "anticonstitutionnelles", "personnalisations anticonst"])
def test_a_long_word_is_proposed_to_its_end(bench: Bench, text: str) -> None:
    assert bench.proposed(text) == ["long"]


@pytest.mark.parametrize(("kinds", "expected"), [((STORY,), {"story"}), ((VENDOR, COLLECTION), {"shop", "collection"}), (("listing",), {"photophore", "photographie", "album"}), (("news",), set())])
def test_kinds_narrow(bench: Bench, kinds: tuple[str, ...], expected: set[str]) -> None:
    assert set(bench.proposed("photo", kinds=kinds)) == expected


def test_the_best_come_first(bench: Bench) -> None:
    assert bench.proposed("besac", limit=20) == [f"bag{number}" for number in range(11, -1, -1)]


def test_the_newer_of_two_equals_comes_first(bench: Bench) -> None:
    assert bench.proposed("quenou") == ["new", "old"]


@pytest.mark.parametrize("limit", [1, 4, 12])
def test_no_more_than_the_limit(bench: Bench, limit: int) -> None:
    assert bench.proposed("bes", limit=limit) == [f"bag{number}" for number in range(11, 11 - limit, -1)]


@pytest.mark.parametrize("text", ["", " ", "xyz", "qqqq", "photo xyz", "🐇", "'", "\\", "%", "*", ":*"])
def test_nothing_like_it_proposes_nothing(bench: Bench, text: str) -> None:
    assert bench.proposed(text) == []


def test_a_proposal_tells_its_kind_and_key(bench: Bench) -> None:
    (hit,) = bench.engine.suggest("photo", limit=10, kinds=(STORY,))
    assert (hit.kind, bench.slugs[hit.kind, hit.key]) == (STORY, "story")


def test_what_is_written_is_proposed_at_once_and_what_is_removed_no_longer(scratch: Bench) -> None:
    scratch.write(*corpus(page("one", "Fuseau torsadé"), page("two", "Fuseau peint")))
    assert set(scratch.proposed("fus")) == {"one", "two"}
    scratch.remove(("listing", 1))
    assert scratch.proposed("fus") == ["two"]
