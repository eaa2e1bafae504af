"""What a page of results may count on, on both engines: order, filters, facets, counts, paging, highlights, suggestions, writing."""

import time
from datetime import timedelta

import pytest
from lapinblanc import clock
from lapinblanc.search.engine import CHEAPEST, DEAREST, MARK_END, MARK_START, NEWEST, EngineUnavailable
from lapinblanc.search.engines import choice

from tests.contracts.search.shelf import FACETS, Shelf, doc

pytestmark = pytest.mark.django_db


def _bowl(number: int, colour: str, price: int, vendor: int) -> object:
    facets = {"colour": colour, "material": "grès", "category": ["1", "12"], "price": str(price // 2000)}
    return doc(f"bol-{number}", f"Bol {colour} numéro {number}", "Tourné au pied.", facets=facets, price_cents=price, vendor=vendor, age=number, quality=0.1)


DOCUMENTS = [
    *[_bowl(number, ("bleu", "vert", "rouge")[number % 3], 1000 + number * 500, 1 + number % 4) for number in range(1, 31)],
    doc("titre", "Photophore", "Une lueur.", price_cents=2000, facets={"colour": "doré", "category": ["1", "13"]}, vendor=5),
    doc("texte", "Lanterne", "Elle fait aussi photophore quand vient le soir, posée dans l’herbe du jardin.", vendor=6),
    doc("cher", "Vase de prestige", "Pièce de concours.", price_cents=90000, facets={"colour": "bleu", "material": "porcelaine", "category": ["1", "14"]}, vendor=7, quality=0.28),
    doc("modeste", "Vase de prestige", "Pièce de concours.", price_cents=4000, facets={"colour": "vert", "material": "porcelaine", "category": ["1", "14"]}, vendor=8, quality=0.02),
    doc("sans-prix", "Vase de prestige sur devis", "Pièce de concours.", facets={"category": ["1", "14"]}, vendor=9),
    doc("boutique-ocre", "L’Ocre bleue", "Faïences du Luberon.", kind="vendor"),
    doc("pot-ocre", "Pot ocre", "Un pot bleu profond, ocre clair au col.", facets={"colour": "bleu"}, price_cents=3000, vendor=10),
    doc("histoire-four", "La nuit du four", "Une histoire de flamme et de faïence.", kind="story", age=2),
    doc("collection-bleus", "Bleus d’hiver", "Dix faïences choisies.", kind="collection"),
    doc("nouvelle-vote", "Le vote de janvier", "La faïence aussi vote.", kind="news"),
    doc("campagne", "Un four pour Desvres", "La faïence a besoin de vous.", kind="campaign"),
    *[doc(f"monopole-{number}", f"Lampe de chevet {number}", "Abat-jour plissé.", vendor=20, price_cents=5000, quality=0.1) for number in range(6)],
    *[doc(f"autre-{number}", f"Lampe de chevet {number + 6}", "Abat-jour plissé.", vendor=30 + number, price_cents=5000, quality=0.1) for number in range(4)],
    doc("piege", f"Pichet {MARK_START}piégé{MARK_END} <b>gras</b>", "Un pichet <script>alert(1)</script> tranquille.", vendor=40),
    doc("long", "Grande jarre", "Terre. " * 300 + "Un secret sous la glaçure. " + "Terre. " * 300, vendor=41),
]


def test_a_title_beats_a_text(shelved: Shelf) -> None:
    assert shelved.found("photophore")[:2] == ["titre", "texte"]


def test_a_rare_word_beats_a_common_one(shelved: Shelf) -> None:
    assert shelved.listed("bol photophore")[0] == "titre"


def test_all_words_come_before_some(shelved: Shelf) -> None:
    results = shelved.ask("bol bleu photophore", limit=50)
    assert not results.exact or not results.hits[0].near
    exact = shelved.ask("vase bleu", limit=50)
    flags = [hit.near for hit in exact.hits]
    assert flags == sorted(flags)


def test_near_results_are_flagged_and_not_counted(shelved: Shelf) -> None:
    results = shelved.ask("lanterne soir lueur", limit=50)
    assert results.exact is False
    two = shelved.ask("photophore jardin", limit=50)
    assert two.total == 1
    assert [shelved.slugs[hit.kind, hit.key] for hit in two.hits if not hit.near] == ["texte"]
    assert "titre" in [shelved.slugs[hit.kind, hit.key] for hit in two.hits if hit.near]


def test_a_boutiques_name_finds_the_boutique_first(shelved: Shelf) -> None:
    for typed in ("l'ocre bleue", "ocre bleue", "L’OCRE BLEUE", "locre bleue"):
        assert shelved.listed(typed)[0] == "boutique-ocre", typed


def test_quality_parts_what_words_leave_equal(shelved: Shelf) -> None:
    found = shelved.found("vase prestige")
    assert found.index("cher") < found.index("modeste")


def test_a_price_moves_nothing_up(shelved: Shelf) -> None:
    """The dear one leads by its quality alone: written again with none, it follows."""
    from dataclasses import replace

    shelved.put([replace(d, quality=0.0) for d in DOCUMENTS if d.slug == "cher"])
    found = shelved.found("vase prestige")
    assert found.index("modeste") < found.index("cher")
    shelved.put([d for d in DOCUMENTS if d.slug == "cher"])


def test_quality_lifts_nothing_without_the_words(shelved: Shelf) -> None:
    assert "cher" not in shelved.found("photophore")


def test_every_kind_stands_on_one_list(shelved: Shelf) -> None:
    assert {hit.kind for hit in shelved.ask("faïence", limit=50).hits} >= {"vendor", "story", "collection", "news", "campaign"}


def test_a_word_that_names_a_kind_brings_it_up(shelved: Shelf) -> None:
    assert shelved.listed("histoire faïence")[0] == "histoire-four"
    assert shelved.listed("boutique faïence")[0] == "boutique-ocre"


def test_one_boutique_does_not_fill_the_list(shelved: Shelf) -> None:
    first = shelved.found("lampe de chevet")[:5]
    assert sum(slug.startswith("monopole") for slug in first) < 5
    assert len(shelved.found("lampe de chevet")) == 10


def test_price_words_are_read(shelved: Shelf) -> None:
    from lapinblanc.search.analysis.synonyms import thesaurus
    from lapinblanc.search.analysis.understanding import understand

    def read(text: str) -> tuple[list[str], int | None, int | None]:
        asked = understand(text, "fr", lexicon=shelved.vocabulary, thesaurus=thesaurus("fr"))
        return [term.text for term in asked.asked], asked.price_from, asked.price_to

    assert read("bol moins de 30 euros") == (["bol"], None, 3000)
    assert read("bol à moins de 30 €") == (["bol"], None, 3000)
    assert read("bol entre 20 et 40 €") == (["bol"], 2000, 4000)
    assert read("bol plus de 50 euros") == (["bol"], 5000, None)
    assert read("bol pas cher") == (["bol"], None, None)
    assert read("bol 30 cm") == (["bol", "30cm"], None, None)


# --- filters and counts


def test_one_facet_narrows(shelved: Shelf) -> None:
    found = shelved.found("bol", values={"colour": "bleu"})
    assert len(found) == 10
    assert all(int(slug.split("-")[1]) % 3 == 0 for slug in found)


def test_two_values_of_a_facet_are_either(shelved: Shelf) -> None:
    assert len(shelved.found("bol", values={"colour": ("bleu", "vert")})) == 20


def test_two_facets_are_both(shelved: Shelf) -> None:
    assert shelved.found("", values={"colour": "bleu", "material": "porcelaine"}) == ["cher"]


def test_prices_narrow_on_either_side_ends_included(shelved: Shelf) -> None:
    assert len(shelved.found("bol", price_to=2000)) == 2
    assert len(shelved.found("bol", price_from=15500)) == 2
    assert len(shelved.found("bol", price_from=2000, price_to=2500)) == 2
    assert shelved.found("vase prestige", price_to=100000) == ["cher", "modeste"]


def test_newer_than_narrows(shelved: Shelf) -> None:
    assert len(shelved.found("bol", published_after=clock.now() - timedelta(days=5.5))) == 5


def test_a_kind_narrows(shelved: Shelf) -> None:
    assert shelved.found("faïence", values={"kind": "news"}) == ["nouvelle-vote"]


def test_an_unknown_value_leaves_nothing(shelved: Shelf) -> None:
    results = shelved.ask("bol", values={"colour": "ultraviolet"}, facets=FACETS)
    assert (results.total, [hit for hit in results.hits if not hit.near] if results.exact else []) == (0, [])


def test_facets_count_the_whole_result(shelved: Shelf) -> None:
    results = shelved.ask("bol", facets=FACETS, limit=5)
    assert results.facets["colour"] == {"bleu": 10, "vert": 10, "rouge": 10}
    assert results.facets["kind"] == {"listing": 30}
    assert sum(results.facets["price"].values()) == 30
    assert results.total == 30


def test_a_facet_does_not_filter_itself_and_the_others_do(shelved: Shelf) -> None:
    results = shelved.ask("bol", facets=FACETS, values={"colour": "bleu", "vendor": "1"})
    assert results.facets["colour"] == {"bleu": 2, "rouge": 2, "vert": 3}
    assert results.facets["vendor"] == {"1": 2, "2": 2, "3": 3, "4": 3}
    assert results.facets["material"] == {"grès": 2}
    assert results.total == 2


def test_a_price_does_not_filter_its_own_histogram(shelved: Shelf) -> None:
    free, narrowed = shelved.ask("bol", facets=FACETS), shelved.ask("bol", facets=FACETS, price_to=4000)
    assert free.facets["price"] == narrowed.facets["price"]
    assert sum(narrowed.facets["colour"].values()) == narrowed.total == 6


def test_a_kind_does_not_filter_the_tabs(shelved: Shelf) -> None:
    free, narrowed = shelved.ask("faïence", facets=FACETS), shelved.ask("faïence", facets=FACETS, values={"kind": "story"})
    assert free.facets["kind"] == narrowed.facets["kind"]
    assert narrowed.total == 1


def test_facets_are_counted_with_no_words(shelved: Shelf) -> None:
    results = shelved.ask("", facets=FACETS, values={"category": "12"})
    assert results.total == 30
    assert results.facets["category"]["14"] == 3


# --- order and paging


def test_newest_first(shelved: Shelf) -> None:
    assert shelved.found("bol", sort=NEWEST)[:3] == ["bol-1", "bol-2", "bol-3"]


def test_cheapest_and_dearest_leave_out_what_has_no_price(shelved: Shelf) -> None:
    assert shelved.found("vase prestige", sort=CHEAPEST) == ["modeste", "cher"]
    assert shelved.found("vase prestige", sort=DEAREST) == ["cher", "modeste"]


@pytest.mark.parametrize("query", [{}, {"sort": NEWEST}, {"sort": CHEAPEST}, {"values": {"colour": ("bleu", "vert", "rouge")}}], ids=["best", "newest", "cheapest", "filtered"])
def test_pages_show_everything_once(shelved: Shelf, query: dict[str, object]) -> None:
    pages = [shelved.ask("bol", offset=offset, limit=7, **query) for offset in range(0, 35, 7)]
    seen = [hit.key for page in pages for hit in page.hits if not hit.near]
    assert len(seen) == len(set(seen)) == pages[0].total == 30
    assert [hit.key for hit in shelved.ask("bol", limit=30, **query).hits] == seen


def test_no_words_list_everything(shelved: Shelf) -> None:
    assert shelved.ask("", limit=100).total == len(shelved.slugs) == shelved.engine.count()


def test_scores_fall_along_the_list(shelved: Shelf) -> None:
    for text in ("bol bleu", "lampe de chevet", "faïence"):
        scores = [hit.score for hit in shelved.ask(text, limit=100).hits if not hit.near]
        assert scores == sorted(scores, reverse=True)


# --- highlights


def test_what_was_found_is_marked_in_title_and_passage(shelved: Shelf) -> None:
    first = shelved.ask("photophore", highlight=True).hits
    texts = {shelved.slugs[hit.kind, hit.key]: hit for hit in first}
    assert texts["titre"].title == f"{MARK_START}Photophore{MARK_END}"
    assert f"{MARK_START}photophore{MARK_END}" in texts["texte"].snippet


def test_the_passage_is_taken_from_where_the_word_stands(shelved: Shelf) -> None:
    (hit,) = [hit for hit in shelved.ask("secret glaçure", highlight=True).hits if not hit.near]
    assert f"{MARK_START}secret{MARK_END}" in hit.snippet
    assert len(hit.snippet) < 400


def test_other_forms_are_marked_whole(shelved: Shelf) -> None:
    hit = shelved.ask("lanternes", highlight=True).hits[0]
    assert hit.title == f"{MARK_START}Lanterne{MARK_END}"


def test_marks_of_the_text_itself_are_no_marks(shelved: Shelf) -> None:
    from lapinblanc.search.templatetags.marks import marks

    hit = next(hit for hit in shelved.ask("pichet", highlight=True).hits if shelved.slugs[hit.kind, hit.key] == "piege")
    assert f"{MARK_START}piégé" not in hit.title
    assert hit.title.count(MARK_START) == hit.title.count(MARK_END) == 1
    assert "<b>" not in marks(hit.title)
    assert "<script>" not in marks(hit.snippet)


# --- suggestions


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("ph", "titre"), ("Photo", "titre"), ("lan", "texte"), ("la", "texte"), ("nuit du", "histoire-four"), ("l'oc", "boutique-ocre"), ("nuit du fo", "histoire-four"), ("bol rou", "bol-2"), ("jar", "long"), ("bleus d’hiv", "collection-bleus")],
)
def test_a_beginning_proposes_titles(shelved: Shelf, typed: str, wanted: str) -> None:
    assert wanted in shelved.suggested(typed, limit=12)


def test_suggestions_keep_to_their_kinds_and_number(shelved: Shelf) -> None:
    assert shelved.suggested("l'oc", kinds=("story",)) == []
    assert len(shelved.suggested("bol", limit=3)) == 3
    assert shelved.suggested("qzx") == []
    assert shelved.suggested("") == []


# --- writing


def test_what_is_written_is_found_at_once_replaced_and_removed(shelved: Shelf) -> None:
    before = shelved.engine.count()
    shelved.put([doc("neuf", "Zibeline sculptée", "Toute neuve.")])
    shelved.put([doc("neuf", "Zibeline sculptée", "Toute neuve.")])
    assert shelved.found("zibeline") == ["neuf"]
    assert shelved.engine.count() == before + 1
    shelved.put([doc("neuf", "Marmotte sculptée", "Toute neuve.")])
    assert shelved.found("zibeline") == []
    assert shelved.found("marmotte") == ["neuf"]
    shelved.engine.remove([shelved.key("neuf"), ("listing", 999_999)])
    assert shelved.found("marmotte") == []
    assert shelved.engine.count() == before
    del shelved.slugs[shelved.key("neuf")]


def test_a_generation_is_seen_when_it_is_whole_and_changes_after_its_copy_count(shelved: Shelf) -> None:
    generation = shelved.engine.begin()
    keyed = shelved.keyed(DOCUMENTS)
    generation.add(keyed)
    generation.add(shelved.keyed([doc("apres", "Hermine brodée")]))
    generation.remove([shelved.key("apres")])
    generation.add(shelved.keyed([doc("ensuite", "Hermine tissée")]))
    assert shelved.found("hermine", correct=False) == []
    assert shelved.engine.count() == len(DOCUMENTS)
    generation.swap()
    assert shelved.engine.count() == len(DOCUMENTS) + 1
    assert shelved.found("hermine", correct=False) == ["ensuite"]
    shelved.engine.remove([shelved.key("ensuite")])
    for slug in ("apres", "ensuite"):
        del shelved.slugs[shelved.key(slug)]


def test_a_generation_given_up_leaves_the_index_as_it_was(shelved: Shelf) -> None:
    generation = shelved.engine.begin()
    generation.add(shelved.keyed(DOCUMENTS[:3]))
    generation.drop()
    assert shelved.engine.count() == len(DOCUMENTS)
    assert len(shelved.found("bol")) == 30


def test_a_dead_server_is_told_quickly_by_the_ports_own_error(settings: object) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    began = time.monotonic()
    with pytest.raises(EngineUnavailable):
        choice.make("elasticsearch", read_seconds=0.3).suggest("bol", limit=3)
    assert time.monotonic() - began < 2
