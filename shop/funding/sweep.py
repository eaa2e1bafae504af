"""What time does to pledges: expire those not confirmed, finish those whose process died, let go what is over.

Run every twenty seconds by the worker; each step may run twice.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from lapinblanc import clock

from shop.funding import places
from shop.funding.models import Pledge, PledgeState
from shop.funding.settling import lock, settle_pledge
from shop.funding.states import move_pledge
from shop.psp import payments
from shop.psp.models import PaymentState
from shop.psp.provider import ProviderError

log = logging.getLogger(__name__)
PATIENCE = timedelta(seconds=20)
ALIVE = (PaymentState.CREATED, PaymentState.PROCESSING, PaymentState.AUTHORIZED)


@dataclass(frozen=True, slots=True)
class SweepReport:
    settled: int
    expired: int
    failed: int


def sweep_pledges() -> SweepReport:
    """One pass over what is unfinished. A provider that cannot be reached leaves its rows for the next pass."""
    settled = expired = failed = 0
    for pledge in _unfinished():
        before = pledge.state
        try:
            settle_pledge(pledge)
            if pledge.state == PledgeState.STARTED and pledge.expires_at <= clock.now():
                expired += expire(pledge)
            elif pledge.payment is not None and _too_late_to_mend(pledge):
                payments.close(pledge.payment)
                settle_pledge(pledge)
            elif pledge.state != before:
                settled += 1
        except ProviderError as trouble:
            failed += 1
            log.warning("pledge %s left for the next sweep: %s", pledge.key, trouble)
    _give_places_back()
    return SweepReport(settled=settled, expired=expired, failed=failed)


def expire(pledge: Pledge) -> int:
    """Close the payment at the provider, then give the place back; 0 when it was confirmed after all. Raises ProviderError."""
    if pledge.payment is not None:
        payments.close(pledge.payment)
        settle_pledge(pledge)
    with transaction.atomic():
        _project, locked = lock(pledge)
        if locked.state == PledgeState.STARTED and locked.payment_id is None:
            move_pledge(locked, PledgeState.CANCELLED)
    pledge.refresh_from_db()
    return int(pledge.state == PledgeState.CANCELLED)


def _unfinished() -> list[Pledge]:
    """Started ones; those being mended; those over whose promise the bank still holds."""
    stale = clock.now() - PATIENCE
    kept = Q(payment__state__in=ALIVE) | Q(payment__state=PaymentState.SUCCEEDED, payment__refunded_cents=0)
    over = Q(state__in=[PledgeState.CANCELLED, PledgeState.RELEASED]) & kept
    mending = Q(state=PledgeState.FAILED, payment__state__in=ALIVE)
    return list(
        Pledge.objects.filter(Q(state=PledgeState.STARTED, created_at__lte=stale) | over | mending)
        .select_related("payment", "project")
        .order_by("pk")
    )


def _too_late_to_mend(pledge: Pledge) -> bool:
    return pledge.state == PledgeState.FAILED and pledge.mend_until is not None and pledge.mend_until <= clock.now()


def _give_places_back() -> None:
    """The place of a refused pledge is kept as long as it can be mended."""
    late = Pledge.objects.filter(state=PledgeState.FAILED, holds_place=True, mend_until__lte=clock.now())
    for pledge in late:
        with transaction.atomic():
            _project, locked = lock(pledge)
            if locked.state == PledgeState.FAILED and locked.holds_place and locked.tier_id is not None:
                places.give_back(locked.tier_id)
                locked.holds_place = False
                locked.save(update_fields=["holds_place"])
