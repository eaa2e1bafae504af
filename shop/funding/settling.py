"""Brings a pledge to where the bank says its payment is: once, whoever asks (return page, event, job).

A promise counts while its project is open. What comes too late, or twice, is let go or given back: money is only ever
kept for a captured pledge, and that one is booked in the same transaction.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from lapinblanc import clock
from lapinblanc.money import Money

from shop.checkout import crash_points
from shop.funding import mails
from shop.funding.booking import book
from shop.funding.exceptions import TierGone
from shop.funding.models import Pledge, PledgeState, Project, ProjectState
from shop.funding.states import move_pledge
from shop.psp import payments
from shop.psp.models import Payment, PaymentState
from shop.psp.provider import ProviderError

log = logging.getLogger(__name__)

# After a refusal by the bank, the backer has this long to pay in another way.
TIME_TO_MEND = timedelta(days=7)


def lock(pledge: Pledge) -> tuple[Project, Pledge]:
    """The project's row, then the pledge's: the one order in which they are ever taken."""
    project = Project.objects.select_for_update(of=["self"]).select_related("vendor").get(pk=pledge.project_id)
    locked = Pledge.objects.select_for_update(of=["self"]).select_related("payment", "tier").get(pk=pledge.pk)
    locked.project = project
    return project, locked


def settle(*, payment: Payment) -> Pledge | None:
    """The pledge of a payment, brought up to date; None when the payment is no pledge's. Raises ProviderError."""
    pledge = Pledge.objects.filter(payment=payment).first()
    if pledge is not None:
        return settle_pledge(pledge)
    kind, _colon, key = payment.transfer_group.partition(":")
    if kind != "pledge":
        return None
    attached = Pledge.objects.filter(key=key, payment=None, state=PledgeState.STARTED).first()
    if attached is not None and payment.idempotency_key == f"pledge:{attached.key}:{attached.attempt}":
        # The process died between the provider's answer and our row.
        Pledge.objects.filter(pk=attached.pk, payment=None, attempt=attached.attempt).update(payment=payment)
        return settle_pledge(attached)
    payments.refresh(payment)
    _undo(payment)
    return None


def settle_pledge(pledge: Pledge) -> Pledge:
    """Follow the pledge's payment; safe to call at any time and any number of times. Raises ProviderError."""
    pledge.refresh_from_db()
    if pledge.payment is None:
        return pledge
    payment = pledge.payment
    payments.refresh(payment)
    with transaction.atomic():
        project, locked = lock(pledge)
        unwanted = locked.payment_id != payment.pk or not _follow(project, locked)
        crash_points.reach("pledge_before_commit")
    crash_points.reach("pledge_after_commit")
    if unwanted:
        _undo(payment)
    pledge.refresh_from_db()
    return pledge


def let_go(pledge: Pledge) -> None:
    """Tell the bank now that a promise is over; the sweep does when it cannot be reached."""
    try:
        settle_pledge(pledge)
    except ProviderError as trouble:
        log.warning("pledge %s will be let go by the sweep: %s", pledge.key, trouble)


def _follow(project: Project, pledge: Pledge) -> bool:
    """One step of the pledge after its payment; False when the payment must not stand."""
    paid: Any = pledge.payment
    rule = RULES.get((PledgeState(pledge.state), PaymentState(paid.state)))
    if rule is None:
        over = pledge.state in (PledgeState.CANCELLED, PledgeState.RELEASED)
        return not (over and paid.state != PaymentState.CANCELLED)
    try:
        with transaction.atomic():
            return rule(project, pledge)
    except TierGone:
        return False


def _promise(project: Project, pledge: Pledge) -> bool:
    """The bank promised: it counts while the project is undecided, else it came too late."""
    if project.state != ProjectState.OPEN:
        move_pledge(pledge, PledgeState.RELEASED)
        mails.after_commit(mails.announce_release, pledge)
        return False
    move_pledge(pledge, PledgeState.AUTHORISED, authorised_at=clock.now(), mend_until=None)
    mails.after_commit(mails.announce_pledge, pledge)
    return True


def _keep(project: Project, pledge: Pledge) -> bool:
    """The money came: kept for a project that succeeded and for nothing else. What is given back counts no longer."""
    paid: Any = pledge.payment
    if project.state != ProjectState.SUCCEEDED or paid.amount_cents != pledge.amount_cents or paid.refunded_cents:
        move_pledge(pledge, PledgeState.RELEASED)
        return False
    move_pledge(pledge, PledgeState.CAPTURED, captured_at=clock.now())
    book(pledge)
    return True


def _refused(project: Project, pledge: Pledge) -> bool:
    """A promise that the bank no longer keeps: the backer is told how to mend it, and the place is kept as long."""
    move_pledge(pledge, PledgeState.FAILED, mend_until=clock.now() + TIME_TO_MEND)
    mails.after_commit(mails.announce_refusal, pledge)
    return True


def _gone(project: Project, pledge: Pledge) -> bool:
    move_pledge(pledge, PledgeState.CANCELLED)
    return True


RULES: dict[tuple[str, str], Callable[[Project, Pledge], bool]] = {
    (PledgeState.STARTED, PaymentState.AUTHORIZED): _promise,
    (PledgeState.FAILED, PaymentState.AUTHORIZED): _promise,
    (PledgeState.STARTED, PaymentState.SUCCEEDED): _keep,
    (PledgeState.FAILED, PaymentState.SUCCEEDED): _keep,
    (PledgeState.AUTHORISED, PaymentState.SUCCEEDED): _keep,
    (PledgeState.AUTHORISED, PaymentState.CANCELLED): _refused,
    (PledgeState.STARTED, PaymentState.CANCELLED): _gone,
}


def _undo(payment: Payment) -> None:
    """Let a promise go, or give back all that was not yet: the key makes the second call a no-op. Raises ProviderError."""
    if payment.state != PaymentState.SUCCEEDED:
        payments.close(payment)
    payment.refresh_from_db()
    if payment.state == PaymentState.SUCCEEDED:
        left = payment.amount_cents - payment.refunded_cents
        if not left and not payment.refunds.filter(idempotency_key=f"no-pledge:{payment.pk}").exists():
            return
        refund = payments.ask_refund(
            payment=payment, key=f"no-pledge:{payment.pk}", amount=Money(left), reason="no pledge stands behind it"
        )
        payments.send_refund(refund)
        log.warning("payment %s given back: no pledge stands behind it", payment)

