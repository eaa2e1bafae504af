"""Saved searches: one's own alone, told once, stopped in one click, never of what was there before or has gone."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from lapinblanc import clock
from lapinblanc.search import saved
from lapinblanc.search.models import SavedSearch

from shop.catalogue.models import Product
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def alert(market: Market) -> SavedSearch:
    """Alice follows « bol » under 100 euros since two days."""
    client_of(market.alice).post("/recherche/alertes/suivre/", {"query": "q=bol&prix=0-100"})
    SavedSearch.objects.update(told_until=clock.now() - timedelta(days=2))
    Product.objects.filter(pk=market.bowl.pk).update(published_at=clock.now() - timedelta(days=5))
    make.indexed()
    return SavedSearch.objects.get()


def test_what_is_new_is_told_once(alert: SavedSearch, market: Market) -> None:
    new = make.listing(market.ocre, "Bol tout neuf", slug="neuf", published_at=clock.now() - timedelta(hours=3))
    make.listing(market.ocre, "Bol trop cher", slug="cher", price=30000, published_at=clock.now() - timedelta(hours=3))
    make.indexed()
    assert saved.tell_everybody() == 1
    (sent,) = mail.outbox
    assert sent.to == ["alice@example.org"]
    assert "Du nouveau pour « bol »" in sent.subject
    assert new.get_absolute_url() in sent.body
    assert "Bol tout neuf" in sent.alternatives[0][0]
    assert "Bol ocre" not in sent.body
    assert "trop cher" not in sent.body
    assert saved.tell_everybody() == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert saved.tell_everybody() == 0
    assert len(mail.outbox) == 1


def test_nothing_new_is_no_mail(alert: SavedSearch) -> None:
    assert saved.tell_everybody() == 0
    assert mail.outbox == []


def test_what_was_withdrawn_meanwhile_is_not_told(alert: SavedSearch, market: Market) -> None:
    new = make.listing(market.ocre, "Bol éphémère", slug="ephemere", published_at=clock.now() - timedelta(hours=3))
    make.indexed()
    Product.objects.filter(pk=new.pk).update(state="draft")
    assert saved.tell_everybody() == 0


def test_the_mail_stops_itself_in_one_click(alert: SavedSearch, market: Market) -> None:
    make.listing(market.ocre, "Bol tout neuf", slug="neuf", published_at=clock.now() - timedelta(hours=3))
    make.indexed()
    saved.tell_everybody()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = "/recherche/" + headers["List-Unsubscribe"].strip("<>").split("/recherche/")[1]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(address).status_code == 200
    assert SavedSearch.objects.count() == 1
    assert stranger.post(address).status_code == 200
    assert SavedSearch.objects.count() == 0
    assert stranger.get(address).status_code == 404


def test_a_forged_token_stops_nothing(alert: SavedSearch) -> None:
    for token in ("abc", saved.token(alert)[:-2] + "xx"):
        assert Client().post(f"/recherche/alertes/ne-plus-recevoir/{token}/").status_code == 404
    assert SavedSearch.objects.count() == 1


def test_somebody_elses_alert_does_not_exist(alert: SavedSearch, market: Market) -> None:
    assert client_of(market.eve).post(f"/recherche/alertes/{alert.pk}/arreter/").status_code == 404
    assert b"bol" not in client_of(market.eve).get("/recherche/alertes/").content.split(b"<main")[1]
    assert SavedSearch.objects.count() == 1
    assert client_of(market.alice).post(f"/recherche/alertes/{alert.pk}/arreter/").status_code == 302
    assert SavedSearch.objects.count() == 0


def test_saving_twice_is_once_and_too_many_is_said(alert: SavedSearch, market: Market) -> None:
    client = client_of(market.alice)
    client.post("/recherche/alertes/suivre/", {"query": "prix=0-100&q=bol"})
    assert SavedSearch.objects.count() == 1
    SavedSearch.objects.bulk_create(SavedSearch(user=market.alice, query=f"q=x{number}", text=f"x{number}") for number in range(saved.MOST))
    page = client.post("/recherche/alertes/suivre/", {"query": "q=encore"}, follow=True).content.decode()
    assert f"{saved.MOST} recherches" in page
    assert not SavedSearch.objects.filter(query="q=encore").exists()


def test_an_empty_search_is_not_saved(market: Market) -> None:
    page = client_of(market.alice).post("/recherche/alertes/suivre/", {"query": ""}, follow=True).content.decode()
    assert "Tapez ce que vous cherchez" in page
    assert SavedSearch.objects.count() == 0
