"""A campaign switches at its hour as one release: before, at, after, late, killed, twice; and by the clock of Paris."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from lapinblanc import clock
from lapinblanc.money import Money
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from editorial.authorship.invitations import invite
from editorial.authorship.roles import EDITOR
from editorial.campaigns import horizon, publishing, switching
from editorial.campaigns.invitations import invitations
from editorial.campaigns.models import CampaignPage, Switch
from editorial.campaigns.tasks import switch_again, switch_campaigns
from editorial.pages.collection import CollectionPage
from editorial.pages.story import StoryPage
from shop.catalogue.joining import join
from shop.catalogue.models import Product
from shop.partner.models import StockRecord
from shop.prices.models import PriceWindow
from tests import factories as make
from tests.factories import Market
from tests.web import houses

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def house(market: Market) -> houses.House:
    return houses.House.build(market)


def state(house: houses.House) -> tuple[bool, bool, str]:
    """Whether the two pieces of the release are live, and the title that readers see of the one that was live before."""
    rows = {page.pk: page for page in StoryPage.objects.filter(pk__in=[house.draft.pk, house.guest.pk])}
    live = StoryPage.objects.get(pk=house.known.pk)
    return rows[house.draft.pk].live, rows[house.guest.pk].live, live.title


BEFORE, DURING, AFTER = (False, False, "Au four"), (True, True, "Au four, de nouveau"), (True, False, "Au four, de nouveau")


def test_before_at_and_after_the_hour(house: houses.House) -> None:
    for moment, expected in ((house.starts - SECOND, BEFORE), (house.starts, DURING), (house.ends - SECOND, DURING), (house.ends, AFTER)):
        with clock.at(moment):
            switching.switch_due()
        assert state(house) == expected, moment


def test_everything_of_it_has_its_entry_in_the_log(house: houses.House) -> None:
    with clock.at(house.starts):
        switching.switch_due()
    assert PageLogEntry.objects.filter(page=house.draft.pk, action="wagtail.publish.scheduled").count() == 1
    assert PageLogEntry.objects.filter(page=house.campaign.pk, action="campaigns.start").count() == 1
    assert not ModelLogEntry.objects.exists()


def test_twice_is_once(house: houses.House) -> None:
    with clock.at(house.starts):
        assert switching.switch_due().switched == 1
        assert switching.switch_due().switched == 0
        house.known.refresh_from_db()
        page = StoryPage.objects.get(pk=house.known.pk)
        page.title = "Plus tard"
        page.save_revision()
        switching.switch_due()
    assert state(house) == DURING


def test_a_job_that_runs_late_switches_all_the_same(house: houses.House) -> None:
    with clock.at(house.starts + timedelta(days=2)):
        switch_campaigns.call()
    assert state(house) == DURING


def test_a_campaign_wholly_in_the_past_opens_and_closes_in_one_go(house: houses.House) -> None:
    """What was to go again never comes; what was to stay, stays."""
    with clock.at(house.ends + timedelta(days=3)):
        assert switching.switch_due().switched == 1
    assert state(house) == AFTER
    assert not PageLogEntry.objects.filter(page=house.guest.pk, action="wagtail.publish.scheduled").exists()
    assert set(Switch.objects.exclude(done_at=None).values_list("moment", flat=True)) == {"start", "end"}


def test_a_job_killed_in_the_middle_leaves_nothing_half_done(house: houses.House, monkeypatch: pytest.MonkeyPatch) -> None:
    real, seen = publishing.publish, []

    def breaks(revision: Any) -> None:
        seen.append(revision)
        real(revision)
        if len(seen) == 2:
            raise RuntimeError("killed")

    monkeypatch.setattr(publishing, "publish", breaks)
    with clock.at(house.starts):
        report = switching.switch_due()
    assert (report.switched, report.failed, len(seen)) == (0, 1, 2)
    assert state(house) == BEFORE
    failed = Switch.objects.get()
    assert (failed.done_at, failed.tries, failed.error) == (None, 1, "RuntimeError: killed")
    monkeypatch.undo()
    with clock.at(house.starts + timedelta(seconds=30)):
        assert switching.switch_due().switched == 0
        switch_again.call(house.campaign.pk)
    assert state(house) == DURING
    failed.refresh_from_db()
    assert failed.done_at is not None
    assert (failed.error, failed.retry_at) == ("", None)


def test_a_failure_is_tried_again_later_and_later_and_shown_to_operators(house: houses.House, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> None:
    monkeypatch.setattr(publishing, "publish", lambda revision: 1 / 0)
    moment = house.starts
    waits = []
    for _turn in range(8):
        with clock.at(moment), django_capture_on_commit_callbacks(execute=True):
            assert switching.switch_due().failed == 1
        retry = Switch.objects.get().retry_at
        assert retry is not None
        waits.append((retry - moment).total_seconds() / 60)
        moment = retry
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    from django_tasks_db.models import DBTaskResult

    jobs = DBTaskResult.objects.filter(task_path="editorial.campaigns.tasks.switch_again")
    assert jobs.count() == 8
    assert jobs.first().args_kwargs["args"] == [house.campaign.pk]


def test_one_campaign_that_fails_holds_no_other_back(house: houses.House, monkeypatch: pytest.MonkeyPatch) -> None:
    other = house.add_campaign("Autre", starts=house.starts)
    real = switching.switch_campaign
    monkeypatch.setattr(switching, "switch_campaign", lambda pk: real(pk) if pk == other.pk else 1 / 0)
    with clock.at(house.starts):
        report = switching.switch_due()
    assert (report.switched, report.failed) == (1, 1)


def test_a_request_after_the_hour_switches_when_the_job_is_late(house: houses.House) -> None:
    address = house.draft.get_url()
    with clock.at(house.starts - SECOND):
        assert Client().get(address).status_code == 404
    with clock.at(house.starts):
        cache.clear()
        assert Client().get(address).status_code == 200
    assert state(house) == DURING


def test_requests_look_into_the_cache_and_ask_nothing_more(house: houses.House, django_assert_num_queries: Any) -> None:
    with clock.at(house.starts - SECOND):
        with django_assert_num_queries(1):
            horizon.catch_up()
        with django_assert_num_queries(0):
            horizon.catch_up()
    with clock.at(house.starts):
        horizon.catch_up()
    assert state(house) == DURING


def test_what_cannot_be_switched_is_not_tried_at_each_request(house: houses.House, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    monkeypatch.setattr(switching, "switch_due", lambda: tried.append(1))
    with clock.at(house.starts):
        for _request in range(5):
            horizon.catch_up()
    assert tried == [1]


def test_pages_that_editors_schedule_switch_by_the_same_clock(house: houses.House) -> None:
    page = house.story("Programmée", live=False)
    page.go_live_at, page.expire_at = house.starts, house.ends
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    for moment, live in ((house.starts - SECOND, False), (house.starts, True), (house.ends, False)):
        with clock.at(moment):
            switching.switch_due()
        page.refresh_from_db()
        assert page.live is live, moment


def test_a_campaign_whose_own_page_is_scheduled_opens_with_it(house: houses.House) -> None:
    campaign = house.add_campaign("Cachée", starts=house.starts, live=False, release=[house.draft])
    campaign.go_live_at = house.starts
    campaign.save_revision().publish()
    assert Client().get(campaign.get_url()).status_code == 404
    with clock.at(house.starts):
        cache.clear()
        assert Client().get(campaign.get_url()).status_code == 200
        assert state(house)[0] is True


def test_a_draft_of_a_campaign_switches_nothing(house: houses.House) -> None:
    CampaignPage.objects.get(pk=house.campaign.pk).unpublish()
    with clock.at(house.ends):
        assert switching.switch_due().switched == 0
    assert state(house) == BEFORE


def test_cards_are_frozen_again_and_prices_of_the_list_follow(house: houses.House, market: Market) -> None:
    record = StockRecord.objects.get(product=market.bowl)
    found = next(row for row in invitations() if row.key == house.campaign.key)
    join(vendor=market.ocre, invitation=found, prices={record.pk: Money(4500)}, by=market.basile)
    prices = []
    for moment in (house.starts, house.ends):
        with clock.at(moment):
            switching.switch_due()
        prices.append(Product.objects.get(pk=market.bowl.pk).price_cents)
    assert prices == [4500, 5600]


def test_unpublishing_a_campaign_gives_up_its_prices(house: houses.House, market: Market) -> None:
    record = StockRecord.objects.get(product=market.bowl)
    join(vendor=market.ocre, invitation=invitations()[0], prices={record.pk: Money(4500)}, by=market.basile)
    CampaignPage.objects.get(pk=house.campaign.pk).unpublish()
    assert not PriceWindow.objects.filter(left_at=None).exists()
    assert invitations() == []


def test_a_campaign_ends_after_it_starts(house: houses.House) -> None:
    with pytest.raises(IntegrityError, match="campaign_ends_after"), transaction.atomic():
        CampaignPage.objects.filter(pk=house.campaign.pk).update(ends_at=house.starts)


@pytest.mark.parametrize(
    ("start", "utc"),
    [("2027-03-28T03:00", "2027-03-28T01:00"), ("2027-10-31T02:30", "2027-10-31T00:30"), ("2027-10-31T03:00", "2027-10-31T02:00")],
)
def test_hours_of_the_nights_when_the_clock_changes(house: houses.House, start: str, utc: str) -> None:
    """2:30 in the autumn night exists twice: Python's aware date says which; the switch is at that instant."""
    starts = datetime.fromisoformat(start).replace(tzinfo=clock.PARIS)
    assert starts.timestamp() == datetime.fromisoformat(f"{utc}+00:00").timestamp()
    campaign = house.add_campaign("La nuit", starts=starts, release=[house.draft])
    instant = datetime.fromtimestamp(starts.timestamp(), tz=UTC)
    with clock.at(instant - SECOND):
        switching.switch_due()
        assert CampaignPage.objects.get(pk=campaign.pk).phase == "coming"
    assert not Switch.objects.filter(campaign=campaign).exists()
    with clock.at(instant):
        switching.switch_due()
        assert CampaignPage.objects.get(pk=campaign.pk).phase == "running"
    assert Switch.objects.get(campaign=campaign).done_at is not None


def test_the_collection_of_a_campaign_may_come_with_it(house: houses.House) -> None:
    collection = house.collection("Table de Noël", live=False)
    campaign = house.add_campaign("Avec collection", starts=house.starts, release=[collection], collection=collection)
    with clock.at(house.starts):
        switching.switch_due()
    assert CollectionPage.objects.get(pk=collection.pk).live
    with clock.at(house.starts):
        assert "Table de Noël" in Client().get(campaign.get_url()).content.decode()


def test_what_a_creator_writes_after_the_editors_is_not_published_with_the_release(house: houses.House, market: Market) -> None:
    """She may write until the hour; nobody has read it, and publishing is the editors' alone."""
    story = house.draft
    story.vendor = market.ocre
    story.title = "Comme la rédaction l’a lu"
    story.save_revision(user=make.staff(EDITOR, "jeanne"))
    invite(page=story, by=None)
    Page.objects.filter(pk=house.campaign.pk).update(last_published_at=timezone.now())
    story.title = "Réécrit dans la nuit"
    late = story.save_revision(user=market.basile)
    with clock.at(house.starts):
        switching.switch_due()
    story.refresh_from_db()
    assert (story.live, story.title, story.has_unpublished_changes) == (True, "Comme la rédaction l’a lu", True)
    assert story.latest_revision_id == late.pk


def test_what_she_wrote_before_the_editors_published_the_release_goes_live(house: houses.House, market: Market) -> None:
    story = house.draft
    invite_to(story, market)
    story.title = "Écrit avec elle"
    story.save_revision(user=market.basile)
    Page.objects.filter(pk=house.campaign.pk).update(last_published_at=timezone.now())
    with clock.at(house.starts):
        switching.switch_due()
    story.refresh_from_db()
    assert (story.live, story.title) == (True, "Écrit avec elle")


def invite_to(story: StoryPage, market: Market) -> None:
    story.vendor = market.ocre
    story.save_revision()
    invite(page=story, by=None)
