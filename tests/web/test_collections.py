"""Collections by hand, by rule or both, with filters over their pieces; and every block drawn."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from editorial.blocks.streams import STORY_BLOCKS
from editorial.models import CollectionPage
from editorial.pages.collection import CollectionForm
from editorial.rules import NoRule, answers, tidied
from tests import editorial_house as house
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves(market: Market) -> Market:
    """Eight more pieces: four blue vases of 20 to 50 euros, four white plates made to order."""
    house.home()
    for number in range(4):
        make.listing(market.ocre, f"Vase {number}", slug=f"vase-{number}", price=2000 + 1000 * number, colours=["bleu"], materials=["faïence"])
        make.listing(market.sel, f"Assiette {number}", slug=f"assiette-{number}", price=6000, stock=None)
    make.indexed()
    return market


def titles(text: str) -> list[str]:
    return re.findall(r'product-card__title"><a href="[^"]+">([^<]+)</a>', text)


def get(page: Any, query: str = "") -> str:
    return Client().get(page.url + query).content.decode()


def test_picked_by_hand_first_in_order_then_what_answers_the_rule_without_doubles(shelves: Market) -> None:
    page = house.collection("Bleus", [house.piece(shelves.mug, "Pour le sel."), house.piece(shelves.bowl)], query="q=vase")
    found = titles(get(page))
    assert found[:2] == [shelves.mug.title, shelves.bowl.title]
    assert sorted(found[2:]) == [f"Vase {number}" for number in range(4)]
    both = house.collection("Vases", [house.piece(shelves.ocre.listings.get(slug="vase-2"))], query="q=vase")
    assert titles(get(both))[0] == "Vase 2"
    assert len(titles(get(both))) == 4


def test_a_rule_is_live_and_means_what_the_search_means(shelves: Market) -> None:
    page = house.collection("Bleus", [], query="couleur=bleu&prix=25-45")
    assert sorted(titles(get(page))) == ["Vase 1", "Vase 2"]
    make.listing(shelves.sel, "Cruche", price=3000, colours=["bleu"])
    make.indexed()
    cache.clear()
    assert "Cruche" in titles(get(page))


def test_no_more_than_asked_come_from_the_rule(shelves: Market) -> None:
    assert len(titles(get(house.collection("Peu", [], query="q=vase", most=2)))) == 2


def test_filters_count_share_their_address_and_keep_the_order(shelves: Market) -> None:
    page = house.collection("Tout", [house.piece(shelves.bowl)], query="q=vase")
    text = get(house.collection("Grand", [house.piece(shelves.bowl), house.piece(shelves.mug)], query="couleur=bleu"))
    assert "6 créations" in text
    assert re.search(r'couleur=bleu"[^>]*><span>bleu</span><span class="soft number">4</span>', text)
    narrowed = get(CollectionPage.objects.get(title="Grand"), "?couleur=bleu")
    assert sorted(titles(narrowed)) == [f"Vase {number}" for number in range(4)]
    assert "4 créations sur 6" in narrowed
    assert 'name="robots" content="noindex' in narrowed
    assert titles(get(CollectionPage.objects.get(title="Grand"), "?prix=100-")) == [shelves.mug.title]
    assert "Aucune pièce de cette collection" in get(CollectionPage.objects.get(title="Grand"), "?matiere=or")
    assert titles(get(page, "?prix=a-b&couleur=%00&page=9")) == titles(get(page))


def test_ten_and_sixty_pieces_cost_the_same(shelves: Market) -> None:
    page = house.collection("Tout", [house.piece(shelves.bowl)], query="boutique=ocre", most=100)
    counts = []
    for several in (8, 60):
        for number in range(several):
            make.listing(shelves.ocre, f"Pichet {several} {number}", slug=f"pichet-{several}-{number}")
        make.indexed()
        get(page)
        with CaptureQueriesContext(connection) as seen:
            get(page)
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 1 <= 16


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("q=bol&couleur=bleu", "q=bol&couleur=bleu"),
        ("https://exemple.fr/recherche/?couleur=bleu&q=bol&page=3", "q=bol&couleur=bleu"),
        ("/recherche/?q=bol&genre=story", "q=bol"),
        ("?prix=10-50", "prix=10-50"),
    ],
)
def test_a_pasted_address_becomes_its_shortest_form(market: Market, pasted: str, kept: str) -> None:
    assert tidied(pasted) == kept


def test_the_address_of_a_category_stands_for_its_category(market: Market) -> None:
    category = make.category()
    assert tidied(f"https://exemple.fr{reverse('catalogue:category', args=['creations', 'bols', category.pk])}?couleur=bleu") == f"categorie={category.pk}&couleur=bleu"


@pytest.mark.parametrize("nothing", ["", "bonjour", "?page=2", "https://exemple.fr/", "x=y", "\0"])
def test_what_asks_for_nothing_is_no_rule(market: Market, nothing: str) -> None:
    with pytest.raises(NoRule):
        tidied(nothing)


def test_the_editor_s_form_refuses_a_rule_that_asks_for_nothing_and_counts_what_answers(shelves: Market) -> None:
    dora = client_of(shelves.dora)
    page = house.collection("Bleus", [], query="q=vase")
    text = dora.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "4 créations répondent en ce moment." in text
    form_class = CollectionPage.get_edit_handler().get_form_class()
    assert issubclass(form_class, CollectionForm)
    form = form_class(data=nested_form_data({"query": "bonjour", "body": streamfield([])}), instance=page, for_user=shelves.dora)
    form.is_valid()
    assert "Cette adresse ne demande rien." in str(form.errors["query"])


def test_a_collection_is_a_row_in_another_page_and_a_draft_is_not(shelves: Market) -> None:
    public = house.collection("Bleus", [house.piece(shelves.mug)], query="q=vase")
    draft = house.collection("Secrète", [house.piece(shelves.bowl)], live=False)
    text = get(house.story("Au four", [("collection", {"collection": public, "pieces": True}), ("collection", {"collection": draft, "pieces": True})]))
    assert "Vase 1" in text
    assert shelves.mug.title in text
    assert "Secrète" not in text
    assert f'href="{public.url}"' in text


def test_a_row_by_rule_leads_to_its_search(shelves: Market) -> None:
    text = get(house.story("Au four", [house.row(search="q=vase&couleur=bleu")]))
    assert len([title for title in titles(text) if title.startswith("Vase")]) == 4
    assert "/recherche/?q=vase&amp;couleur=bleu" in text


def test_answers_are_asked_once_a_minute(shelves: Market) -> None:
    answers("q=vase", 24)
    with CaptureQueriesContext(connection) as seen:
        assert answers("q=vase", 24).total == 4
    assert len(seen) == 0


@pytest.mark.parametrize(("name", "block"), STORY_BLOCKS, ids=[name for name, _block in STORY_BLOCKS])
def test_each_block_is_drawn_in_the_chooser_without_anything_in_the_database(market: Market, name: str, block: Any) -> None:
    bound = CollectionPage._meta.get_field("body").stream_block.child_blocks[name]
    assert bound.is_previewable
    assert str(bound.label)
    assert bound.meta.group
    assert bound.get_description()
    answer = client_of(market.dora).get(reverse("wagtailadmin_block_preview"), {"id": bound.definition_prefix})
    assert answer.status_code == 200
    text = answer.content.decode()
    main = text.split("<main")[1].split("</main>")[0]
    assert len(re.sub(r"<div class=.wrap story.>|\s+", "", main)) > 40
    assert "css/components.css" in text or "components." in text


def test_a_page_with_every_block_keeps_the_rules_of_the_house(shelves: Market) -> None:
    """Bounded queries, a strict policy's markup, and no request to anybody else before a click."""
    public = house.collection("Bleus", [house.piece(shelves.mug)], query="q=vase")
    values = {name: block.get_preview_value() for name, block in CollectionPage._meta.get_field("body").stream_block.child_blocks.items()}
    values["listing"] = {"listing": shelves.bowl, "note": "Le plus simple."}
    values["rail"] = house.row(shelves.bowl, shelves.mug)[1]
    values["vendor"] = {"vendor": shelves.ocre}
    values["collection"] = {"collection": public, "pieces": True}
    values.pop("hotspots")
    page = house.story("Tout", list(values.items()))
    text = get(page)
    assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:|<iframe", text)
    assert not re.search(r'src="https?://', text)
    with CaptureQueriesContext(connection) as seen:
        get(page)
    assert len(seen) <= 15
