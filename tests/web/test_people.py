"""Operators' pages of people: who may change whose rights, each with its reason; nothing else a form sends is heard (S4)."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.factories import Market
from tests.second_step import set_up, signed_in
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db


def operator(name: str = "olive", *rights: str) -> Any:
    """An operator with the right to change users, who is no superuser."""
    who = make.person(name, is_staff=True)
    who.user_permissions.add(*Permission.objects.filter(codename__in=rights or ("change_user",), content_type__app_label="accounts"))
    return who


def state_of(person: Any) -> tuple[Any, ...]:
    fresh = type(person).objects.get(pk=person.pk)
    rights = (fresh.is_active, fresh.is_staff, fresh.is_superuser, fresh.email, fresh.password, fresh.session_epoch)
    return (*rights, sorted(fresh.groups.values_list("name", flat=True)), Authenticator.objects.filter(user=fresh).count())


def changes(person: Any, role: Group) -> list[tuple[str, dict[str, str]]]:
    base = f"/gestion/personnes/{person.pk}/"
    return [
        (f"{base}etat/", {"state": "closed", "reason": "test"}),
        (f"{base}role/", {"how": "give", "role": str(role.pk), "reason": "test"}),
        (f"{base}gestion/", {"operator": "yes", "reason": "test"}),
        (f"{base}deuxieme-etape/", {"reason": "test"}),
        (f"{base}donnees/", {"what": "erasure", "reason": "test"}),
    ]


@pytest.fixture
def role(db: None) -> Group:
    return Group.objects.create(name="Relecture de nuit")


def test_an_operator_finds_people_by_address_and_name(market: Market) -> None:
    client = client_of(operator())
    assert "alice@example.org" in client.get("/gestion/personnes/?q=ALICE").content.decode()
    page = client.get("/gestion/personnes/?q=martin+eve").content.decode()
    assert "eve@example.org" in page
    assert "alice@example.org" not in page
    assert "Personne n’a" in client.get("/gestion/personnes/?q=nobody-at-all").content.decode()


def test_the_pages_cost_the_same_however_many_people(market: Market) -> None:
    client = client_of(operator())

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    addresses = ("/gestion/personnes/", f"/gestion/personnes/{market.alice.pk}/", "/gestion/journal/")
    few = [cost(address) for address in addresses]
    for number in range(30):
        person = make.person(f"person-{number}", is_staff=number % 2 == 0)
        market.ocre.members.create(user=person, role="orders")
    assert [cost(address) for address in addresses] == few
    assert max(few) <= 15, few


@pytest.mark.parametrize("who", ["nobody", "alice", "basile", "plain_operator"])
def test_nobody_without_the_right_changes_anything(market: Market, role: Group, who: str) -> None:
    from django.test import Client

    set_up(market.eve)
    plain = make.person("paul", is_staff=True)
    client = {"nobody": Client(), "plain_operator": client_of(plain)}.get(who) or client_of(getattr(market, who))
    before = state_of(market.eve)
    for address, data in changes(market.eve, role):
        assert client.post(address, data).status_code in (302, 404), address
        assert client.get(address).status_code in (302, 404, 405)
    for address in ("/gestion/personnes/", f"/gestion/personnes/{market.eve.pk}/", "/gestion/journal/"):
        assert client.get(address).status_code in (302, 404)
    assert state_of(market.eve) == before


def test_nobody_changes_their_own_rights(market: Market, role: Group) -> None:
    for person in (market.dora, operator()):
        before, client = state_of(person), client_of(person)
        for address, data in changes(person, role):
            client.post(address, data)
        assert state_of(person) == before


def test_nobody_but_a_superuser_touches_a_superuser(market: Market, role: Group) -> None:
    before, client = state_of(market.dora), client_of(operator())
    for address, data in changes(market.dora, role):
        client.post(address, data)
    assert state_of(market.dora) == before
    other = make.person("simone", is_staff=True, is_superuser=True)
    client_of(other).post(*changes(market.dora, role)[1])
    assert market.dora.groups.filter(pk=role.pk).exists()


def test_a_role_that_hands_out_rights_is_a_superuser_s_to_give(market: Market, role: Group) -> None:
    role.permissions.add(Permission.objects.get(codename="change_user", content_type__app_label="accounts"))
    client_of(operator()).post(*changes(market.eve, role)[1])
    assert not market.eve.groups.exists()
    client_of(market.dora).post(*changes(market.eve, role)[1])
    assert market.eve.groups.get() == role


def test_only_a_superuser_makes_an_operator(market: Market, role: Group) -> None:
    address, data = changes(market.eve, role)[2]
    client_of(operator()).post(address, data)
    assert state_of(market.eve)[1] is False
    client_of(market.dora).post(address, data)
    assert state_of(market.eve)[1] is True


def test_a_change_needs_its_reason(market: Market, role: Group) -> None:
    set_up(market.eve)
    before, client = state_of(market.eve), client_of(market.dora)
    for address, data in changes(market.eve, role):
        answer = client.post(address, {**data, "reason": "  "}, follow=True)
        assert "Écrivez la raison" in answer.content.decode()
    assert state_of(market.eve) == before


def test_forms_set_what_they_show_and_nothing_else(market: Market, role: Group) -> None:
    extra = {"is_staff": "1", "is_superuser": "on", "email": "x@example.org", "password": "x", "groups": "1", "session_epoch": "0"}
    client, before = client_of(operator()), state_of(market.eve)
    address, data = changes(market.eve, role)[1]
    client.post(address, {**data, **extra})
    after = state_of(market.eve)
    assert after[:6] == before[:6]
    assert after[6] == [role.name]


@pytest.mark.parametrize("typed", ["²", "abc", "-1", "9" * 40, ""])
def test_a_role_that_is_no_number_is_nothing(market: Market, role: Group, typed: str) -> None:
    before = state_of(market.eve)
    address, data = changes(market.eve, role)[1]
    assert client_of(operator()).post(address, {**data, "role": typed}).status_code == 404
    assert state_of(market.eve) == before


def test_closing_an_account_ends_its_sessions(market: Market, role: Group) -> None:
    eve = client_of(market.eve)
    client = client_of(operator())
    client.post(*changes(market.eve, role)[0])
    assert eve.get("/compte/").status_code == 302
    client.post(f"/gestion/personnes/{market.eve.pk}/etat/", {"state": "open", "reason": "test"})
    assert state_of(market.eve)[0] is True
    assert eve.get("/compte/").status_code == 302  # what was closed does not come back
    assert client_of(type(market.eve).objects.get(pk=market.eve.pk)).get("/compte/").status_code == 200


def test_a_lost_second_step_is_taken_off_and_told(market: Market, role: Group, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    eve = signed_in(market.eve, set_up(market.eve))
    with django_capture_on_commit_callbacks(execute=True):
        client_of(operator()).post(*changes(market.eve, role)[3])
    assert not Authenticator.objects.filter(user=market.eve).exists()
    assert eve.get("/compte/").status_code == 302
    assert mailoutbox[-1].to == ["eve@example.org"]
    entry = LogEntry.objects.get(additional_data__event="factor_reset")
    assert (entry.actor.email, entry.additional_data["reason"]) == ("olive@example.org", "test")


def test_roles_and_reasons_are_in_the_journal(market: Market, role: Group) -> None:
    client = client_of(operator())
    client.post(f"/gestion/personnes/{market.eve.pk}/role/", {"how": "give", "role": role.pk, "reason": "renfort de décembre"}, REMOTE_ADDR="10.1.2.3")
    client.post(f"/gestion/personnes/{market.eve.pk}/role/", {"how": "take", "role": role.pk, "reason": "fin de décembre"})
    given, taken = LogEntry.objects.filter(additional_data__role=role.name).order_by("pk")
    assert (given.additional_data["event"], taken.additional_data["event"]) == ("role_given", "role_taken")
    assert (given.actor.email, given.remote_addr, given.additional_data["reason"]) == ("olive@example.org", "10.1.2.3", "renfort de décembre")
    page = client.get(f"/gestion/personnes/{market.eve.pk}/").content.decode()
    assert "renfort de décembre" in page
