"""The second step: no way past it, no code twice, and the door of the back offices (FAULTS S6, S8)."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.test import Client
from lapinblanc.accounts.factor_forms import use_step
from lapinblanc.accounts.two_factor import DOOR

from tests.factories import PASSWORD, Market
from tests.second_step import code, password_given, recovery_codes, set_up, signed_in
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
STEP = "/compte/deuxieme-etape/"
BACK_OFFICES = ("/gestion/boutiques/", "/cms/")


@pytest.fixture
def required(settings: Any) -> None:
    settings.REQUIRE_TWO_FACTOR = True


def inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_password_alone_does_not_sign_in(market: Market) -> None:
    secret = set_up(market.alice)
    client = password_given(market.alice)
    assert not inside(client)
    assert client.get("/compte/").status_code == 302
    page = client.get(f"{STEP}authenticate/").content.decode()
    assert "Deuxième étape" in page
    assert 'autocomplete="one-time-code"' in page
    assert client.post(f"{STEP}authenticate/", {"code": code(secret)}).status_code == 302
    assert inside(client)


def test_remember_me_does_not_skip_the_second_step(market: Market) -> None:
    set_up(market.alice)
    assert not inside(password_given(market.alice, remember="on"))


def test_a_new_password_does_not_skip_the_second_step(market: Market, mailoutbox: list[Any]) -> None:
    set_up(market.alice)
    client = Client()
    client.post("/compte/password/reset/", {"email": market.alice.email})
    path = re.search(r"https?://[^/]+(/\S+/key/\S+)", mailoutbox[-1].body)
    assert path
    form = client.get(path.group(1), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "une-autre-phrase-longue"})
    assert not inside(client)
    client.post("/compte/login/", {"login": market.alice.email, "password": "une-autre-phrase-longue"})
    assert not inside(client)


def test_a_confirmation_link_does_not_sign_in(market: Market, mailoutbox: list[Any]) -> None:
    from allauth.account.models import EmailAddress, EmailConfirmationHMAC

    set_up(market.alice)
    fresh = EmailAddress.objects.create(user=market.alice, email="alice2@example.org")
    client = Client()
    client.post(f"/compte/confirm-email/{EmailConfirmationHMAC(fresh).key}/")
    assert not inside(client)


@pytest.mark.parametrize("door", ["/cms/login/", "/_util/login/", "/en/_util/login/", "/gestion/entree/"])
def test_other_login_pages_lead_to_ours(market: Market, door: str) -> None:
    client = Client()
    assert "/compte/login/" in client.get(door).url
    answer = client.post(door, {"username": market.dora.email, "password": PASSWORD})
    assert answer.status_code in (301, 302)
    assert not inside(client)


@pytest.mark.parametrize("door", ["/admin/", "/admin/login/", "/accounts/login/", "/gestion/login/"])
def test_libraries_own_login_pages_are_not_there(market: Market, door: str) -> None:
    assert Client().post(door, {"username": market.dora.email, "password": PASSWORD}).status_code == 404


def test_a_session_opened_past_the_second_step_ends_at_once(market: Market) -> None:
    """Whatever view calls Django's login(): here none of ours, but a library's next version might bring one."""
    control = client_of(market.eve)
    assert inside(control)
    set_up(market.eve)
    assert not inside(client_of(market.eve))


@pytest.mark.parametrize("address", BACK_OFFICES)
def test_the_back_offices_ask_for_a_second_step(market: Market, required: None, address: str) -> None:
    client = client_of(market.dora)
    for method in ("get", "post", "put", "delete"):
        assert getattr(client, method)(address).url == STEP
    secret = set_up(market.dora)
    assert client.get(address).url.startswith(f"{STEP}reauthenticate/")  # a session older than the second step
    assert signed_in(market.dora, secret).get(address).status_code == 200


def test_editors_without_the_right_to_manage_are_asked_too(market: Market, required: None) -> None:
    group = Group.objects.create(name="Équipe de nuit")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    market.eve.groups.add(group)
    assert client_of(market.eve).get("/cms/").url == STEP


def test_nobody_else_is_asked(market: Market, required: None) -> None:
    client = client_of(market.alice)
    assert client.get("/gestion/boutiques/").status_code == 404
    assert client.get("/compte/").status_code == 200


def test_the_demo_does_without(market: Market) -> None:
    assert client_of(market.dora).get("/gestion/boutiques/").status_code == 200


def test_the_session_changes_at_the_second_step(market: Market) -> None:
    secret = set_up(market.alice)
    client = password_given(market.alice)
    before = client.session.session_key
    client.post(f"{STEP}authenticate/", {"code": code(secret)})
    assert client.session.session_key != before


def test_a_code_is_accepted_once(market: Market) -> None:
    secret = set_up(market.alice)
    one = code(secret)
    first, second = password_given(market.alice), password_given(market.alice)
    first.post(f"{STEP}authenticate/", {"code": one})
    cache.clear()  # another process has another cache: the row alone remembers
    second.post(f"{STEP}authenticate/", {"code": one})
    assert (inside(first), inside(second)) == (True, False)
    third = password_given(market.alice)
    third.post(f"{STEP}authenticate/", {"code": code(secret, steps=1)})
    assert inside(third)


def test_an_earlier_code_is_refused_after_a_later_one(market: Market) -> None:
    secret = set_up(market.alice)
    device = Authenticator.objects.get(user=market.alice, type="totp")
    assert use_step(device, code(secret, steps=1))
    assert not use_step(device, code(secret))


def test_a_recovery_code_works_once(market: Market) -> None:
    set_up(market.alice)
    one = recovery_codes(market.alice)[0]
    first, second = password_given(market.alice), password_given(market.alice)
    first.post(f"{STEP}authenticate/", {"code": one})
    second.post(f"{STEP}authenticate/", {"code": one})
    assert (inside(first), inside(second)) == (True, False)
    assert len(recovery_codes(market.alice)) == 9


def test_guessing_codes_is_stopped(market: Market) -> None:
    secret = set_up(market.alice)
    client = password_given(market.alice)
    for number in range(12):
        client.post(f"{STEP}authenticate/", {"code": f"{number:06}"})
    client.post(f"{STEP}authenticate/", {"code": code(secret)})
    assert not inside(client)


def test_secrets_are_kept_encrypted(market: Market) -> None:
    secret = set_up(market.alice)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(one in kept for one in recovery_codes(market.alice))


def test_a_forwarded_address_is_believed_as_far_as_our_proxies(rf: Any, settings: Any) -> None:
    from lapinblanc.audit.addresses import client_address

    spoofed = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 7.7.7.7")
    settings.TRUSTED_PROXY_COUNT = 0
    assert client_address(spoofed) == "10.0.0.1"
    settings.TRUSTED_PROXY_COUNT = 1
    assert client_address(spoofed) == "7.7.7.7"
    assert client_address(rf.get("/", REMOTE_ADDR="10.0.0.1")) == "10.0.0.1"


def test_the_workshop_asks_before_the_team_changes(market: Market) -> None:
    """Whoever has a second step confirms; whoever has none is reminded of it."""
    plain = client_of(market.basile)
    assert "Mettre en place" in plain.get("/atelier/").content.decode()
    plain.post("/atelier/boutique/equipe/", {"email": "eve@example.org", "role": "orders"})
    assert market.ocre.invitations.filter(email=market.eve.email).exists()
    secret = set_up(market.camille)
    client = signed_in(market.camille, secret)
    assert "Mettre en place" not in client.get("/atelier/").content.decode()
    answer = client.post("/atelier/boutique/equipe/", {"email": "eve@example.org", "role": "orders"})
    assert "reauthenticate" in answer.url
    assert not market.sel.invitations.exists()
    client.post(answer.url, {"password": PASSWORD, "next": "/atelier/boutique/equipe/"})
    assert market.sel.invitations.filter(email="eve@example.org").exists()  # what was asked is done, not lost


@pytest.mark.parametrize(("path", "behind"), [("/cms/", True), ("/cms", True), ("/en/cms/pages/3/edit/", True), ("/en/gestion/", True), ("/gestion/personnes/", True), ("/cmsx/", False), ("/histoires/cms/", False), ("/", False)])
def test_the_door_stands_before_every_language(path: str, behind: bool) -> None:
    """Whatever a room puts under a language's prefix one day."""
    assert bool(DOOR.match(path)) is behind
