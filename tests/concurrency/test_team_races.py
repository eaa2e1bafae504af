"""Two owners who leave at once do not leave the boutique without any. With the lock off, they do."""

import time
from typing import Any

import pytest

from shop.vendors import team
from shop.vendors.models import TeamMember, TeamRole
from tests.concurrency.threads import run_concurrently
from tests.factories import Market

pytestmark = pytest.mark.race


@pytest.fixture
def owners(open_market: Market, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        TeamMember.objects.create(vendor=open_market.ocre, user=open_market.eve, role=TeamRole.OWNER)
        yield list(TeamMember.objects.filter(vendor=open_market.ocre))


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment between looking and leaving."""
    look = team._is_last_owner
    monkeypatch.setattr(team, "_is_last_owner", lambda member: (look(member), time.sleep(0.2))[0])


def test_one_owner_stays(owners: list[TeamMember], slowly: None) -> None:
    assert sorted(run_concurrently(lambda index: team.leave(member=owners[index]), 2)) == [False, True]
    assert TeamMember.objects.filter(role=TeamRole.OWNER, vendor=owners[0].vendor).count() == 1


def test_without_the_lock_none_does(owners: list[TeamMember], slowly: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team, "_locked", lambda member: TeamMember.objects.get(pk=member.pk))
    assert run_concurrently(lambda index: team.leave(member=owners[index]), 2) == [True, True]
    assert not TeamMember.objects.filter(role=TeamRole.OWNER, vendor=owners[0].vendor).exists()
