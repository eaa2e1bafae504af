"""Public pages: bounded queries however many items, keyset paging, filters by address, headers that protect."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lapinblanc import clock
from lapinblanc.demo.reference import create_reference

from shop.catalogue.freezing import freeze_vendor
from shop.catalogue.models import Product
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
MOST = {"/histoires/au-four/": 15, "/collections/bleus/": 15}


@pytest.fixture
def house(market: Market) -> Market:
    """A home page, a story and a collection about the market's listings."""
    from wagtail.models import Page, Site

    from editorial.models import CollectionIndexPage, CollectionPage, HomePage, StoryIndexPage, StoryPage

    create_reference()
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil"))
    Site.objects.filter(is_default_site=True).update(root_page=home, hostname="testserver", port=80)
    stories = home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))
    body = [
        ("text", "<p>Le four.</p>"),
        ("listing", {"listing": market.bowl, "note": "Le plus simple."}),
        ("rail", {"title": "Ses pièces", "intro": "", "listings": [market.bowl, market.mug], "category": "", "vendor": None}),
        ("vendor", {"vendor": market.ocre}),
    ]
    story = stories.add_child(instance=StoryPage(title="Au four", slug="au-four", intro="Un matin.", body=body))
    home.hero, home.body = story, [body[2]]
    home.save_revision().publish()
    collections = home.add_child(instance=CollectionIndexPage(title="Collections", slug="collections"))
    collections.add_child(instance=CollectionPage(title="Bleus", slug="bleus", intro="Dix pièces.", body=[body[1]]))
    return market


def queries(address: str, client: Client | None = None) -> int:
    client = client or Client()
    client.get(address)  # what is kept in the cache is fetched once
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("address", ["/", "/rayons/creations/", "/recherche/?q=gres+blanc", "/recherche/suggestions/?q=pi", "/boutiques/ocre/", "/boutiques/", "LISTING", "/histoires/au-four/", "/histoires/", "/collections/bleus/"])
def test_pages_cost_the_same_however_many_items(house: Market, address: str) -> None:
    address = house.bowl.get_absolute_url() if address == "LISTING" else address
    make.indexed()
    few = queries(address)
    for number in range(30):
        make.listing(house.ocre, f"Pièce {number} en grès", slug=f"piece-{number}")
        make.boutique(f"boutique-{number}")
    make.indexed()
    many = queries(address)
    assert few <= MOST.get(address, 12)
    assert many <= few + 1


def test_the_basket_costs_the_same_for_one_boutique_and_for_eight(house: Market) -> None:
    client = Client()
    client.post("/panier/ajouter/", {"listing": house.bowl.pk, "quantity": 1})
    one = queries("/panier/", client)
    for number in range(7):
        vendor = make.boutique(f"autre-{number}")
        client.post("/panier/ajouter/", {"listing": make.listing(vendor, f"Pot {number}").pk, "quantity": 1})
    assert queries("/panier/", client) <= one + 1


@pytest.mark.parametrize("first", ["/rayons/creations/", "/recherche/?q=piece", "/boutiques/ocre/"])
def test_paging_shows_everything_once(market: Market, first: str) -> None:
    for number in range(60):
        make.listing(market.ocre, f"Pièce {number}", slug=f"piece-{number}")
    make.indexed()
    seen: list[str] = []
    address, client = first, Client()
    for _page in range(5):
        main = client.get(address).content.decode().split("<main")[1]
        seen += [found for found in re.findall(r'product-card__title"><a href="([^"]+)"', main) if "piece-" in found]
        older = re.search(r'href="([^"]+)" rel="next"', main)
        if older is None:
            break
        address = first.split("?", maxsplit=1)[0] + "?" + older.group(1).replace("&amp;", "&").split("?")[1]
    assert len(seen) == len(set(seen)) == 60


def test_a_forged_key_starts_at_the_top(market: Market) -> None:
    assert Client().get("/boutiques/ocre/?apres=abc").status_code == 200


def test_filters_live_in_the_address_and_count_right(market: Market) -> None:
    make.listing(market.ocre, "Vase bleu", price=9000, colours=["bleu"], materials=["faïence"])
    make.listing(market.ocre, "Vase fait", price=9000, stock=None, colours=["bleu"])
    make.indexed()
    page = Client().get("/rayons/creations/?couleur=bleu&prix=50-100").content.decode()
    assert "Vase bleu" in page
    assert "Bol ocre" not in page.split("<footer")[0]
    assert "2 créations" in page
    assert 'name="robots" content="noindex' in page
    found = Client().get("/rayons/creations/?couleur=bleu").context["page"].facets
    facets = {facet.title: {option.label: option.count for option in facet.options} for facet in found}
    assert facets["Couleur"] == {"blanc": 2, "bleu": 2}
    assert facets["Matière"] == {"faïence": 1, "grès": 1}
    assert facets["Disponibilité"] == {"Prêt à partir": 1, "À la demande": 1}


def test_a_colour_and_a_material_in_the_question_are_offered_as_filters(market: Market) -> None:
    make.listing(market.ocre, "Vase d’hiver", slug="hiver", colours=["bleu"], materials=["faïence"], description="Ni grès ni blanc.")
    make.listing(market.ocre, "Vase bleu", slug="vase-bleu", colours=["vert"], materials=["grès"])
    make.indexed()
    page = Client().get("/recherche/?q=vase+bleue").context["page"]
    assert [(option.label, option.count) for option in page.recognised] == [("Couleur : bleu", 1)]
    assert page.recognised[0].url.endswith("q=vase+bleue&couleur=bleu")
    assert Client().get(page.recognised[0].url).context["page"].recognised == ()


def test_a_price_said_in_words_is_a_chip_that_can_be_taken_away(market: Market) -> None:
    make.listing(market.ocre, "Bol simple", slug="simple", price=2000)
    make.indexed()
    page = Client().get("/recherche/?q=bol+moins+de+30+euros").context["page"]
    assert [row.card.title for row in page.rows] == ["Bol simple"]
    (chip,) = page.chips
    assert chip.remove_url == "/recherche/?q=bol"
    assert Client().get(chip.remove_url).context["page"].total > page.total == 1


@pytest.mark.parametrize("nonsense", ["?prix=a-b", "?prix=1-2-3", "?couleur=%00x", "?matiere='; DROP", "?prix=99999999999999999999-1", "?page=0", "?page=99999", "?tri=x", "?genre=x", "?categorie=x", "?q=%00", "?prix_min=-3"])
def test_nonsense_in_the_address_breaks_nothing(market: Market, nonsense: str) -> None:
    for address in ("/rayons/creations/", "/recherche/"):
        assert Client().get(address + nonsense).status_code == 200


def test_pages_send_the_headers_that_protect(house: Market) -> None:
    for address in ("/", house.bowl.get_absolute_url(), "/panier/", "/compte/login/"):
        answer = Client().get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "'unsafe" not in policy
        assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
        text = answer.content.decode()
        assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", text)
        assert all("src=" in tag or "ld+json" in tag for tag in re.findall(r"<script[^>]*>", text))
        assert not re.search(r'(?:src|href)="https?://(?!127\.0\.0\.1)', text.replace("https://schema.org", ""))


def test_a_listing_tells_machines_what_it_is(market: Market) -> None:
    page = Client().get(market.bowl.get_absolute_url()).content.decode()
    facts = json.loads(re.search(r'ld\+json">(.*?)</script>', page).group(1))
    assert facts["offers"] == {"@type": "Offer", "price": "56.00", "priceCurrency": "EUR", "availability": "https://schema.org/InStock"}


def test_a_title_cannot_leave_its_place(market: Market) -> None:
    evil = make.listing(market.ocre, "</script><script>alert(1)</script>", slug="evil")
    text = Client().get(evil.get_absolute_url()).content.decode()
    assert "<script>alert" not in text


def test_prices_are_written_as_the_law_has_them(market: Market) -> None:
    dear = make.listing(market.ocre, "Service", price=123450)
    text = Client().get(dear.get_absolute_url()).content.decode()
    assert "1\u202f234,50\u00a0€" in text
    assert "1 113,50" not in text
    assert " HT" not in text


def test_english_is_complete_where_french_is(house: Market) -> None:
    text = Client().get("/en/panier/").content.decode()
    assert '<html lang="en">' in text
    assert "Just out of the workshops" in text


def test_sold_out_says_so_and_cannot_be_ordered(market: Market) -> None:
    last = make.listing(market.ocre, "Piece unique", stock=1)
    make.bought((last, 1))
    from shop.catalogue.freezing import freeze_listings

    freeze_listings([last.pk])
    page = Client().get(last.get_absolute_url()).content.decode()
    assert "Ajouter au panier" not in page
    assert "Vendu" in page


def test_a_boutique_on_leave_keeps_its_shelf_and_says_until_when(market: Market) -> None:
    market.ocre.leave_from = market.ocre.leave_to = clock.today()
    market.ocre.save()
    freeze_vendor(market.ocre)
    page = Client().get("/boutiques/ocre/").content.decode()
    assert "est en congé" in page
    assert "Bol ocre" in page
    answer = Client().post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": 1})
    assert answer.status_code == 422


def test_frozen_cards_follow_what_changes(market: Market) -> None:

    from shop.catalogue.editing import move_listing
    from shop.catalogue.whole.reading import read_whole
    from shop.catalogue.whole.writing import write_whole

    write_whole(product=market.bowl, whole=read_whole(market.bowl).but(price_cents=6150, title="Bol neuf"), by=None)
    found = Product.objects.get(pk=market.bowl.pk)
    assert (found.card["title"], found.price_cents) == ("Bol neuf", 6150)
    move_listing(product=found, state="paused")
    assert Product.objects.on_sale().filter(pk=found.pk).count() == 0
