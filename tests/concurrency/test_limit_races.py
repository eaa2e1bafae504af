"""Limits for each person hold when everything is sent at once: comments in ten minutes, proposals that wait. With the lock off, they are lost."""

import time
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from lapinblanc.cooperative.models import Member
from lapinblanc.cooperative.register import enrol

from editorial.discussion import commenting
from editorial.discussion.models import Comment
from editorial.models import NewsPage
from editorial.proposals import proposing
from editorial.proposals.models import Proposal
from tests.concurrency.threads import run_concurrently
from tests.factories import Market
from tests.house import House

pytestmark = pytest.mark.race
CLICKS = 12
# The lock as a look alone.
UNLOCKED = SimpleNamespace(objects=SimpleNamespace(select_for_update=lambda: SimpleNamespace(get=lambda pk: None)))


@pytest.fixture
def page(open_market: Market, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield House.build().news("Assemblée", slug="assemblee", audience="creators")


@pytest.fixture
def member(page: NewsPage, open_market: Market) -> Member:
    return enrol(user=open_market.alice, college="creators")


def say(page: NewsPage, member: Member) -> list[Any]:
    return run_concurrently(lambda index: commenting.comment(page=page, member=member, text=f"Propos {index}", key=uuid4()), CLICKS)


def propose(user: Any) -> list[Any]:
    return run_concurrently(lambda index: proposing.propose(user=user, title=f"Table {index}", why="Ensemble.", listings=[1, 2, 3], name="Camille"), CLICKS)


def slowly(manager: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment between counting and writing."""
    create = manager.create
    monkeypatch.setattr(manager, "create", lambda **facts: (time.sleep(0.1), create(**facts))[1])


def test_five_comments_in_ten_minutes_are_five_however_they_are_sent(page: NewsPage, member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(Comment.objects, monkeypatch)
    results = say(page, member)
    assert Comment.objects.count() == commenting.MOST_AT_ONCE
    assert sum(isinstance(result, commenting.TooMany) for result in results) == CLICKS - commenting.MOST_AT_ONCE


def test_control_without_the_lock_the_flood_comes_through(page: NewsPage, member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(Comment.objects, monkeypatch)
    monkeypatch.setattr(commenting, "Member", UNLOCKED)
    say(page, member)
    assert Comment.objects.count() > commenting.MOST_AT_ONCE


def test_five_proposals_wait_however_they_are_sent(page: NewsPage, open_market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(Proposal.objects, monkeypatch)
    results = propose(open_market.camille)
    assert Proposal.objects.count() == proposing.MOST_WAITING
    assert sum(isinstance(result, proposing.TooManyWaiting) for result in results) == CLICKS - proposing.MOST_WAITING


def test_control_without_the_lock_more_proposals_wait(page: NewsPage, open_market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(Proposal.objects, monkeypatch)
    monkeypatch.setattr(proposing, "get_user_model", lambda: UNLOCKED)
    propose(open_market.camille)
    assert Proposal.objects.count() > proposing.MOST_WAITING
