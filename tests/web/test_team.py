"""The team of a boutique: invited by mail, joined with a proved address, roles changed, one owner always left."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from lapinblanc import clock

from shop.vendors import team
from shop.vendors.models import TeamInvitation, TeamMember
from shop.vendors.tasks import tidy_invitations
from tests import factories as make
from tests.factories import Market
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
TEAM = "/atelier/boutique/equipe/"


@pytest.fixture
def link(market: Market, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any) -> str:
    """The address in the mail that Nina gets; she has no account yet."""
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(market.basile).post(TEAM, {"email": "Nina@example.org", "role": "manager"})
    assert answer.status_code == 302
    assert [mail.to for mail in mailoutbox] == [["nina@example.org"]]
    found = re.search(r"https?://[^/\s]+(/\S+)", mailoutbox[0].body)
    assert found
    return found.group(1)


def test_somebody_without_an_account_joins_once_her_address_is_proved(market: Market, link: str) -> None:
    text = Client().get(link).content.decode()
    assert "Ocre" in text
    assert "/compte/signup/?next=" in text
    nina = make.person("nina")
    EmailAddress.objects.filter(user=nina).update(verified=False)
    assert client_of(nina).post(link).status_code == 200
    assert not TeamMember.objects.filter(user=nina).exists()
    EmailAddress.objects.filter(user=nina).update(verified=True)
    assert client_of(nina).post(link).url == "/atelier/"
    member = TeamMember.objects.get(user=nina)
    assert (member.vendor, member.role) == (market.ocre, "manager")
    assert client_of(nina).get("/atelier/creations/").status_code == 200
    assert client_of(nina).get(TEAM).status_code == 404
    assert client_of(nina).post(link).status_code == 404


def test_a_link_sent_on_opens_nothing(market: Market, link: str) -> None:
    assert client_of(market.eve).post(link).status_code == 200
    assert Client().post(link).status_code == 200
    assert TeamMember.objects.filter(vendor=market.ocre).count() == 1


def test_a_link_ends_with_its_days_with_a_newer_one_and_when_taken_back(market: Market, link: str) -> None:
    nina = make.person("nina")
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert client_of(nina).post(link).status_code == 404
    team.invite(vendor=market.ocre, email="nina@example.org", role="orders", by=market.basile)
    assert client_of(nina).post(link).status_code == 404
    invitation = TeamInvitation.objects.get()
    newer = f"{TEAM}rejoindre/{team.token_of(invitation)}/"
    client_of(market.basile).post(f"{TEAM}invitations/{invitation.pk}/retirer/")
    assert client_of(nina).post(newer).status_code == 404
    for forged in ("x", "W10:x:y", link.split("/")[-2][:-1] + "A"):
        assert client_of(nina).get(f"{TEAM}rejoindre/{forged}/").status_code == 404
    assert not TeamMember.objects.filter(user=nina).exists()


def test_who_never_answers_is_forgotten(market: Market, link: str) -> None:
    assert tidy_invitations.func() == 0
    with clock.at(clock.now() + timedelta(days=15)):
        assert tidy_invitations.func() == 1


def test_what_cannot_be_invited_is_said(market: Market) -> None:
    client = client_of(market.basile)
    assert "déjà dans votre équipe" in client.post(TEAM, {"email": market.basile.email, "role": "orders"}).content.decode()
    assert client.post(TEAM, {"email": "x@example.org", "role": "owner"}).status_code == 422
    assert client.post(TEAM, {"email": "pas une adresse", "role": "orders"}).status_code == 422
    assert not TeamInvitation.objects.exists()


def test_roles_change_and_an_owner_always_stays(market: Market) -> None:
    client = client_of(market.basile)
    own = TeamMember.objects.get(vendor=market.ocre)
    other = TeamMember.objects.create(vendor=market.ocre, user=market.eve, role="orders")
    client.post(f"{TEAM}{own.pk}/role/", {"role": "orders"})
    client.post(f"{TEAM}{own.pk}/retirer/")
    assert TeamMember.objects.get(pk=own.pk).role == "owner"
    client.post(f"{TEAM}{other.pk}/role/", {"role": "royal"})
    assert TeamMember.objects.get(pk=other.pk).role == "orders"
    client.post(f"{TEAM}{other.pk}/role/", {"role": "owner"})
    client.post(f"{TEAM}quitter/")
    assert list(TeamMember.objects.filter(vendor=market.ocre).values_list("user__email", "role")) == [("eve@example.org", "owner")]
    assert client_of(market.eve).post(f"{TEAM}quitter/").url == f"{TEAM}quitter/"
    assert TeamMember.objects.filter(vendor=market.ocre).count() == 1


def test_a_helper_leaves_by_herself(market: Market) -> None:
    TeamMember.objects.create(vendor=market.ocre, user=market.eve, role="orders")
    assert "Quitter l’équipe" in client_of(market.eve).get("/atelier/").content.decode()
    assert client_of(market.eve).post(f"{TEAM}quitter/").url == "/"
    assert not TeamMember.objects.filter(user=market.eve).exists()


def test_a_place_that_is_taken_back_between_reading_and_joining_is_not_taken(market: Market, link: str) -> None:
    nina = make.person("nina")
    read = team.by_token(link.rstrip("/").rpartition("/")[2])
    assert read is not None
    TeamInvitation.objects.all().delete()
    with pytest.raises(team.CannotInvite):
        team.join(invitation=read, user=nina)
    assert not TeamMember.objects.filter(user=nina).exists()


def test_inviting_and_taking_back_is_no_way_to_write_to_everybody(market: Market, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    cache.clear()
    client = client_of(market.basile)
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(team.MOST_A_DAY + 5):
            client.post(TEAM, {"email": f"n{number}@example.org", "role": "manager"})
            TeamInvitation.objects.all().delete()
    assert len(mailoutbox) == team.MOST_A_DAY
    assert client.post(TEAM, {"email": "encore@example.org", "role": "manager"}).status_code == 422
    cache.clear()
