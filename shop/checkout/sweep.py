"""What time does to checkouts: expire the unpaid, finish the paid whose process died, send refunds still waiting.

Run every minute by the worker; each step may run twice.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from lapinblanc import clock

from shop.checkout.models import CheckoutSession, SessionState
from shop.checkout.placement import settle
from shop.checkout.sessions import abandon
from shop.psp import payments
from shop.psp.models import PaymentState, Refund
from shop.psp.provider import ProviderError

log = logging.getLogger(__name__)

# The return page and the event have this long before the sweep looks for itself.
PATIENCE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class SweepReport:
    settled: int
    expired: int
    refunds_sent: int
    failed: int


def sweep_checkouts() -> SweepReport:
    """One pass over what is unfinished. A provider that cannot be reached leaves its rows for the next pass."""
    settled = expired = sent = failed = 0
    for session in _under_way():
        try:
            if session.payment is not None and settle(payment=session.payment) is not None:
                settled += 1
            elif session.expires_at <= clock.now() and abandon(session=session, state=SessionState.EXPIRED):
                expired += 1
        except ProviderError as trouble:
            failed += 1
            log.warning("session %s left for the next sweep: %s", session.key, trouble)
    for refund in Refund.objects.filter(sent_at__isnull=True):
        try:
            payments.send_refund(refund)
            sent += 1
        except ProviderError as trouble:
            failed += 1
            log.warning("refund %s left for the next sweep: %s", refund.pk, trouble)
    return SweepReport(settled=settled, expired=expired, refunds_sent=sent, failed=failed)


def _under_way() -> list[CheckoutSession]:
    """Open sessions, and closed ones whose payment succeeded all the same."""
    stale = clock.now() - PATIENCE
    paid_late = Q(state__in=[SessionState.EXPIRED, SessionState.CANCELLED], payment__state=PaymentState.SUCCEEDED)
    return list(
        CheckoutSession.objects.filter(Q(state=SessionState.OPEN, created_at__lte=stale) | paid_late)
        .select_related("payment")
        .order_by("pk")
    )
