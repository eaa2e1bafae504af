"""What the database itself refuses of a funding: changed promises, one place too many, impossible states."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from lapinblanc import clock

from shop.funding.models import Pledge, Project, Tier
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(market: Market) -> Project:
    return make.project(market.ocre)


def refused(statement: str, *values: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "change", ["goal_cents = 1000", "closes_at = closes_at + interval '1 day'", "opens_at = opens_at - interval '1 day'"]
)
def test_goal_and_dates_are_locked_after_the_opening(project: Project, change: str) -> None:
    refused(f"UPDATE funding_project SET {change} WHERE id = %s", project.pk)  # noqa: S608  our own words
    draft = make.project(project.vendor, slug="autre", state="draft")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE funding_project SET {change} WHERE id = %s", [draft.pk])  # noqa: S608
    assert Project.objects.get(pk=project.pk).goal_cents == project.goal_cents


@pytest.mark.parametrize("state", ["draft", "paid"])
def test_a_state_that_is_not_in_the_table_is_refused(project: Project, state: str) -> None:
    refused("UPDATE funding_project SET state = %s WHERE id = %s", state, project.pk)


def test_a_decided_project_stays_decided(project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(state="failed", decided_at=clock.now())
    for state in ("open", "succeeded", "cancelled"):
        refused("UPDATE funding_project SET state = %s WHERE id = %s", state, project.pk)
    refused("UPDATE funding_project SET promised_cents = 1 WHERE id = %s", project.pk)


def test_no_project_succeeds_below_its_goal(project: Project) -> None:
    refused("UPDATE funding_project SET state = 'succeeded', decided_at = now(), promised_cents = %s WHERE id = %s", project.goal_cents - 1, project.pk)


def test_a_tier_is_never_taken_beyond_its_limit(project: Project) -> None:
    tier = make.tier(project, limit=2)
    refused("UPDATE funding_tier SET taken = 3 WHERE id = %s", tier.pk)


def test_what_was_taken_keeps_its_amount_and_its_month(project: Project) -> None:
    taken, free = make.tier(project), make.tier(project, title="Libre")
    make.pledged(project, tier=taken)
    for change in ("amount_cents = 9000", "delivery_month = '2030-01-01'", "needs_address = false"):
        refused(f"UPDATE funding_tier SET {change} WHERE id = %s", taken.pk)  # noqa: S608
    Tier.objects.filter(pk=free.pk).update(amount_cents=9000)


def test_a_pledge_is_its_tiers_amount_and_one_euro_at_least(project: Project) -> None:
    pledge = make.pledged(project, tier=make.tier(project))
    other = make.tier(make.project(project.vendor, slug="autre"))
    refused("UPDATE funding_pledge SET amount_cents = 100 WHERE id = %s", pledge.pk)
    refused("UPDATE funding_pledge SET tier_id = %s WHERE id = %s", other.pk, pledge.pk)
    refused("UPDATE funding_pledge SET holds_place = false WHERE id = %s", pledge.pk)
    refused("UPDATE funding_pledge SET state = 'captured' WHERE id = %s", pledge.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.create(project=project, key=make.uuid4(), token="x", email="a@example.org", amount_cents=99, snapshot={}, expires_at=clock.now() + timedelta(hours=1))
