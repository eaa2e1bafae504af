"""A backer's promise: take the place, open the payment, change one's mind. The key of the page makes it once.

A page sent again with other contents takes over from itself: its first payment is closed at the provider before.
Locks are taken in one order: project, pledge, tiers. No provider is called under a lock.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from lapinblanc import clock
from lapinblanc.money import Money

from shop.checkout import crash_points
from shop.checkout.snapshot import digest
from shop.funding import exceptions as problems
from shop.funding import mails, places
from shop.funding.models import LEAST, MOST, Pledge, PledgeState, Project, ProjectState, Tier
from shop.funding.settling import let_go, lock, settle_pledge
from shop.funding.snapshot import freeze
from shop.funding.states import move_pledge
from shop.psp import payments
from shop.psp.models import Capture, PaymentState

TRIES = 5


@dataclass(frozen=True, slots=True)
class PledgeRequest:
    """What the page sent. `tier_id` None is a free amount; `shown_total` is what the backer saw."""

    key: UUID
    tier_id: int | None
    shown_total: Money
    email: str
    name: str
    address: dict[str, str]
    message: str = ""
    message_public: bool = False
    anonymous: bool = False
    wants_updates: bool = False
    language: str = "fr"


def start_pledge(*, project: Project, backer: Any, asked: PledgeRequest) -> str:
    """Take the place, open the payment, and return the address where the backer confirms. The same key is one pledge.

    Raises NotOpen, TierGone, AmountChanged, AlreadyPledged, PledgeEnded, or ProviderError (then try again).
    """
    pledge = _opened(project=project, backer=backer, asked=asked, tries=TRIES)
    crash_points.reach("pledge_before_payment")
    return open_payment(pledge)


def _opened(*, project: Project, backer: Any, asked: PledgeRequest, tries: int) -> Pledge:
    try:
        return _open_pledge(project=project, backer=backer, asked=asked)
    except problems.StillPaying as other:
        if not tries or not _close_attempt(other.pledge):
            raise problems.AlreadyPledged(other.pledge) from other
    except (IntegrityError, problems.TierGone):
        # The same click may have taken the last place a moment ago: then it is found by its key.
        if not tries or not Pledge.objects.filter(key=asked.key).exists():
            raise
    return _opened(project=project, backer=backer, asked=asked, tries=tries - 1)


def open_payment(pledge: Pledge) -> str:
    """Open (or find again) the payment of a pledge's current attempt; returns the address where the backer confirms.

    Raises PledgeEnded, also for what was not promised before its project was decided; ProviderError.
    """
    if pledge.state == PledgeState.STARTED and pledge.project.state != ProjectState.OPEN:
        raise problems.PledgeEnded
    # Only a promise that is mended after the goal was reached is charged at once.
    capture = Capture.AUTOMATIC if pledge.project.state == ProjectState.SUCCEEDED else Capture.MANUAL
    with translation.override(pledge.language):
        return_url = settings.BASE_URL + reverse("funding:return", args=[pledge.key])
    payment, pay_url = payments.open_payment(
        key=f"pledge:{pledge.key}:{pledge.attempt}",
        amount=Money(pledge.amount_cents),
        transfer_group=f"pledge:{pledge.key}",
        email=pledge.email,
        return_url=return_url,
        capture=capture,
    )
    waiting = Pledge.objects.filter(
        pk=pledge.pk, attempt=pledge.attempt, state__in=[PledgeState.STARTED, PledgeState.FAILED]
    )
    if not waiting.update(payment=payment):
        # Expired, or sent again with other contents meanwhile: then nobody must be able to confirm this one.
        payments.close(payment)
        raise problems.PledgeEnded
    crash_points.reach("pledge_after_payment_opened")
    return pay_url


def cancel_pledge(*, pledge: Pledge) -> None:
    """The backer changes their mind before the close: the promise no longer counts, then the bank lets it go.

    Raises TooLate once the campaign is over. The sweep lets go what the provider could not be told now.
    """
    with transaction.atomic():
        project, locked = lock(pledge)
        if locked.state == PledgeState.CANCELLED:
            return
        if not project.takes_pledges or locked.state not in (PledgeState.STARTED, PledgeState.AUTHORISED):
            raise problems.TooLate
        promised = locked.state == PledgeState.AUTHORISED
        move_pledge(locked, PledgeState.CANCELLED)
        if promised:
            mails.after_commit(mails.announce_release, locked)
    let_go(locked)


def mend(*, pledge: Pledge) -> str:
    """After the bank refused: a new payment for the same pledge; returns its address. Twice is the same payment.

    Raises TooLate when the time to mend is over, ProviderError.
    """
    with transaction.atomic():
        project, locked = lock(pledge)
        in_time = locked.mend_until is not None and clock.now() < locked.mend_until
        if locked.state != PledgeState.FAILED or not in_time or project.state not in (ProjectState.OPEN, ProjectState.SUCCEEDED):
            raise problems.TooLate
        if locked.payment is not None and locked.payment.state == PaymentState.CANCELLED:
            locked.attempt += 1
            locked.save(update_fields=["attempt"])
    return open_payment(locked)


def amount_of(*, project: Project, tier_id: int | None, shown: Money) -> tuple[Tier | None, Money]:
    """The tier and what it costs; a free amount is what was typed. Raises TierGone, AmountChanged."""
    if tier_id is None:
        if not LEAST <= shown.cents <= MOST:
            raise problems.AmountChanged
        return None, shown
    tier = project.tiers.filter(pk=tier_id).first()
    if tier is None:
        raise problems.TierGone
    if tier.amount_cents != shown.cents:
        raise problems.AmountChanged
    return tier, Money(tier.amount_cents)


@transaction.atomic
def _open_pledge(*, project: Project, backer: Any, asked: PledgeRequest) -> Pledge:
    known = Pledge.objects.select_for_update(of=["self"]).select_related("payment", "project").filter(key=asked.key).first()
    if known is not None and (known.project_id != project.pk or known.state in (PledgeState.CANCELLED, PledgeState.RELEASED)):
        raise problems.PledgeEnded
    if known is not None and known.state != PledgeState.STARTED:
        raise problems.AlreadyPledged(known)
    project = Project.objects.select_related("vendor").get(pk=project.pk)
    if not project.takes_pledges:
        raise problems.NotOpen
    tier, amount = amount_of(project=project, tier_id=asked.tier_id, shown=asked.shown_total)
    facts = _facts(project, tier, amount, asked)
    if known is not None:
        return _again(known, facts)
    if tier is not None:
        places.take(tier.pk)
    return Pledge.objects.create(
        key=asked.key,
        token=secrets.token_urlsafe(32),
        project=project,
        backer=backer if backer is not None and backer.is_authenticated else None,
        expires_at=clock.now() + timedelta(minutes=settings.CHECKOUT_LIFETIME_MINUTES),
        holds_place=tier is not None,
        **facts,
    )


def _facts(project: Project, tier: Tier | None, amount: Money, asked: PledgeRequest) -> dict[str, Any]:
    address = asked.address if tier is not None and tier.needs_address else {}
    snapshot = freeze(project=project, tier=tier, amount=amount, email=asked.email, address=address, note=asked.message)
    return {
        "tier": tier,
        "amount_cents": amount.cents,
        "email": asked.email,
        "name": asked.name,
        "anonymous": asked.anonymous,
        "message": asked.message,
        "message_public": asked.message_public and bool(asked.message),
        "wants_updates": asked.wants_updates,
        "language": asked.language,
        "snapshot": snapshot,
        "evidence": digest(snapshot),
    }


def _again(known: Pledge, facts: dict[str, Any]) -> Pledge:
    """The same click again; or, with other contents, the same pledge under a new attempt."""
    if known.evidence != facts["evidence"]:
        if known.payment is not None:
            raise problems.StillPaying(known)
        known.attempt += 1
        before, after = known.tier_id, facts["tier"].pk if facts["tier"] else None
        if before != after:
            # Both rows in the order of their number.
            list(Tier.objects.select_for_update().filter(pk__in=[pk for pk in (before, after) if pk]).order_by("pk"))
            if before:
                places.give_back(before)
            if after:
                places.take(after)
            known.holds_place = bool(after)
    for name, value in facts.items():
        setattr(known, name, value)
    known.save()
    return known


def _close_attempt(pledge: Pledge) -> bool:
    """Close the open payment at the provider; False when it was confirmed after all, or is under way."""
    payment = pledge.payment
    if payment is None:
        return True
    if payments.refresh(payment).state != PaymentState.CREATED or payments.close(payment).state != PaymentState.CANCELLED:
        settle_pledge(pledge)
        return False
    Pledge.objects.filter(pk=pledge.pk, payment=payment, state=PledgeState.STARTED).update(payment=None, attempt=pledge.attempt + 1)
    return True
