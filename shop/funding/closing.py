"""The life of a project: opened by the house, decided at its date, its promises then taken or let go, one by one.

The decision is one transaction under the project's lock. What follows is resumable: each pass takes up the promises
that are left, each by its key. A process killed anywhere leaves the rest to the next pass.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Sum
from lapinblanc import clock

from shop.checkout import crash_points
from shop.funding import mails
from shop.funding.models import Pledge, PledgeState, Project, ProjectState
from shop.funding.settling import TIME_TO_MEND, lock, settle_pledge
from shop.funding.states import move_pledge, move_project
from shop.psp import payments
from shop.psp.models import PaymentState
from shop.psp.provider import ProviderError, ProviderRefused

log = logging.getLogger(__name__)

# How long the decision waits for a provider that doesn't say what became of a payment under way.
PATIENCE_AT_CLOSE = timedelta(hours=1)


class NotReady(Exception):
    """A project that cannot open: over before it begins, or without a way to give."""


def open_project(*, project: Project) -> Project:
    """Open a draft: pledges are taken from `opens_at` on. Goal and dates are locked from now on. Raises NotReady, ImpossibleMove."""
    with transaction.atomic():
        locked = Project.objects.select_for_update().get(pk=project.pk)
        if locked.closes_at <= clock.now():
            raise NotReady("its date is over")
        if locked.vendor.state != "approved":
            raise NotReady("its boutique is not open")
        move_project(locked, ProjectState.OPEN)
    project.refresh_from_db()
    return project


def stop_project(*, project: Project) -> Project:
    """The house or the creator stops it: every promise is let go. Raises ImpossibleMove."""
    _decide(project, stopped=True)
    project.refresh_from_db()
    finish(project)
    return project


def close_due() -> int:
    """Decide the projects whose date has come, and go on with those decided; returns promises taken or let go."""
    for project in Project.objects.filter(state=ProjectState.OPEN, closes_at__lte=clock.now()).order_by("pk"):
        close(project)
    unfinished = Project.objects.filter(decided_at__isnull=False, settled_at__isnull=True)
    return sum(finish(project) for project in unfinished.order_by("pk"))


def close(project: Project) -> bool:
    """Decide one project whose date has come; False when the provider must first say what is under way."""
    told = [_last_word(pledge) for pledge in project.pledges.filter(state=PledgeState.STARTED)]
    if not all(told) and clock.now() < project.closes_at + PATIENCE_AT_CLOSE:
        return False
    _decide(project)
    crash_points.reach("funding_decided")
    return True


def finish(project: Project) -> int:
    """Take or let go each promise that is left; returns how many. Twice finds nothing."""
    project.refresh_from_db()
    step = _take if project.state == ProjectState.SUCCEEDED else _let_go
    done = 0
    promised = Pledge.objects.filter(project=project, state=PledgeState.AUTHORISED).select_related("payment", "project")
    for pledge in promised.order_by("pk").iterator(chunk_size=100):
        try:
            done += step(pledge)
        except (ProviderError, ProviderRefused) as trouble:
            log.warning("pledge %s left for the next pass: %s", pledge.key, trouble)
    if project.state != ProjectState.SUCCEEDED:
        for pledge in Pledge.objects.filter(project=project, state=PledgeState.FAILED):
            _release(pledge)
    if not promised.exists() and Project.objects.filter(pk=project.pk, settled_at=None).update(settled_at=clock.now()):
        mails.announce_decision(project_id=project.pk)
    return done


def _last_word(pledge: Pledge) -> bool:
    """What became of a payment under way; one that nobody confirmed is closed. False when the provider doesn't say."""
    try:
        settle_pledge(pledge)
        payment = pledge.payment
        if payment is not None and pledge.state == PledgeState.STARTED and payment.state == PaymentState.CREATED:
            payments.close(payment)
            settle_pledge(pledge)
    except ProviderError as trouble:
        log.warning("pledge %s: the decision waits: %s", pledge.key, trouble)
        return False
    return payment is None or pledge.state != PledgeState.STARTED


def _decide(project: Project, *, stopped: bool = False) -> None:
    with transaction.atomic():
        locked = Project.objects.select_for_update().get(pk=project.pk)
        if locked.decided_at is not None and not stopped:
            return
        sums = locked.pledges.filter(state=PledgeState.AUTHORISED).aggregate(cents=Sum("amount_cents"), backers=Count("pk"))
        promised = sums["cents"] or 0
        reached = ProjectState.SUCCEEDED if promised >= locked.goal_cents else ProjectState.FAILED
        move_project(
            locked,
            ProjectState.CANCELLED if stopped else reached,
            decided_at=clock.now(),
            promised_cents=promised,
            backers=sums["backers"],
        )
        if locked.state == ProjectState.SUCCEEDED:
            # Promises that lapsed meanwhile may still be mended, like those that the bank refuses today.
            locked.pledges.filter(state=PledgeState.FAILED).update(mend_until=clock.now() + TIME_TO_MEND)


def _take(pledge: Pledge) -> int:
    assert pledge.payment is not None  # noqa: S101  a promise has one, by a constraint
    crash_points.reach("funding_before_capture")
    try:
        payments.capture(pledge.payment)
    except ProviderRefused as refused:
        log.warning("pledge %s: %s", pledge.key, refused)
    crash_points.reach("funding_after_capture")
    return int(settle_pledge(pledge).state != PledgeState.AUTHORISED)


def _let_go(pledge: Pledge) -> int:
    assert pledge.payment is not None  # noqa: S101  a promise has one, by a constraint
    payments.close(pledge.payment)
    return _release(pledge)


def _release(pledge: Pledge) -> int:
    with transaction.atomic():
        _project, locked = lock(pledge)
        if locked.state not in (PledgeState.AUTHORISED, PledgeState.FAILED):
            return 0
        move_pledge(locked, PledgeState.RELEASED)
        mails.after_commit(mails.announce_release, locked)
    return 1
