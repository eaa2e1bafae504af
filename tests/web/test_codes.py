"""Codes over HTTP: given in the basket or by an address, refused with a reason, stated on every line, taken out again."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from lapinblanc.money import Money

from shop.coupons.models import Coupon
from shop.order.models import Order, Purchase
from tests import factories as make
from tests.factories import Market, code
from tests.web.test_buying import BUYER, hidden, with_basket

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


def give(client: Client, market: Market, written: str, **more: Any) -> Any:
    return client.post("/panier/modifier/", {f"code-{market.ocre.pk}": written, **more})


def test_a_code_from_the_basket_to_the_receipt(market: Market) -> None:
    code(market.ocre)
    client = with_basket(market)
    before = client.get("/panier/").content.decode()
    assert "J’ai un code" in before
    assert give(client, market, "merci10").status_code == 302
    basket = client.get("/panier/").content.decode()
    assert f"−5,60{NBSP}€" in basket
    assert f"184,20{NBSP}€" in basket
    page = client.get("/commande/")
    assert f"Code MERCI10 déduit{NBSP}: 5,60{NBSP}€" in page.content.decode()
    answer = client.post("/commande/", {**BUYER, **hidden(page.content), "action": "order"})
    pay = answer.url.removeprefix("http://127.0.0.1:8000")
    paid = client.post(pay, {"number": "4242 4242 4242 4242"})
    receipt = client.get(paid.url.removeprefix("http://127.0.0.1:8000"), follow=True).content.decode()
    assert f"Code MERCI10 déduit{NBSP}: 5,60{NBSP}€" in receipt
    purchase = Purchase.objects.get()
    assert purchase.total_cents == 18420
    said = client.get(f"/achats/{purchase.token}/contrat/").content.decode()
    assert f"Code MERCI10 déduit{NBSP}: 5,60{NBSP}€" in said
    # What was used is not proposed for the next basket.
    client.post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": 1})
    assert client.get("/panier/").context["quote"].parcels[0].code is None


def test_mails_state_the_code_on_its_line(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    from tests.domain.test_codes import bought_with

    code(market.ocre)
    with django_capture_on_commit_callbacks(execute=True):
        bought_with({market.ocre.pk: "MERCI10"}, (market.bowl, 1))
    sent = next(message for message in mail.outbox if message.to == ["claire@example.org"])
    assert f"Code MERCI10 déduit{NBSP}: 5,60{NBSP}€" in sent.body
    assert "Code MERCI10 déduit" in str(sent.alternatives[0][0])


def test_a_wrong_code_says_why_and_stays_to_be_mended(market: Market) -> None:
    client = with_basket(market)
    answer = give(client, market, "MERCY10")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "vérifiez comment il s’écrit" in text
    assert 'value="MERCY10"' in text
    assert client.get("/panier/").context["quote"].parcels[0].code is None


def test_another_boutique_s_code_does_nothing_here(market: Market) -> None:
    code(market.sel, "SEL20", percent=20)
    client = with_basket(market)
    assert give(client, market, "SEL20").status_code == 422
    assert client.get("/panier/").context["quote"].discount == Money(0)


def test_a_code_below_its_minimum_waits_and_says_what_lacks(market: Market) -> None:
    code(market.ocre, minimum=Money(10000))
    client = with_basket(market)
    assert give(client, market, "MERCI10").status_code == 302
    assert f"44,00{NBSP}€" in client.get("/panier/").content.decode()
    line = client.get("/panier/").context["quote"].parcels[0].lines[0]
    client.post("/panier/modifier/", {f"quantity-{line.line_id}": "2"})
    assert client.get("/panier/").context["quote"].discount == Money(1120)


def test_one_code_a_boutique_and_none_after_taking_it_out(market: Market) -> None:
    code(market.ocre)
    code(market.ocre, "VINGT", percent=20)
    client = with_basket(market)
    give(client, market, "MERCI10")
    give(client, market, "VINGT")
    assert client.get("/panier/").context["quote"].discount == Money(1120)
    assert client.post("/panier/modifier/", {"remove-code": market.ocre.pk}).status_code == 302
    assert client.get("/panier/").context["quote"].discount == Money(0)


def test_the_address_that_a_boutique_shares(market: Market) -> None:
    code(market.ocre)
    client = with_basket(market)
    page = client.get("/panier/code/ocre/?code=merci10")
    assert 'value="merci10"' in page.content.decode()
    assert client.get("/panier/").context["quote"].discount == Money(0)
    assert client.post("/panier/code/ocre/", {"code": "merci10"}).status_code == 302
    assert client.get("/panier/").context["quote"].discount == Money(560)
    assert client.post("/panier/code/ocre/", {"code": "rien"}).status_code == 422
    assert client.get("/panier/code/nobody/?code=x").status_code == 404


def test_a_personal_code_is_taken_out_for_others_and_nothing_typed_is_lost(market: Market) -> None:
    code(market.ocre, is_personal=True, people=["zoe@example.org"])
    client = with_basket(market)
    give(client, market, "MERCI10")
    page = client.get("/commande/")
    answer = client.post("/commande/", {**BUYER, **hidden(page.content), "action": "order"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "réservé à d’autres personnes" in text
    assert 'value="3 rue du Port"' in text
    assert f"189,80{NBSP}€" in text
    assert client.post("/commande/", {**BUYER, **hidden(answer.content), "action": "order"}).status_code == 302
    assert Coupon.objects.get().uses == 0


def test_somebody_signed_in_is_told_at_once_that_it_is_for_others(market: Market) -> None:
    code(market.ocre, is_personal=True, people=["zoe@example.org"])
    client = Client()
    client.force_login(market.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": 1})
    refused = give(client, market, "MERCI10")
    assert refused.status_code == 422
    assert "réservé à d’autres personnes" in refused.content.decode()


def test_codes_are_not_guessed_by_the_thousand(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.baskets.codes.MOST_WRONG_AN_HOUR", 3)
    code(market.ocre)
    client = with_basket(market)
    for number in range(3):
        assert give(client, market, f"CODE{number}").status_code == 422
    other = with_basket(market)
    assert "Trop de codes" in give(other, market, "MERCI10").content.decode()
    assert "Trop de codes" in other.get("/panier/code/ocre/?code=MERCI10").content.decode()


@pytest.mark.parametrize("name", ["code-", "code-x", "code-²", f"code-{'9' * 30}", "code-99999999"])
def test_strange_fields_break_nothing(market: Market, name: str) -> None:
    client = with_basket(market)
    assert client.post("/panier/modifier/", {name: "MERCI10\x00", "remove-code": "²"}).status_code in (302, 400, 422)
    assert client.get("/panier/").status_code == 200


def test_the_workshop_sees_what_the_code_took_off(market: Market) -> None:
    from tests.domain.test_codes import bought_with

    code(market.ocre)
    bought_with({market.ocre.pk: "MERCI10"}, (market.bowl, 1))
    client = Client()
    client.force_login(market.basile, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "MERCI10" in client.get(f"/atelier/commandes/{Order.objects.get().number}/").content.decode()


def test_a_basket_costs_one_query_more_with_codes_whatever_their_number(market: Market, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from shop.baskets.pricing import quote_basket

    filled = make.basket((market.bowl, 1), (market.mug, 1))
    for vendor in (market.ocre, market.sel):
        code(vendor)

    def cost(codes: dict[int, str]) -> int:
        with CaptureQueriesContext(connection) as seen:
            quote_basket(filled, codes=codes)
        return len(seen)

    assert cost({market.ocre.pk: "MERCI10", market.sel.pk: "MERCI10"}) == cost({}) + 1
