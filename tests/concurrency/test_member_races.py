"""Many at once: the register's numbers and the letter's deliveries. Each lock has its control: with the lock off, the race must be lost."""

import time
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from lapinblanc import clock
from lapinblanc.cooperative.models import Member
from lapinblanc.cooperative.register import AlreadyMember, enrol

from editorial.newsletter import sending
from editorial.newsletter.models import Delivery, DeliveryState, Issue, Subscriber
from tests import factories as make
from tests.concurrency.threads import run_concurrently
from tests.factories import Market

pytestmark = pytest.mark.race
PEOPLE = 12


@pytest.fixture
def bench(open_market: Market, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield open_market


def test_members_who_enter_at_once_are_numbered_without_gap(bench: Market) -> None:
    users = [make.person(f"p{number}") for number in range(PEOPLE)]
    results = run_concurrently(lambda index: enrol(user=users[index], college="buyers"), PEOPLE)
    assert all(isinstance(result, Member) for result in results)
    assert sorted(Member.objects.values_list("number", flat=True)) == list(range(1, PEOPLE + 1))


def test_one_person_enrolled_many_times_at_once_is_one_member(bench: Market) -> None:
    results = run_concurrently(lambda _index: enrol(user=bench.alice, college="buyers"), PEOPLE)
    assert sum(isinstance(result, Member) for result in results) == 1
    assert all(isinstance(result, Member | AlreadyMember | IntegrityError) for result in results)
    assert list(Member.objects.values_list("number", flat=True)) == [1]


def test_control_without_the_lock_two_members_take_one_number(bench: Market) -> None:
    """The lock off, and a moment between reading and writing: only the constraint stops them, with errors."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION cooperative_member_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM cooperative_member; PERFORM pg_sleep(0.05); RETURN NEW; END $$"
        )
    users = [make.person(f"p{number}") for number in range(PEOPLE)]
    results = run_concurrently(lambda index: enrol(user=users[index], college="buyers"), PEOPLE)
    assert any(isinstance(result, IntegrityError) for result in results)


@pytest.fixture
def issue(bench: Market) -> Issue:
    made = Issue.objects.create(title="La lettre", foreword="<p>Bonjour.</p>")
    Subscriber.objects.bulk_create(Subscriber(email=f"n{number}@example.org", state="confirmed", confirmed_at=clock.now()) for number in range(PEOPLE))
    sending.begin(issue=made)
    return made


def test_four_workers_write_once_to_each(issue: Issue) -> None:
    results = run_concurrently(lambda _index: sending.go_on(), 4)
    assert sum(results) == PEOPLE
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted(Subscriber.objects.values_list("email", flat=True))
    assert Delivery.objects.exclude(state=DeliveryState.SENT).count() == 0


def test_control_without_the_lock_somebody_is_written_to_twice(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The claim as a look and a later write: workers take the same row."""

    def unlocked(issue: Issue) -> Delivery | None:
        row = Delivery.objects.select_related("subscriber", "issue").filter(issue=issue, state=DeliveryState.WAITING).order_by("pk").first()
        time.sleep(0.05)
        if row is not None:
            Delivery.objects.filter(pk=row.pk).update(state=DeliveryState.SENDING)
        return row

    monkeypatch.setattr(sending, "claim", unlocked)
    run_concurrently(lambda _index: sending.go_on(), 4)
    sent = [letter.to[0] for letter in mail.outbox]
    assert len(sent) > len(set(sent))
