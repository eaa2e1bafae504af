"""The boutique's unique numbers: asked by what it sells, kept when they are right, shown to buyers, and needed to publish (LAW G2)."""

import pytest
from django.test import Client
from django.urls import reverse

from shop.catalogue.editing import NotReady, move_listing
from shop.catalogue.models import Product, ProductImage
from shop.vendors.models import Vendor
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db
PAGE = "/atelier/boutique/eco-organismes/"


def bare(market: Market) -> Vendor:
    Vendor.objects.filter(pk=market.ocre.pk).update(idu={})
    market.ocre.refresh_from_db()
    return market.ocre


def test_nothing_is_published_without_the_numbers_that_its_kind_asks_for(market: Market) -> None:
    vendor = bare(market)
    ProductImage.objects.create(product=market.bowl, original="x.webp", alt="Un bol", width=10, height=10)
    move_listing(product=market.bowl, state="paused")
    with pytest.raises(NotReady) as why:
        move_listing(product=market.bowl, state="published")
    assert [sentence for sentence in why.value.missing if "IDU" in sentence]
    assert Product.objects.get(pk=market.bowl.pk).state == "paused"
    client_of(market.basile).post(PAGE, {"emballages": "fr123456-01abcd"})
    vendor.refresh_from_db()
    assert vendor.idu == {"emballages": "FR123456_01ABCD"}
    assert move_listing(product=Product.objects.get(pk=market.bowl.pk), state="published") in ("published", "in_review")
    assert "FR123456_01ABCD" in Client().get(vendor.get_absolute_url()).content.decode()


def test_what_her_creations_ask_for_comes_first_and_a_wrong_number_stays_as_typed(market: Market) -> None:
    bare(market)
    basile = client_of(market.basile)
    shown = basile.get(PAGE).content.decode()
    assert shown.index('name="emballages"') < shown.index("<details") < shown.index('name="jouets"')
    answer = basile.post(PAGE, {"emballages": "FR12", "jouets": "FR123456_12ABCD"})
    assert answer.status_code == 422
    assert 'value="FR12"' in answer.content.decode()
    assert "FR123456_01ABCD" in answer.content.decode()
    assert Vendor.objects.get(pk=market.ocre.pk).idu == {}


def test_counting_costs_the_same_for_ten_creations(market: Market, django_assert_max_num_queries: object) -> None:
    basile = client_of(market.basile)
    basile.get(PAGE)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        basile.get(PAGE)
    for number in range(10):
        make.listing(market.ocre, f"Vase {number}")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert "11 créations" in basile.get(PAGE).content.decode()


def test_a_helper_and_a_private_person(market: Market) -> None:
    Vendor.objects.filter(pk=market.ocre.pk).update(legal_status="private", siret="", mediator="", vat_regime="private")
    shown = client_of(market.basile).get(PAGE).content.decode()
    assert "emballages" not in shown
    assert client_of(market.alice).post(PAGE, {"emballages": "FR123456_01ABCD"}).status_code in (302, 403, 404)
    assert Client().get(reverse("workshop:branches")).status_code == 302
