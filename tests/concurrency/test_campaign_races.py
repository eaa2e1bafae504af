"""Two workers and a request at the hour: a campaign opens once. With the lock off its pages are published twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError
from lapinblanc import clock
from wagtail.models import PageLogEntry

from editorial.campaigns import switching
from editorial.campaigns.models import CampaignPage, Switch
from shop.partner.models import StockRecord
from shop.prices.models import PriceWindow
from tests.concurrency.threads import run_concurrently
from tests.factories import Market
from tests.web import houses

pytestmark = pytest.mark.race
WORKERS = 6


@pytest.fixture
def house(open_market: Market, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield houses.House.build(open_market)


def all_at_once(house: houses.House) -> list[Any]:
    """Every worker switches at the same instant; a first try that failed has left its row, so that only the lock decides."""
    Switch.objects.create(campaign=house.campaign, moment="start", due_at=house.starts, tries=1, retry_at=house.starts)

    def work(_index: int) -> Any:
        with clock.at(house.starts + timedelta(seconds=1)):
            return switching.switch_campaign(house.campaign.pk)

    return run_concurrently(work, WORKERS)


def openings(house: houses.House) -> int:
    return PageLogEntry.objects.filter(page=house.campaign.pk, action="campaigns.start").count()


def test_a_campaign_opens_once_whoever_comes(house: houses.House) -> None:
    results = all_at_once(house)
    assert (results.count(True), results.count(False)) == (1, WORKERS - 1)
    assert openings(house) == 1
    assert PageLogEntry.objects.filter(page=house.draft.pk, action="wagtail.publish.scheduled").count() == 1


def test_control_without_the_lock_it_opens_more_than_once(house: houses.House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switching, "lock", lambda pk: CampaignPage.objects.filter(pk=pk, live=True).first())
    results = all_at_once(house)
    assert openings(house) > 1 or any(isinstance(result, Exception) for result in results)


def test_two_agreements_at_once_for_one_piece_are_one(open_market: Market, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        record = StockRecord.objects.get(product=open_market.bowl)
        starts = clock.now() + timedelta(days=1)

        def agree(_index: int) -> Any:
            return PriceWindow.objects.create(
                stockrecord=record, price_cents=4000, starts_at=starts, ends_at=starts + timedelta(days=1), campaign="c", agreed_at=clock.now()
            )

        results = run_concurrently(agree, 8)
        # PostgreSQL refuses the others by the constraint, or as deadlocked while they wait for each other.
        assert sum(isinstance(result, PriceWindow) for result in results) == 1
        assert sum(isinstance(result, IntegrityError | OperationalError) for result in results) == 7
        assert PriceWindow.objects.count() == 1
