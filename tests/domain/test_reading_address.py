"""Which page sold what, by the reading address alone: no cookie, no person, and never in the way of a purchase."""

from typing import Any

import pytest
from django.test import Client
from oscar.core.loading import get_model
from wagtail.models import Page

from shop.baskets.contents import add_listing, page_of, personalisation_of
from shop.baskets.pricing import quote_basket
from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import Product
from shop.checkout.placement import settle
from shop.order.models import Line
from shop.partner.models import StockRecord
from tests import factories as make
from tests.architecture.source import ROOT
from tests.factories import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(market: Market) -> Page:
    return Page.objects.get(depth=2)


def only_line() -> Any:
    return get_model("basket", "Line").objects.get()


def test_a_card_followed_in_a_page_is_remembered_up_to_the_order(market: Market, page: Page) -> None:
    client = Client()
    shown = client.get(f"{market.bowl.get_absolute_url()}?lu={page.pk}").content.decode()
    assert f'<input type="hidden" name="lu" value="{page.pk}">' in shown
    client.post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": 2, "lu": page.pk})
    filled = get_model("basket", "Basket").objects.get()
    assert [line.read_in for line in quote_basket(filled).lines()] == [page.pk]
    session = make.started(filled)
    assert session.snapshot["parcels"][0]["lines"][0]["read_in"] == page.pk
    make.pay(session)
    settle(payment=session.payment)
    assert Line.objects.get().read_in == page.pk


def test_the_address_leaves_nothing_in_the_browser_and_the_page_keeps_its_own_name(market: Market, page: Page) -> None:
    client = Client()
    plain = client.get(market.bowl.get_absolute_url())
    read = client.get(f"{market.bowl.get_absolute_url()}?lu={page.pk}")
    assert set(read.cookies) == set(plain.cookies)
    assert f'rel="canonical" href="http://127.0.0.1:8000{market.bowl.get_absolute_url()}"' in read.content.decode()
    assert "Disallow: /*?" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("said", ["", "abc", "-4", "0", "1.5", "99999999999999999999", "2147483648", "٣", "1 or 1", "<b>", "424242"])
def test_nonsense_and_unknown_pages_are_dropped_without_a_word(market: Market, said: str) -> None:
    assert Client().get(market.bowl.get_absolute_url(), {"lu": said}).status_code == 200
    assert Client().post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": 1, "lu": said}).status_code == 302
    assert page_of(only_line()) is None


def test_a_page_that_readers_cannot_open_is_not_kept(market: Market, page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(live=False)
    Client().post("/panier/ajouter/", {"listing": market.bowl.pk, "lu": page.pk})
    assert page_of(only_line()) is None


def test_the_page_is_no_part_of_what_a_line_is_and_the_last_one_counts(market: Market, page: Page) -> None:
    other = page.add_child(title="Autre", slug="autre")
    filled = make.basket()
    for number in (page.pk, other.pk, None):
        line = add_listing(basket=filled, product=market.bowl, quantity=1, personalisation={}, read_in=number)
    line.refresh_from_db()
    assert (filled.lines.count(), line.quantity, page_of(line)) == (1, 3, other.pk)


def test_a_personalisation_and_a_page_never_mix(market: Market, page: Page) -> None:
    make.field(market.bowl, "Prénom")
    filled = make.basket()
    lines = [
        add_listing(basket=filled, product=market.bowl, quantity=1, personalisation={"Prénom": name}, read_in=page.pk) for name in ("Zoé", "Léo")
    ]
    assert [(personalisation_of(line), page_of(line)) for line in lines] == [({"Prénom": "Zoé"}, page.pk), ({"Prénom": "Léo"}, page.pk)]
    without = add_listing(basket=filled, product=market.mug, quantity=1, personalisation={}, read_in=page.pk)
    assert personalisation_of(without) == {}


def test_the_page_survives_a_refused_personalisation(market: Market, page: Page) -> None:
    make.field(market.bowl, "Prénom")
    again = Client().post("/panier/ajouter/", {"listing": market.bowl.pk, "lu": page.pk})
    assert again.status_code == 422
    assert f'name="lu" value="{page.pk}"' in again.content.decode()


def test_a_variant_is_bought_from_the_page_too(market: Market, page: Page) -> None:
    whole = make.listing(market.ocre, "Theiere")
    StockRecord.objects.filter(product=whole).delete()
    Product.objects.filter(pk=whole.pk).update(structure=Product.PARENT)
    child = Product.objects.create(structure=Product.CHILD, parent=whole, title="Théière, grande", slug="grande", variant_values={"Taille": "grande"})
    StockRecord.objects.create(product=child, partner_id=market.ocre.partner_id, partner_sku="v", price=60, num_in_stock=3)
    freeze_listings([whole.pk])
    client = Client()
    assert 'name="lu"' in client.get(f"{whole.get_absolute_url()}?lu={page.pk}").content.decode()
    client.post("/panier/ajouter/", {"listing": child.pk, "lu": page.pk})
    assert page_of(only_line()) == page.pk


def test_an_old_name_of_a_listing_keeps_the_page(market: Market, page: Page) -> None:
    old = market.bowl.get_absolute_url().replace("bol-ocre", "ancien-nom")
    assert Client().get(f"{old}?lu={page.pk}").url == f"{market.bowl.get_absolute_url()}?lu={page.pk}"


def test_signing_in_keeps_the_page_named_last(market: Market, page: Page) -> None:
    other = page.add_child(title="Autre", slug="autre")
    hers = make.basket(owner=market.alice)
    add_listing(basket=hers, product=market.bowl, quantity=1, personalisation={}, read_in=page.pk)
    guest = Client()
    guest.post("/panier/ajouter/", {"listing": market.bowl.pk, "lu": other.pk})
    guest.post("/compte/login/", {"login": "alice@example.org", "password": make.PASSWORD})
    guest.get("/panier/")
    assert page_of(hers.lines.get()) == other.pk


def test_nobody_is_shown_where_a_buyer_read(market: Market) -> None:
    """A template that prints it, or a room that reads it beside a person, has to be argued for here."""
    told = {str(path.relative_to(ROOT)) for folder in ("themes", "shop", "site") for path in (ROOT / folder).rglob("*.*")
            if path.suffix in (".html", ".txt", ".py") and "migrations" not in path.parts and "read_in" in path.read_text(encoding="utf-8")}
    assert told == {
        "themes/base/templates/catalogue/_buy.html",
        "shop/baskets/contents.py", "shop/baskets/pricing.py", "shop/baskets/quote.py", "shop/baskets/views.py",
        "site/lapinblanc/demo/purchases.py",
        "shop/catalogue/views.py", "shop/checkout/snapshot.py", "shop/order/creation.py", "shop/order/models.py", "shop/order/reading.py",
    }
