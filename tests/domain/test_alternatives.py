"""Never a hole: a creation that cannot be bought gives its place to the nearest one, said in words, in a bounded number of queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lapinblanc import clock

from editorial.blocks.streams import gather
from editorial.models import StoryPage
from shop.api import Nearness, alternatives
from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import Category, Product
from shop.partner.models import StockRecord
from tests import editorial_house as house
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def sell_out(product: Product) -> None:
    StockRecord.objects.filter(product=product).update(num_in_stock=0)
    freeze_listings([product.pk])


def shelf(name: str) -> Category:
    root = Category.objects.get(slug="creations", depth=1)
    return Category.objects.filter(slug=name.lower()).first() or root.add_child(name=name, slug=name.lower())


def placed(product: Product, category: Category) -> Product:
    product.categories.set([category])
    freeze_listings([product.pk])
    return product


@pytest.fixture
def stories(market: Market) -> Market:
    house.home()
    return market


def page_about(*listings: Product) -> str:
    """The page of a story with a card of each; pages keep what is chosen whatever becomes of it."""
    page = house.story(f"Histoire {StoryPage.objects.count()}", [house.piece(listing) for listing in listings])
    return Client().get(page.url).content.decode()


def test_sold_out_gives_its_place_to_the_same_boutique_and_says_so(stories: Market) -> None:
    plate = make.listing(stories.ocre, "Assiette ocre")
    sell_out(stories.bowl)
    text = page_about(stories.bowl)
    assert "Cette pièce a trouvé sa maison\u00a0; en voici une de la même boutique." in text
    assert plate.title in text
    assert stories.bowl.title not in text


def test_the_same_kind_comes_before_the_rest_of_the_boutique(stories: Market) -> None:
    older = make.listing(stories.ocre, "Autre bol")
    placed(make.listing(stories.ocre, "Vase récent", slug="vase-recent"), shelf("Vases"))
    sell_out(stories.bowl)
    assert alternatives([stories.bowl.pk])[stories.bowl.pk].card.id == older.pk


def test_a_boutique_with_nothing_else_leads_to_the_same_kind_elsewhere(stories: Market) -> None:
    sell_out(stories.bowl)
    found = alternatives([stories.bowl.pk])[stories.bowl.pk]
    assert (found.card.id, found.nearness, found.sold) == (stories.mug.pk, Nearness.KIND, True)
    assert "en voici une du même genre." in page_about(stories.bowl)


@pytest.mark.parametrize("what", ["paused", "removed", "suspended", "closed"])
def test_what_left_the_shelves_is_replaced_and_not_called_sold(stories: Market, what: str) -> None:
    make.listing(stories.ocre, "Assiette ocre")
    if what in ("paused", "removed"):
        Product.objects.filter(pk=stories.bowl.pk).update(state=what)
    else:
        type(stories.ocre).objects.filter(pk=stories.ocre.pk).update(state=what)
    text = page_about(stories.bowl)
    assert "Cette pièce n’est plus en vente" in text
    assert "a trouvé sa maison" not in text
    assert stories.bowl.title not in text
    expected = "Assiette ocre" if what in ("paused", "removed") else stories.mug.title
    assert expected in text


def test_a_deleted_listing_leaves_no_hole_in_the_markup(stories: Market) -> None:
    other = make.listing(stories.ocre, "Éphémère", slug="ephemere")
    page = house.story("Au four", [house.piece(other), ("text", "<p>Fin.</p>")])
    other.stockrecords.all().delete()
    other.delete()
    text = Client().get(page.url).content.decode()
    assert "inset--listing" not in text
    assert "Fin." in text


def test_sold_without_any_like_it_stays_and_says_sold(stories: Market) -> None:
    sell_out(stories.bowl)
    sell_out(stories.mug)
    text = page_about(stories.bowl)
    assert stories.bowl.title in text
    assert "Vendu" in text


def test_no_piece_is_proposed_twice_nor_one_that_is_shown_already(stories: Market) -> None:
    dead = [make.listing(stories.ocre, f"Vendu {number}", slug=f"vendu-{number}") for number in range(4)]
    left = make.listing(stories.ocre, "Dernière assiette", slug="assiette")
    for product in dead:
        sell_out(product)
    found = alternatives([product.pk for product in dead], shown=[stories.bowl.pk])
    cards = [found[product.pk].card.id for product in dead if product.pk in found]
    assert cards == [left.pk, stories.mug.pk]


def test_a_boutique_on_leave_is_not_proposed(stories: Market) -> None:
    type(stories.sel).objects.filter(pk=stories.sel.pk).update(leave_from=clock.today(), leave_to=clock.today())
    sell_out(stories.bowl)
    assert alternatives([stories.bowl.pk]) == {}


def test_drafts_are_neither_shown_nor_replaced(stories: Market) -> None:
    draft = make.listing(stories.ocre, "Secret", state="draft", published_at=None)
    assert alternatives([draft.pk]) == {}
    assert "Secret" not in page_about(draft)


def test_a_piece_with_several_variants_still_to_be_bought_is_left_alone(stories: Market) -> None:
    assert alternatives([stories.bowl.pk, stories.mug.pk]) == {}


def body_of(listings: list[Any]) -> Any:
    page = house.story(f"Histoire {StoryPage.objects.count()}", [house.piece(listing) for listing in listings])
    return StoryPage.objects.get(pk=page.pk).body


def test_two_and_thirty_dead_listings_cost_the_same(stories: Market) -> None:
    dead = []
    for number in range(30):
        vendor = make.boutique(f"atelier-{number}")
        dead.append(make.listing(vendor, f"Vendu {number}", slug=f"vendu-{number}"))
        make.listing(vendor, f"Libre {number}", slug=f"libre-{number}")
        sell_out(dead[-1])
    costs = []
    for several in (dead[:2], dead):
        body = body_of(several)
        gather(body)
        body = StoryPage.objects.order_by("-pk").first().body
        with CaptureQueriesContext(connection) as seen:
            found = gather(body)
        assert all("Libre" in found.listings[product.pk].title for product in several)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 4


def test_each_card_says_in_which_page_it_was_read(stories: Market) -> None:
    page = house.story("Au four", [house.piece(stories.bowl), house.row(stories.mug), house.row(category="bols")])
    text = Client().get(page.url).content.decode()
    assert text.count(f"{stories.bowl.get_absolute_url()}?lu={page.pk}\"") == 3
    assert f'{stories.mug.get_absolute_url()}?lu={page.pk}"' in text
    assert f'href="{stories.mug.get_absolute_url()}"' not in text


def points(text: str) -> tuple[int, int]:
    """How many points are drawn on a picture, and how many lines its list has."""
    return text.count("spots__point"), text.split("spots__list")[1].split("</ol>", maxsplit=1)[0].count("<li>")


def test_a_point_leads_to_the_piece_that_is_seen_and_its_stand_in_is_listed_alone(stories: Market) -> None:
    make.listing(stories.ocre, "Assiette ocre")
    spots = [{"listing": stories.bowl, "across": 25, "down": 50}, {"listing": stories.mug, "across": 75, "down": 50}]
    page = house.story("La table", [("hotspots", {"image": make.picture(size=(640, 480)), "points": spots, "caption": ""})])
    text = Client().get(page.url).content.decode()
    assert points(text) == (2, 2)
    assert 'cx="160" cy="240"' in text
    sell_out(stories.bowl)
    text = Client().get(page.url).content.decode()
    assert points(text) == (1, 2)
    assert "Assiette ocre" in text
    assert "a trouvé sa maison" in text


def test_pictures_of_a_body_cost_the_same_for_two_and_for_twelve(stories: Market) -> None:
    costs = []
    for several in (2, 12):
        rows = [{"image": make.picture(), "caption": ""} for _number in range(several)]
        page = house.story(f"Images {several}", [("gallery", {"title": "", "pictures": rows}), ("picture", {"image": rows[0]["image"], "caption": "", "alt": "", "credit": ""})])
        Client().get(page.url)
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(page.url).content.decode().count("<figure") >= several + 1
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 15
