"""Buying over HTTP, well and badly: what a person sees when something is wrong, and that nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client

from shop.checkout.models import CheckoutSession
from shop.order.models import Purchase
from shop.partner.models import StockRecord
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
BUYER = {"email": "claire@example.org", "name": "Claire Martin", "street": "3 rue du Port", "postcode": "22690", "town": "Pleudihen-sur-Rance", "phone": ""}


def hidden(page: bytes) -> dict[str, str]:
    text = page.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', text).group(1) for name in ("key", "shown_total")}


def with_basket(market: Market) -> Client:
    client = Client()
    for product in (market.bowl, market.mug):
        assert client.post("/panier/ajouter/", {"listing": product.pk, "quantity": 1}).status_code == 302
    return client


def test_a_guest_buys_from_two_boutiques_on_one_page(market: Market) -> None:
    client = with_basket(market)
    page = client.get("/commande/")
    text = page.content.decode()
    assert text.count("Commande avec obligation de paiement") == 1
    assert "189,80\u00a0€" in text
    visible = re.findall(r'<(?:input|textarea|select)[^>]*name="(?!key|shown|csrf|language|next|shipping|note)(\w+)"', text.split("<main")[1].split("<footer")[0])
    assert len(visible) <= 8
    answer = client.post("/commande/", {**BUYER, **hidden(page.content), "action": "order"})
    assert answer.status_code == 302
    assert "/bac-a-sable/" in answer.url
    pay = answer.url.removeprefix("http://127.0.0.1:8000")
    assert client.post(pay, {"number": "4000 0000 0000 0002"}).status_code == 402
    paid = client.post(pay, {"number": "4242 4242 4242 4242"})
    done = client.get(paid.url.removeprefix("http://127.0.0.1:8000"), follow=True)
    purchase = Purchase.objects.get()
    assert done.redirect_chain[-1][0] == purchase.get_absolute_url()
    assert [order.vendor.slug for order in purchase.orders.order_by("position")] == ["ocre", "sel"]
    assert client.get("/panier/").context["quote"].is_empty
    again = client.post("/commande/", {**BUYER, **hidden(page.content), "action": "order"})
    assert again.status_code == 302
    assert Purchase.objects.count() == 1


@pytest.mark.parametrize(("field", "value", "message"), [
    ("postcode", "99999", "cinq chiffres"), ("postcode", "abc", "cinq chiffres"), ("email", "claire", "valide"),
    ("name", "", "requis"), ("phone", "12", "06 12 34 56 78"),
])
def test_a_mistake_comes_back_with_everything_typed(market: Market, field: str, value: str, message: str) -> None:
    client = with_basket(market)
    page = client.get("/commande/")
    answer = client.post("/commande/", {**BUYER, **hidden(page.content), field: value, "action": "order"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert message in text
    assert 'role="alert"' in text
    for other, typed in BUYER.items():
        if other != field and typed:
            assert f'value="{typed}"' in text
    assert not CheckoutSession.objects.exists()


def test_choosing_a_pick_up_point_asks_where(market: Market) -> None:
    client = with_basket(market)
    page = client.get("/commande/")
    facts = {**BUYER, **hidden(page.content), f"shipping-{market.ocre.pk}": "relais"}
    updated = client.post("/commande/", {**facts, "action": "update"})
    assert "187,10\u00a0€" in updated.content.decode()
    refused = client.post("/commande/", {**facts, **hidden(updated.content), "action": "order"})
    assert refused.status_code == 422
    fine = client.post("/commande/", {**facts, **hidden(updated.content), f"relay-{market.ocre.pk}": "Tabac du port, Plouër", "action": "order"})
    assert fine.status_code == 302
    assert CheckoutSession.objects.get().snapshot["parcels"][0]["relay"] == "Tabac du port, Plouër"


def test_a_total_that_changed_is_shown_again_before_anything_is_charged(market: Market) -> None:
    client = with_basket(market)
    page = client.get("/commande/")
    StockRecord.objects.filter(product=market.bowl).update(price=60)
    answer = client.post("/commande/", {**BUYER, **hidden(page.content), "action": "order"}, follow=True)
    assert "Votre panier a changé" in answer.content.decode()
    assert not CheckoutSession.objects.exists()


def test_a_forged_total_buys_nothing(market: Market) -> None:
    client = with_basket(market)
    page = client.get("/commande/")
    client.post("/commande/", {**BUYER, **hidden(page.content), "shown_total": "1", "action": "order"})
    assert not CheckoutSession.objects.exists()


def test_what_was_sold_meanwhile_is_named(market: Market) -> None:
    last = make.listing(market.ocre, "Piece unique", stock=1)
    client = Client()
    client.post("/panier/ajouter/", {"listing": last.pk, "quantity": 1})
    page = client.get("/commande/")
    make.bought((last, 1))
    answer = client.post("/commande/", {**BUYER, **hidden(page.content), "action": "order"}, follow=True)
    assert "vient d’être vendue" in answer.content.decode()


@pytest.mark.parametrize("quantity", ["0", "-3", "abc", "999999999", "", "1.5"])
def test_a_strange_quantity_breaks_nothing(market: Market, quantity: str) -> None:
    answer = Client().post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": quantity})
    assert answer.status_code in (302, 422)


@pytest.mark.parametrize("listing", ["", "abc", "0", "99999999"])
def test_a_listing_that_is_not_there_is_a_404(market: Market, listing: str) -> None:
    assert Client().post("/panier/ajouter/", {"listing": listing}).status_code == 404


def test_a_personalisation_comes_back_as_typed(market: Market) -> None:
    first, second = make.field(market.bowl, "Prénom"), make.field(market.bowl, "Date", required=False)
    answer = Client().post("/panier/ajouter/", {"listing": market.bowl.pk, f"perso-{second.pk}": "12 mai", f"perso-{first.pk}": ""})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="12 mai"' in text
    assert "Remplissez" in text


def test_a_basket_follows_the_buyer_who_signs_in(market: Market) -> None:
    client = with_basket(market)
    answer = client.post("/compte/login/", {"login": "alice@example.org", "password": make.PASSWORD})
    assert answer.status_code == 302
    assert client.get("/panier/").context["quote"].pieces == 2


def test_one_buyer_cannot_change_another_s_basket(market: Market) -> None:
    client, other = with_basket(market), with_basket(market)
    foreign = other.get("/panier/").context["quote"].parcels[0].lines[0].line_id
    client.post("/panier/modifier/", {f"quantity-{foreign}": "3", "remove": str(foreign)})
    assert other.get("/panier/").context["quote"].pieces == 2


def test_giving_up_gives_the_pieces_back_and_keeps_the_basket(market: Market) -> None:
    client = with_basket(market)
    page = client.get("/commande/")
    client.post("/commande/", {**BUYER, **hidden(page.content), "action": "order"})
    session = CheckoutSession.objects.get()
    client.post(f"/commande/abandonner/{session.key}/")
    session.refresh_from_db()
    assert session.state == "cancelled"
    assert StockRecord.objects.get(product=market.bowl).num_allocated == 0
    assert client.get("/panier/").context["quote"].pieces == 2


def test_a_lost_purchase_is_sent_again_and_nothing_is_told(market: Market, mailoutbox: list[Any]) -> None:
    purchase = make.bought((market.bowl, 1))
    mailoutbox.clear()
    for number, email, count in ((purchase.number, "eve@example.org", 0), ("LB-1", "claire@example.org", 0), (purchase.number.lower(), "CLAIRE@example.org", 1)):
        answer = Client().post("/achats/retrouver/", {"number": number, "email": email}, follow=True)
        assert "vient de vous être envoyée" in answer.content.decode()
        assert len(mailoutbox) == count
    assert purchase.get_absolute_url() in mailoutbox[0].body
