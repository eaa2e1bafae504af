"""The order of the answers: what moves a page up, and what never does."""

from datetime import timedelta

import pytest
from lapinblanc import clock
from lapinblanc.search.document import CAMPAIGN, COLLECTION, GUIDE, KINDS, NEWS, PAGE, STORY
from lapinblanc.search.engine import Filters

from tests.contracts.search_bench import Bench, boutique, corpus, page

LONG = "Elle se pose près du lit ou dans une entrée, se lave à l’eau tiède et se range à plat. " * 4
OLD, NEW = clock.now() - timedelta(days=900), clock.now() - timedelta(days=1)
DOCUMENTS = corpus(
    page("tortue_title", "Tortue articulée", "Montée à la main."),
    page("tortue_keywords", "Mobile suspendu", "Trois pièces.", keywords="tortue"),
    page("tortue_body", "Coffret de naissance", LONG + "On y glisse une tortue. " + LONG),
    *(page(f"vannerie{number}", f"Vannerie numéro {number}", "Tressée serré.") for number in range(12)),
    page("vannerie_ortie", "Vannerie d’ortie", "Fibres longues."),
    page("ortie", "Corde d’ortie", "Fibres longues."),
    page("both", "Marelle peinte ardoise", "Pour la cour."),
    page("first", "Marelle vernie", "Pour la cour."),
    page("second", "Ardoise nue", "Pour l’école.", quality=0.25),
    boutique("shop", "Atelier Pivoine", "Bijoux et papiers."),
    page("pivoine", "Carte pivoine", "Une pivoine de l’atelier, pivoine encore.", quality=0.25),
    page("pivoines", "Atelier de pivoine en tissu : le grand coffret", "Pivoine.", quality=0.2),
    page("good", "Toupie laquée", "Tourne longtemps.", quality=0.25, price_cents=1000),
    page("plain", "Toupie laquée", "Tourne longtemps.", quality=0.02, price_cents=99000),
    page("best_of_all", "Carafe soufflée", "Verre épais.", quality=0.29, published_at=NEW),
    page("old", "Cerceau poncé", "Rond.", published_at=OLD), page("new", "Cerceau poncé", "Rond.", published_at=NEW),
    page("dateless", "Hochet poli", "Rond."), page("dated", "Hochet poli", "Rond.", published_at=NEW),
    page("tied_a", "Sifflet tourné", "Chante."), page("tied_b", "Sifflet tourné", "Chante."), page("tied_c", "Sifflet tourné", "Chante."),
    *(page(f"same{number}", "Kimono indigo", "Coupe droite.", vendor=7, quality=0.05) for number in range(8)),
    *(page(f"other{number}", "Kimono indigo", "Coupe droite.", vendor=20 + number, quality=0.04) for number in range(3)),
    page("faience", "Lustre de faïence", "Emaux."), boutique("faience_shop", "Faïence du Quai", "Carreaux."),
    page("faience_story", "La faïence d’une vie", "Un récit.", kind=STORY), page("faience_collection", "Faïence d’hiver", kind=COLLECTION),
    page("faience_campaign", "Un four pour la faïence", kind=CAMPAIGN), page("faience_news", "La faïence votée", kind=NEWS),
    page("faience_guide", "Bien choisir une faïence", kind=GUIDE), page("faience_text", "Soins de la faïence", kind=PAGE),
    page("side", "Nuage coton ciel", "Doux."), page("apart", "Nuage peint sur toile et ciel", "Doux."),
)


def test_a_title_beats_a_facet_and_a_facet_beats_a_text(bench: Bench) -> None:
    assert bench.order("tortue") == ["tortue_title", "tortue_keywords", "tortue_body"]


def test_a_rare_word_beats_a_common_one_among_near_results(bench: Bench) -> None:
    order = bench.order("vannerie ortie")
    assert order[:2] == ["vannerie_ortie", "ortie"]
    assert set(order[2:]) == {f"vannerie{number}" for number in range(12)}


def test_all_words_beat_some(bench: Bench) -> None:
    assert bench.order("marelle ardoise")[0] == "both"
    assert bench.order("ardoise marelle")[0] == "both"


def test_near_results_come_after_the_exact_ones_and_are_flagged(bench: Bench) -> None:
    results = bench.ask("marelle ardoise")
    assert [hit.near for hit in results.hits] == [False, True, True]
    assert set(bench.named(results.hits[1:])) == {"first", "second"}
    assert (results.exact, results.total) == (True, 1)


def test_without_any_exact_result_the_near_ones_are_the_results(bench: Bench) -> None:
    results = bench.ask("tortue carafe")
    assert results.exact is False
    assert set(bench.named(results.hits)) == {"tortue_title", "tortue_keywords", "tortue_body", "best_of_all"}
    assert [hit.near for hit in results.hits] == [False] * 4
    assert results.total == 4


@pytest.mark.parametrize("text", ["Atelier Pivoine", "atelier pivoine", "ATELIER PIVOINE", "l’atelier pivoine", "pivoine atelier", "atelier pivoines"])
def test_the_exact_name_of_a_boutique_brings_it_first(bench: Bench, text: str) -> None:
    assert bench.order(text)[0] == "shop"


def test_quality_parts_what_words_leave_equal(bench: Bench) -> None:
    assert bench.order("toupie laquée") == ["good", "plain"]


def test_quality_never_lifts_a_page_without_the_words(bench: Bench) -> None:
    assert "best_of_all" not in bench.order("toupie laquée")
    assert bench.order("marelle")[0] in {"first", "both"}


def test_newness_parts_what_words_leave_equal(bench: Bench) -> None:
    assert bench.order("cerceau") == ["new", "old"]


def test_a_page_without_a_date_is_not_taken_for_a_new_one(bench: Bench) -> None:
    assert bench.order("hochet") == ["dated", "dateless"]
    reasons = {bench.slugs[hit.kind, hit.key]: dict(hit.reasons) for hit in bench.ask("hochet").hits}
    assert reasons["dated"]["words"] == pytest.approx(reasons["dateless"]["words"], rel=0.001)


def test_equal_pages_keep_one_order(bench: Bench) -> None:
    assert bench.order("sifflet") == bench.order("sifflet") == ["tied_a", "tied_b", "tied_c"]


def test_one_boutique_does_not_hold_the_first_places(bench: Bench) -> None:
    order = bench.order("kimono indigo")
    assert len(order) == 11
    assert {"other0", "other1", "other2"} <= set(order[:5])
    assert order[0] == "same0"


def test_every_kind_stands_in_one_list(bench: Bench) -> None:
    assert {hit.kind for hit in bench.ask("faïence").hits} == set(KINDS)
    assert bench.found("faïence") == {"faience", "faience_shop", "faience_story", "faience_collection", "faience_campaign", "faience_news", "faience_guide", "faience_text"}


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("histoire faïence", STORY, "faience_story"), ("portrait de la faïence", STORY, "faience_story"), ("boutique faïence", "vendor", "faience_shop"),
        ("créatrice faïence", "vendor", "faience_shop"), ("sélection faïence", COLLECTION, "faience_collection"), ("actualité faïence", NEWS, "faience_news"),
    ],
)
def test_a_word_for_a_kind_of_page_brings_that_kind_first(bench: Bench, text: str, kind: str, first: str) -> None:
    assert bench.understood(text).kind == kind
    assert bench.order(text)[0] == first


def test_a_word_for_a_kind_of_page_restricts_nothing(bench: Bench) -> None:
    assert bench.found("histoire faïence") == bench.found("faïence")


def test_words_side_by_side_beat_words_apart(bench: Bench) -> None:
    assert bench.order("nuage coton ciel")[0] == "side"
    assert bench.order("toile ciel nuage")[0] == "apart"


def test_scores_fall_along_the_exact_results(bench: Bench) -> None:
    for text in ("faïence", "kimono indigo", "tortue", "vannerie"):
        scores = [hit.score for hit in bench.ask(text).hits if not hit.near]
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] > 0


def test_each_hit_tells_why_it_stands_there(bench: Bench) -> None:
    reasons = dict(bench.ask("tortue").hits[0].reasons)
    assert set(reasons) == {"words", "title", "exact", "head", "kind", "quality", "freshness"}
    assert reasons["words"] == 1.0
    assert reasons["title"] > 0
    assert reasons["quality"] == 0


def test_a_price_moves_nothing(bench: Bench) -> None:
    assert bench.order("toupie", filters=Filters(price_from=1)) == ["good", "plain"]
