"""Prices by weight, from the boutique's form to what a buyer pays; a basket that no way takes is said, and never charged."""

import pytest
from django.test import Client
from lapinblanc.money import Money

from shop.baskets.pricing import quote_basket
from shop.catalogue.models import Product
from shop.checkout.exceptions import BasketHasProblems
from shop.order.models import Order
from shop.shipping.models import ShippingOption
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db
HOME = "/atelier/boutique/livraison/"
TYPED = {"label": "Colissimo", "kind": "home", "base": "6,90", "extra": "1,50", "free_from": "", "min_days": "2", "max_days": "4", "zones": ["metropole"]}


@pytest.fixture
def by_weight(market: Market) -> ShippingOption:
    """The bowl weighs 400 g; the one way goes up to 1 kg."""
    Product.objects.filter(pk=market.bowl.pk).update(weight_g=400)
    market.bowl.refresh_from_db()
    ShippingOption.objects.filter(vendor=market.ocre, code="relais").update(is_active=False)
    option = ShippingOption.objects.get(vendor=market.ocre, code="suivi")
    client_of(market.basile).post(f"{HOME}{option.pk}/", TYPED | {"steps": "500 g : 5,20\n1 kg : 7,80"})
    option.refresh_from_db()
    return option


def test_steps_are_typed_kept_and_shown(market: Market, by_weight: ShippingOption) -> None:
    assert by_weight.weight_steps == [[500, 520], [1000, 780]]
    basile = client_of(market.basile)
    assert "500 g : 5,20\n1 kg : 7,80" in basile.get(f"{HOME}{by_weight.pk}/").content.decode()
    wrong = basile.post(f"{HOME}{by_weight.pk}/", TYPED | {"steps": "500 g : six"})
    assert wrong.status_code == 422
    assert "500 g : six" in wrong.content.decode()
    assert "500 g : 6,70" in wrong.content.decode()
    assert "5,20" in Client().get(market.bowl.get_absolute_url()).content.decode()
    assert "selon le poids" in Client().get(market.ocre.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("pieces", "cents"), [(1, 520), (2, 780)])
def test_a_parcel_costs_what_it_weighs_and_that_is_charged(market: Market, by_weight: ShippingOption, pieces: int, cents: int) -> None:
    filled = make.basket((market.bowl, pieces))
    assert quote_basket(filled).parcels[0].shipping == Money(cents)
    make.pay(session := make.started(filled))
    make.settle(payment=session.payment)
    assert Order.objects.get().shipping_cents == cents


def test_a_piece_without_weight_makes_all_be_counted(market: Market, by_weight: ShippingOption) -> None:
    other = make.listing(market.ocre, "Vase")
    assert quote_basket(make.basket((market.bowl, 1), (other, 1))).parcels[0].shipping == Money(840)


def test_what_is_too_heavy_is_said_and_not_charged(market: Market, by_weight: ShippingOption) -> None:
    filled = make.basket((market.bowl, 3))
    (sentence,) = quote_basket(filled).problems
    assert "trop lourdes" in sentence
    with pytest.raises(BasketHasProblems):
        make.started(filled, shown_total=Money(16800))
    ShippingOption.objects.create(vendor=market.ocre, code="main", label="À l’atelier", kind="hand", base_cents=0)
    assert quote_basket(filled).parcels[0].chosen.code == "main"  # type: ignore[union-attr]
    assert not quote_basket(filled).problems


def test_a_boutique_that_sends_no_more_is_said_on_the_basket(market: Market) -> None:
    client = Client()
    client.post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": 1})
    ShippingOption.objects.filter(vendor=market.ocre).update(is_active=False)
    assert "ne peut pas envoyer" in client.get("/panier/").content.decode()
    assert client.get("/commande/").status_code == 302
