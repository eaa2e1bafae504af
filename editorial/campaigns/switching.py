"""At the hour, everything of a campaign switches as one: pages, cards, log entry, in one transaction. At the end, the reverse.

The job calls `switch_due` every twenty seconds, a request that comes after the hour calls it when the job is late, and the
preview of a date calls it inside a transaction that is rolled back. Twice is the same as once: a row says what was done, its
campaign's row is locked meanwhile (SKIP LOCKED), and a process killed half-way leaves nothing.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from lapinblanc import clock
from lapinblanc.previews import is_preview
from wagtail.log_actions import log as journal

from editorial.campaigns import publishing
from editorial.campaigns.models import CampaignPage, Moment, Switch
from shop.api import refreeze_joined

log = logging.getLogger(__name__)
FIRST_RETRY, LAST_RETRY = timedelta(minutes=1), timedelta(hours=1)

NEXT = """
SELECT min(at) FROM (
  SELECT greatest(CASE waits.moment WHEN 'start' THEN campaign.starts_at ELSE campaign.ends_at END, switch.retry_at) AS at
  FROM editorial_campaigns_campaignpage campaign
  JOIN wagtailcore_page page ON page.id = campaign.page_ptr_id AND page.live
  CROSS JOIN (VALUES ('start'), ('end')) AS waits (moment)
  LEFT JOIN editorial_campaigns_switch switch ON switch.campaign_id = campaign.page_ptr_id AND switch.moment = waits.moment
  WHERE switch.done_at IS NULL
  UNION ALL SELECT approved_go_live_at FROM wagtailcore_revision WHERE approved_go_live_at IS NOT NULL
  UNION ALL SELECT expire_at FROM wagtailcore_page WHERE live AND expire_at IS NOT NULL
) AS instants
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did."""

    published: int
    switched: int
    taken_down: int
    failed: int


def switch_due() -> Report:
    """Everything whose hour has come: scheduled pages first (a campaign's own among them), campaigns, then what is over.

    One that fails stops no other: it is noted, told to the operators, and tried again later and later.
    """
    failed: list[int] = []
    published = sum(_guarded(partial(publishing.publish_scheduled, pk), f"revision {pk}", failed) for pk in publishing.scheduled_revisions())
    switched = sum(_try(pk, failed) for pk in due_campaigns())
    over = publishing.expired_rows()
    taken_down = sum(_guarded(partial(publishing.take_down_expired, model, pk), f"{model.__name__} {pk}", failed) for model, pk in over)
    return Report(published=published, switched=switched, taken_down=taken_down, failed=len(failed))


def due_campaigns() -> list[int]:
    """Live campaigns with a moment that is due and not done, the earliest first; those that failed wait for their next try."""
    now = clock.now()
    rows = undone(CampaignPage.objects.filter(live=True, starts_at__lte=now))
    rows = rows.filter(Q(start_undone=True) | Q(end_undone=True, ends_at__lte=now))
    resting = Switch.objects.filter(campaign=OuterRef("pk"), done_at=None, retry_at__gt=now)
    return list(rows.filter(~Exists(resting)).order_by("starts_at", "pk").values_list("pk", flat=True))


def undone(campaigns: Any) -> Any:
    """Campaigns with `start_undone` and `end_undone`."""
    done = Switch.objects.filter(campaign=OuterRef("pk"), done_at__isnull=False)
    return campaigns.annotate(start_undone=~Exists(done.filter(moment=Moment.START)), end_undone=~Exists(done.filter(moment=Moment.END)))


@transaction.atomic
def switch_campaign(pk: int) -> bool:
    """Bring one campaign to where the clock says it is. False when there is nothing to do or another worker is at it."""
    campaign = lock(pk)
    if campaign is None:
        return False
    now = clock.now()
    due = [(Moment.START, campaign.starts_at), (Moment.END, campaign.ends_at)]
    done = set(campaign.switches.filter(done_at__isnull=False).values_list("moment", flat=True))
    waiting = [(moment, at) for moment, at in due if at <= now and moment not in done]
    for moment, at in waiting:
        if moment == Moment.START:
            _open(campaign, over=campaign.ends_at <= now)
        else:
            _close(campaign)
        Switch.objects.update_or_create(campaign=campaign, moment=moment, defaults={"due_at": at, "done_at": now, "retry_at": None, "error": ""})
        journal(instance=campaign, action=f"campaigns.{moment}")
    if waiting:
        refreeze_joined(campaign.key)
    return bool(waiting)


def lock(pk: int) -> CampaignPage | None:
    """The campaign's row, unless another worker holds it."""
    rows: Any = CampaignPage.objects.select_for_update(skip_locked=True, of=["self"])
    return rows.filter(pk=pk, live=True).first()


def _open(campaign: CampaignPage, *, over: bool) -> None:
    """Its pages go live; when it is over already, those that were to go again never came."""
    # When an editor last looked at the whole and had it published, be it later.
    read = campaign.live_revision.created_at if campaign.live_revision is not None else campaign.last_published_at
    for piece in campaign.release.select_related("page"):
        if not (over and piece.taken_down):
            publishing.publish_latest_draft(piece.page, read_until=read)


def _close(campaign: CampaignPage) -> None:
    for piece in campaign.release.select_related("page").filter(taken_down=True, page__live=True):
        publishing.take_down(piece.page.specific)


def _try(pk: int, failed: list[int]) -> bool:
    try:
        with transaction.atomic():
            return switch_campaign(pk)
    except Exception as error:  # one campaign must not hold back the others
        log.exception("campaign %s could not switch", pk)
        failed.append(pk)
        _note_failure(pk, error)
        return False


def _note_failure(pk: int, error: Exception) -> None:
    """Keep why, and hand it to a job of its own: its failure stands on the operators' page of jobs, to be run again there."""
    # A local import: the job calls this module.
    from editorial.campaigns.tasks import switch_again

    now = clock.now()
    campaign = undone(CampaignPage.objects.filter(pk=pk)).get()
    moment, at = (Moment.START, campaign.starts_at) if campaign.start_undone else (Moment.END, campaign.ends_at)
    with transaction.atomic():
        switch, _made = Switch.objects.select_for_update().get_or_create(campaign=campaign, moment=moment, defaults={"due_at": at})
        switch.tries += 1
        switch.error = f"{type(error).__name__}: {error}"
        switch.retry_at = now + min(LAST_RETRY, FIRST_RETRY * 2 ** min(switch.tries - 1, 10))
        switch.save()
        if not is_preview():
            transaction.on_commit(lambda: switch_again.enqueue(pk))


def _guarded(work: Callable[[], bool], what: str, failed: list[int]) -> bool:
    try:
        with transaction.atomic():
            return work()
    except Exception:  # as above; the next run tries again
        log.exception("%s could not be switched", what)
        failed.append(0)
        return False


def next_instant() -> datetime | None:
    """When something is due next, or has been for long; None when nothing waits. One query."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT)
        found: datetime | None = cursor.fetchone()[0]
    return found
