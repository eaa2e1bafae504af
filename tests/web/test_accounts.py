"""Accounts: e-mail login alone, verification, throttling, sessions; the workshop's opening."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def test_an_account_is_confirmed_by_mail_before_it_opens(mailoutbox: list[Any]) -> None:
    client = Client()
    answer = client.post("/compte/signup/", {"email": "Neuve@Example.org", "password1": "une-phrase-assez-longue"})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
    link = next(line for line in mailoutbox[0].body.split() if "/confirm-email/" in line)
    path = "/" + link.split("/", 3)[3]
    client.post(path)
    signed_in = client.post("/compte/login/", {"login": "neuve@example.org", "password": "une-phrase-assez-longue"})
    assert signed_in.status_code == 302
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("password", ["court", "motdepasse", "123456789012"])
def test_weak_passwords_are_refused(password: str) -> None:
    assert Client().post("/compte/signup/", {"email": "a@example.org", "password1": password}).status_code == 200
    assert not get_user_model().objects.exists()


def test_an_existing_address_is_not_told(market: Market, mailoutbox: list[Any]) -> None:
    new = Client().post("/compte/signup/", {"email": "new@example.org", "password1": "une-phrase-assez-longue"})
    known = Client().post("/compte/signup/", {"email": "alice@example.org", "password1": "une-phrase-assez-longue"})
    assert (new.status_code, new.url) == (known.status_code, known.url)


def test_guessing_is_stopped(market: Market) -> None:
    client = Client()
    answers = [client.post("/compte/login/", {"login": "alice@example.org", "password": f"wrong-{n}"}) for n in range(12)]
    assert answers[-1].status_code == 429 or "Trop de tentatives" in answers[-1].content.decode()
    right = client.post("/compte/login/", {"login": "alice@example.org", "password": make.PASSWORD})
    assert right.status_code != 302
    assert "_auth_user_id" not in client.session


def test_one_persons_wrong_passwords_lock_nobody_else(market: Market) -> None:
    """The lock counts by address and machine: neighbours behind one connection go on, and the one who types is locked."""
    from django.core.cache import cache

    for number in range(9):
        cache.clear()  # allauth's own limit of the machine is not what is looked at here
        Client().post("/compte/login/", {"login": "Alice@example.org", "password": f"wrong-{number}"})
    cache.clear()
    eve, alice, elsewhere = Client(), Client(), Client()
    eve.post("/compte/login/", {"login": "eve@example.org", "password": make.PASSWORD})
    alice.post("/compte/login/", {"login": "alice@example.org", "password": make.PASSWORD})
    elsewhere.post("/compte/login/", {"login": "alice@example.org", "password": make.PASSWORD}, REMOTE_ADDR="10.9.9.9")
    assert ["_auth_user_id" in client.session for client in (eve, alice, elsewhere)] == [True, False, True]


def test_a_wrong_password_is_not_kept(market: Market) -> None:
    from axes.models import AccessAttempt
    from django.core import serializers

    Client().post("/compte/login/", {"login": "alice@example.org", "password": "a-secret-mistyped"})
    kept = AccessAttempt.objects.get()
    assert kept.username == "alice@example.org"
    assert "a-secret-mistyped" not in serializers.serialize("json", [kept])
    assert "alice" not in kept.post_data


def test_passwords_are_kept_with_argon2() -> None:
    from lapinblanc.settings import base

    assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_signing_in_changes_the_session(market: Market) -> None:
    client = Client()
    client.get("/panier/")
    client.post("/panier/ajouter/", {"listing": market.bowl.pk})
    before = client.session.session_key
    client.post("/compte/login/", {"login": "alice@example.org", "password": make.PASSWORD})
    assert client.session.session_key != before


def test_next_never_leads_away(market: Market) -> None:
    answer = Client().post("/compte/login/?next=https://evil.example/", {"login": "alice@example.org", "password": make.PASSWORD, "next": "https://evil.example/"})
    assert "evil" not in answer.url
