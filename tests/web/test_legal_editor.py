"""Legal notices in the editor: they follow the category, keep a creation unpublished with a sentence, and words are pointed at."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lapinblanc import clock

from shop.catalogue.lawful import unlawful
from shop.catalogue.models import Category, Product
from tests import factories as make
from tests.factories import Market
from tests.house import client_of
from tests.web.test_listing_editor import shot, typed, url

pytestmark = pytest.mark.django_db


def candles() -> Category:
    root = Category.objects.get(slug="creations", depth=1)
    return root.add_child(name="Bougies", slug="bougies")


def draft_of(market: Market, **fields: Any) -> Product:
    product = make.listing(market.ocre, "Bougie", state="draft", published_at=None, **fields)
    product.categories.set([candles()])
    shot(product, "Une bougie")
    return product


def publish(client: Client, product: Product) -> str:
    client.post(url("listing_state", product), {"state": "published"})
    return str(Product.objects.get(pk=product.pk).state)


def test_what_the_law_asks_keeps_it_unpublished_until_it_is_said(market: Market) -> None:
    basile, candle = client_of(market.basile), draft_of(market)
    shown = basile.get(url("listing", candle)).content.decode()
    assert "legal-clp" in shown
    assert "legal-metal" not in shown
    assert publish(basile, candle) == "draft"
    said = {"legal-asked": "1", "legal-clp": "none", "legal-candle_safety": "Ne pas laisser brûler sans surveillance."}
    assert basile.post(url("listing", candle), typed(candle, **said)).status_code == 302
    assert Product.objects.get(pk=candle.pk).legal == {"clp": "none", "candle_safety": "Ne pas laisser brûler sans surveillance."}
    assert publish(basile, candle) in ("published", "in_review")


def test_an_answer_asks_the_next_question(market: Market) -> None:
    basile, candle = client_of(market.basile), draft_of(market)
    assert "legal-pictograms" not in basile.get(url("listing", candle)).content.decode()
    basile.post(url("listing", candle), typed(candle, **{"legal-asked": "1", "legal-clp": "classified"}))
    assert "legal-pictograms" in basile.get(url("listing", candle)).content.decode()


def test_an_answer_that_cannot_be_right_is_said_and_stays(market: Market) -> None:
    basile, candle = client_of(market.basile), draft_of(market)
    answer = basile.post(url("listing", candle), typed(candle, **{"legal-asked": "1", "legal-clp": "peut-être", "legal-foreign": "x"}))
    assert answer.status_code == 422
    assert Product.objects.get(pk=candle.pk).legal == {}


def test_another_category_asks_other_questions_before_it_is_saved(market: Market) -> None:
    basile = client_of(market.basile)
    address = reverse("workshop:listing_legal", args=[market.bowl.pk])
    assert "legal-clp" in basile.get(address, {"category": candles().pk}).content.decode()
    assert "legal-clp" not in basile.get(address, {"category": market.bowl.categories.get().pk}).content.decode()
    assert client_of(market.camille).get(address).status_code == 404
    assert basile.get(address, {"category": "x"}).status_code == 200


def test_reserved_words_keep_a_creation_unpublished_and_say_what_to_write(market: Market) -> None:
    basile = client_of(market.basile)
    bowl = make.listing(market.ocre, "Bol artisanal", state="draft", published_at=None)
    shot(bowl)
    assert publish(basile, bowl) == "draft"
    assert any("artisanal" in sentence for sentence in unlawful(bowl))
    type(market.ocre).objects.filter(pk=market.ocre.pk).update(artisan_proved_at=clock.now())
    assert publish(basile, bowl) in ("published", "in_review")


def test_words_are_pointed_at_while_typing(market: Market) -> None:
    basile = client_of(market.basile)
    notes = json.loads(basile.post(reverse("workshop:words"), {"text": "Un bol artisanal et écologique."}).content)["notes"]
    assert [note["word"] for note in notes] == ["artisanal", "écologique"]
    assert all(note["why"] and note["instead"] and note["source"] for note in notes)
    assert json.loads(basile.post(reverse("workshop:words"), {"text": "Un bol en grès bleu."}).content)["notes"] == []
    assert client_of(market.eve).post(reverse("workshop:words"), {"text": "x"}).status_code == 404


def test_a_form_without_these_fields_leaves_the_answers(market: Market) -> None:
    candle = draft_of(market, legal={"clp": "none"})
    client_of(market.basile).post(url("listing", candle), typed(candle, title="Autre"))
    assert Product.objects.get(pk=candle.pk).legal == {"clp": "none"}


def test_buyers_read_the_legal_notices_and_the_price_by_kilogram(market: Market) -> None:
    Product.objects.filter(pk=market.bowl.pk).update(legal={"net_qty": "100", "net_unit": "g", "precautions": "Usage externe.", "cpnp": "4021873", "clp": "none"})
    shown = Client().get(market.bowl.get_absolute_url()).content.decode()
    assert "Usage externe." in shown
    assert "560,00\xa0€/kg" in shown
    assert "non classé" in shown
    assert "4021873" not in shown
