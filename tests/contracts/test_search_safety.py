"""Whatever is typed or written, an engine answers with results: no error, no operator, no markup."""

import pytest
from lapinblanc.search.engine import MARK_END, MARK_START, Filters

from tests.contracts.search_bench import Bench, corpus, page

DOCUMENTS = corpus(
    page("bowl", "Bol gravé", "Un bol tourné."), page("and", "Et & co : l’alliance"), page("percent", "Coton 100% bio"),
    page("html", "<script>alert(1)</script> bijou <b>brut</b>", "Un <img src=x onerror=alert(1)> & un bijou."),
    page("quotes", 'Plaque "ouverte" d\'entrée', "Un \\ et un 'mot'."), page("emoji", "Badge 🐇 lapin", "🐇🎩"), page("hebrew", "Mezouza שלום", "שלום"),
    page("marks", f"Pot {MARK_START}faux{MARK_END} marqué", f"Un {MARK_START}faux{MARK_END} pot."), page("nul", "Panier\0nul", "Un\0panier."),
    page("long", "Rouleau " + "x" * 500, "mot " * 30_000),
)
SIGNS = [
    "'", '"', "''", "\\", "\\\\", "'; DROP TABLE site_search_document; --", '" OR 1=1', ":", "::", ":*", "bol:*", "bol:A", "bol & gravé", "bol | gravé", "!bol", "! & |", "<->", "bol <-> gravé",
    "bol <2> gravé", "(bol", "bol)", "((()))", "[bol]", "{bol}", "*", "bo*", "?", "b?l", "~", "bol~2", "^", "bol^5", "title:bol", "kind:listing", "_exists_:title", "/bol/", "%", "_", "%bol%", "b_l",
    "%s", "%(x)s", "{0}", "${x}", "bol\0gravé", "\0", "\x01\x02\x1b", "\ue000bol\ue001", "\ufffe", "\u200b", "bol\u200bgravé", "\u00ad", "🐇", "🐇🎩🐇", "bol 🐇", "שלום", "مرحبا", "\u202ebol\u202c", "日本", "ﬁl",
    "-bol", "+bol", "bol -gravé", "AND", "OR", "NOT", "bol AND", "bol\ngravé", "bol\u00a0gravé", "<script>alert(1)</script>", "<b>bol</b>", "&lt;bol&gt;", "&amp;", "../../etc/passwd", "=", "#", "@", "½", "²", "1/2", "0x1F", "1e309", "-1",
]


@pytest.mark.parametrize("text", SIGNS, ids=[f"sign{place}" for place in range(len(SIGNS))])
def test_signs_are_never_an_error(bench: Bench, text: str) -> None:
    for correct in (True, False):
        results = bench.ask(text, correct=correct, highlight=True, facets=("kind",))
        assert results.total >= len([hit for hit in results.hits if not hit.near])
    assert isinstance(bench.proposed(text), list)


@pytest.mark.parametrize("text", ["bol & gravé", "bol | gravé", "bol:* gravé", "(bol gravé", "bol <-> gravé", '"bol" gravé', "bol, gravé ?", "+bol -gravé", "bol\u00a0gravé", "bol\ngravé", "bol\0gravé", "<b>bol</b> gravé", "«bol» gravé !", "bol\u200b gravé", "%bol% gravé"])
def test_signs_are_no_operators(bench: Bench, text: str) -> None:
    assert "bowl" in bench.order(text)
    assert bench.order(text)[0] == "bowl"


@pytest.mark.parametrize("text", ["b_l", "b%l", "b?l", "bo*", "*ol", "bo?"])
def test_there_are_no_wildcards(bench: Bench, text: str) -> None:
    assert "bowl" not in bench.order(text, correct=False)


def test_a_word_between_quotes_is_the_word(bench: Bench) -> None:
    assert bench.found('"ouverte"') == bench.found("ouverte") == {"quotes"}


def test_a_letterless_question_with_a_word_is_that_word(bench: Bench) -> None:
    assert bench.found("?? bio !!") == {"percent"}


def test_a_foreign_script_is_found(bench: Bench) -> None:
    assert bench.found("שלום") == {"hebrew"}


@pytest.mark.parametrize("text", ["bol " * 2000, "x" * 5000, " ".join(f"mot{number}" for number in range(400)), "bol-" * 500, "d'" * 800, "1 " * 1000, "é" * 3000, "((" * 1000], ids=range(8))
def test_a_very_long_question_is_answered(bench: Bench, text: str) -> None:
    results = bench.ask(text, facets=("kind",), highlight=True)
    assert results.total <= len(DOCUMENTS)
    assert len(bench.understood(text).asked) <= 12
    assert isinstance(bench.proposed(text), list)


def test_a_repeated_word_is_one_word(bench: Bench) -> None:
    assert bench.found("bol " * 2000) == {"bowl"}


def test_markup_of_a_page_comes_back_as_text_and_the_marks_are_ours_alone(bench: Bench) -> None:
    hit = bench.marked("bijou", "html")
    assert hit.title == "<script>alert(1)</script> [bijou] <b>brut</b>"
    assert hit.snippet == "Un <img src=x onerror=alert(1)> & un [bijou]."


def test_markup_of_a_question_is_in_no_answer(bench: Bench) -> None:
    hit = bench.marked("<mark>bol</mark> gravé", "bowl")
    assert hit.title.replace("] [", " ") == "[Bol gravé]"
    assert "mark" not in hit.snippet


def test_marks_that_stand_in_a_page_are_taken_out(bench: Bench) -> None:
    for text in ("", "marqué"):
        hit = bench.marked(text, "marks")
        assert hit.title.count("[") == hit.title.count("]") == (1 if text else 0)
        assert "[faux]" not in hit.title + hit.snippet


def test_nul_in_a_page_parts_words(bench: Bench) -> None:
    assert bench.found("panier nul") == {"nul"}


def test_a_very_long_page_is_found_by_its_title(bench: Bench) -> None:
    assert bench.found("rouleau") == {"long"}
    assert len(bench.marked("rouleau", "long").snippet) <= 250


@pytest.mark.parametrize("value", ["'", "\\", '"', "a,b", "{}", "%s", "x\ny", "*", ".*", "🐇", "chene|frene"])
def test_any_value_of_a_filter_is_only_a_value(bench: Bench, value: str) -> None:
    results = bench.ask("bol", filters=Filters({"material": (value,)}), facets=("kind", "material"))
    assert (results.hits, results.total) == ((), 0)


@pytest.mark.parametrize(("low", "high"), [(5000, 1000), (-5, -1), (0, 0), (2_000_000_000, None), (None, 2_000_000_000)])
def test_any_price_is_answered(bench: Bench, low: int | None, high: int | None) -> None:
    assert bench.ask("bol", filters=Filters(price_from=low, price_to=high)).total == 0
