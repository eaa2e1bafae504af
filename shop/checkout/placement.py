"""From a paid session to a Purchase: once, whoever asks (return page, event, job), and in one transaction.

`place_purchase` is the only way in which a Purchase is born. When no order can be made of a payment, it goes back.
"""

import logging
from typing import Any

from django.db import transaction
from lapinblanc import clock
from lapinblanc.money import Money

from shop.checkout import crash_points, reservations
from shop.checkout.exceptions import CannotPlace, NotPaid, SoldOut
from shop.checkout.models import CheckoutSession, SessionState
from shop.checkout.sessions import lock
from shop.checkout.snapshot import digest
from shop.coupons.exceptions import CodeRefused
from shop.order.creation import create_purchase
from shop.order.models import Purchase
from shop.psp import payments
from shop.psp.models import Payment, PaymentState

log = logging.getLogger(__name__)


def settle(*, payment: Payment) -> Purchase | None:
    """Bring a payment and its session to where the provider says they are; returns the Purchase when there is one.

    Safe to call at any time and any number of times. Raises ProviderError when the provider cannot be asked.
    """
    payments.refresh(payment)
    session = CheckoutSession.objects.filter(payment=payment).first()
    if session is None or payment.state != PaymentState.SUCCEEDED:
        return Purchase.objects.filter(payment=payment).first()
    try:
        return place_purchase(session=session)
    except CannotPlace:
        give_back(session=session)
        return None


def place_purchase(*, session: CheckoutSession) -> Purchase:
    """The Purchase of a paid session; the second call finds the first one's. Raises NotPaid, CannotPlace."""
    with transaction.atomic():
        locked = lock(session)
        if locked.state == SessionState.PLACED:
            return Purchase.objects.get(checkout_key=locked.key)
        _check_paid(locked)
        if locked.state != SessionState.OPEN:
            _reserve_again(locked)
        purchase = create_purchase(
            checkout_key=locked.key,
            buyer=locked.buyer,
            email=locked.email,
            language=locked.language,
            payment=locked.payment,
            snapshot=locked.snapshot,
            evidence=digest(locked.snapshot),
        )
        reservations.hand_over(locked, orders=purchase.orders.all())
        _take_out_of_basket(locked)
        locked.state, locked.closed_at = SessionState.PLACED, clock.now()
        locked.save(update_fields=["state", "closed_at"])
        crash_points.reach("before_commit")
    crash_points.reach("after_commit")
    log.info("purchase %s placed", purchase.number)
    return purchase


def give_back(*, session: CheckoutSession) -> None:
    """Refund in full a payment that can make no order; the key makes the second call a no-op."""
    with transaction.atomic():
        locked = lock(session)
        if locked.state in (SessionState.PLACED, SessionState.REFUNDED) or locked.payment is None:
            return
        reservations.release(locked)
        refund = payments.ask_refund(
            payment=locked.payment,
            key=f"no-order:{locked.key}",
            amount=Money(locked.payment.amount_cents),
            reason="no order could be made",
        )
        locked.state, locked.closed_at = SessionState.REFUNDED, clock.now()
        locked.save(update_fields=["state", "closed_at"])
    payments.send_refund(refund)
    log.warning("session %s: payment given back, no order could be made", session.key)


def _check_paid(session: CheckoutSession) -> None:
    payment = session.payment
    if payment is None or payment.state != PaymentState.SUCCEEDED:
        raise NotPaid
    if payment.amount_cents != session.total_cents or payment.refunded_cents:
        raise CannotPlace


def _reserve_again(session: CheckoutSession) -> None:
    """Paid after it had expired: still an order when every piece and code can be set aside again, else money back."""
    if session.state == SessionState.REFUNDED or _bought_in_another_tab(session):
        raise CannotPlace
    session.reservations.all().delete()
    try:
        with transaction.atomic():
            reservations.reserve(session)
    except (SoldOut, CodeRefused) as gone:
        raise CannotPlace from gone


def _bought_in_another_tab(session: CheckoutSession) -> bool:
    others = CheckoutSession.objects.filter(basket=session.basket, created_at__gte=session.created_at)
    return session.basket is not None and others.filter(state=SessionState.PLACED).exclude(pk=session.pk).exists()


def _take_out_of_basket(session: CheckoutSession) -> None:
    """What was bought leaves the basket; what was added while paying stays in it."""
    if session.basket is None:
        return
    for line in (line for parcel in session.snapshot["parcels"] for line in parcel["lines"]):
        row: Any = session.basket.lines.filter(pk=line["line_id"], product_id=line["product_id"]).first()
        if row is None:
            continue
        if row.quantity > line["quantity"]:
            row.quantity -= line["quantity"]
            row.save(update_fields=["quantity"])
        else:
            row.delete()
