"""Marks around what answers, in title and passage: whole words, the text otherwise as it was written."""

import re

import pytest
from lapinblanc.search.engine import MARK_END, MARK_START

from tests.contracts.search_bench import Bench, corpus, page

FILLING = "On la pose où l’on veut, près d’une fenêtre ou sur un rebord. "
DOCUMENTS = corpus(
    page("lantern", "Lanterne ajourée", "Une lanterne de jardin, percée à la main."),
    page("lanterns", "Trois lanternes", "Des LANTERNES assorties."),
    page("lanternist", "Lanternisme illustré", "Un traité."),
    page("deep", "Grande jarre", FILLING * 30 + "Le secret de sa glaçure vient du sel. " + FILLING * 30),
    page("summary", "Coupe basse", FILLING * 10, summary="Une coupe à offrande."),
    page("accents", "Théière d’été", "L’émail d’une théière d’hiver."),
    page("figures", "Cadre 24,5 cm et l’arc-en-ciel", "Il mesure 24,5 cm de côté ; il pèse 1,2 kg."),
    page("sizes", "Toile 40x60", "Tendue sur châssis 40x60."),
    page("bare", "Navette polie"),
    page("synonym", "Chandelle coulée", "Une chandelle."),
)


def _unmarked(text: str) -> str:
    return text.replace("[", "").replace("]", "")


@pytest.mark.parametrize(
    ("text", "slug", "title"),
    [
        ("lanterne", "lantern", "[Lanterne] ajourée"), ("lanternes", "lantern", "[Lanterne] ajourée"), ("lanterne", "lanterns", "Trois [lanternes]"),
        ("LANTERNE", "lanterns", "Trois [lanternes]"), ("theiere", "accents", "[Théière] d’été"), ("navettes", "bare", "[Navette] polie"),
        ("lanternne", "lantern", "[Lanterne] ajourée"), ("bougie", "synonym", "[Chandelle] coulée"), ("ajourée trois", "lantern", "Lanterne [ajourée]"),
    ],
)
def test_words_that_answer_are_marked_in_the_title(bench: Bench, text: str, slug: str, title: str) -> None:
    assert bench.marked(text, slug).title == title


@pytest.mark.parametrize(("text", "slug", "piece"), [("lanterne", "lantern", "Une [lanterne] de jardin"), ("lanterne", "lanterns", "Des [LANTERNES] assorties."), ("coupe", "summary", "Une [coupe] à offrande."), ("bougies", "synonym", "Une [chandelle].")])
def test_words_that_answer_are_marked_in_the_passage(bench: Bench, text: str, slug: str, piece: str) -> None:
    assert piece in bench.marked(text, slug).snippet


def test_the_passage_is_where_the_words_stand(bench: Bench) -> None:
    snippet = bench.marked("secret", "deep").snippet
    assert "[secret] de sa glaçure" in snippet
    assert len(snippet) < 250


def test_the_passage_is_where_most_words_stand(bench: Bench) -> None:
    snippet = bench.marked("fenêtre secret glaçure", "deep").snippet
    assert "[secret]" in snippet
    assert "[glaçure]" in snippet


def test_without_its_words_the_passage_is_the_beginning(bench: Bench) -> None:
    assert bench.marked("jarre", "deep").snippet.startswith("On la pose où l’on veut")


def test_without_a_text_there_is_no_passage(bench: Bench) -> None:
    assert bench.marked("navette", "bare").snippet == ""


@pytest.mark.parametrize("text", ["lanterne", "lant", "jar", "theiere ete", "secret", "cadre", "coupe offrande", "toile"])
def test_marks_never_part_a_word(bench: Bench, text: str) -> None:
    for hit in bench.ask(text, highlight=True, correct=False).hits:
        for shown in (hit.title, hit.snippet):
            assert re.search(rf"\w{MARK_START}\w|\w{MARK_END}\w", shown) is None
            assert re.sub(rf"{MARK_START}[^{MARK_START}{MARK_END}]+{MARK_END}", "", shown).count(MARK_START) == 0


def test_a_longer_word_with_the_same_beginning_is_not_marked(bench: Bench) -> None:
    assert "lanternist" not in bench.order("lanterne")


@pytest.mark.parametrize("text", ["", "cadre", "toile", "théière", "arc-en-ciel"])
def test_a_title_without_its_marks_is_the_title(bench: Bench, text: str) -> None:
    titles = {document.slug: document.title for document in DOCUMENTS}
    for slug in bench.order(text):
        assert _unmarked(bench.marked(text, slug).title) == titles[slug]


@pytest.mark.parametrize(("text", "slug"), [("cadre", "figures"), ("toile", "sizes"), ("théière", "accents")])
def test_a_passage_without_its_marks_is_the_text(bench: Bench, text: str, slug: str) -> None:
    bodies = {document.slug: document.body for document in DOCUMENTS}
    assert _unmarked(bench.marked(text, slug).snippet) == bodies[slug]


def test_without_a_question_nothing_is_marked(bench: Bench) -> None:
    hit = bench.marked("", "lantern")
    assert (hit.title, hit.snippet) == ("Lanterne ajourée", "Une lanterne de jardin, percée à la main.")


def test_texts_come_on_demand_alone(bench: Bench) -> None:
    assert {(hit.title, hit.snippet) for hit in bench.ask("lanterne").hits} == {("", "")}


def test_near_results_are_marked_too(bench: Bench) -> None:
    assert bench.marked("lanterne ajourée", "lanterns").title == "Trois [lanternes]"


def test_stop_words_are_not_marked(bench: Bench) -> None:
    assert bench.marked("une lanterne de la main", "lantern").snippet.startswith("Une [lanterne]")
