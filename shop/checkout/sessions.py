"""Starting and ending a checkout: lock the basket, price it again, set stock aside, open the payment.

Locks are taken in one order everywhere: basket, session, stock records by number, codes by number. No provider is called under a lock.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from lapinblanc import clock
from lapinblanc.money import Money
from oscar.core.loading import get_model

from shop.baskets.pricing import quote_basket
from shop.checkout import crash_points, reservations, snapshot
from shop.checkout.exceptions import AlreadyPaying, BasketHasProblems, EmptyBasket, QuoteChanged
from shop.checkout.models import CheckoutSession, SessionState
from shop.checkout.reach import out_of_reach
from shop.psp import payments
from shop.psp.models import PaymentState

log = logging.getLogger(__name__)

OTHER_TABS_TO_CLOSE = 5


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """What the page sent: the buyer, where to send, what was chosen, and the total that was shown."""

    key: UUID
    email: str
    address: dict[str, str]
    shown_total: Money
    choices: Mapping[int, str] = field(default_factory=dict)
    codes: Mapping[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    relays: dict[int, str] = field(default_factory=dict)
    language: str = "fr"


def start_checkout(*, basket: Any, buyer: Any, asked: CheckoutRequest) -> str:
    """Reserve, open the payment, and return the address where the buyer pays. The same key gives the same payment.

    Raises EmptyBasket, BasketHasProblems, QuoteChanged, SoldOut, CodeRefused, AlreadyPaying, or ProviderError (then try again).
    """
    for _attempt in range(OTHER_TABS_TO_CLOSE):
        try:
            session = _open_session(basket=basket, buyer=buyer, asked=asked)
            break
        except AlreadyPaying as other:
            # The provider decides whether the other tab's payment can still be closed.
            if not abandon(session=other.session, state=SessionState.CANCELLED):
                raise
    else:
        raise AlreadyPaying(basket.checkout_sessions.filter(state=SessionState.OPEN).first())
    crash_points.reach("before_payment")
    return open_payment(session)


def open_payment(session: CheckoutSession) -> str:
    """Open (or find again) the provider's payment for a session; returns the address where the buyer pays."""
    payment, pay_url = payments.open_payment(
        key=f"checkout:{session.key}",
        amount=Money(session.total_cents),
        transfer_group=str(session.key),
        email=session.email,
        return_url=settings.BASE_URL + reverse("checkout:return", args=[session.key]),
    )
    # Another tab may have closed this session meanwhile: then nobody must be able to pay it.
    if not CheckoutSession.objects.filter(pk=session.pk, state=SessionState.OPEN).update(payment=payment):
        payments.close(payment)
        raise QuoteChanged
    crash_points.reach("after_payment_opened")
    return pay_url


def abandon(*, session: CheckoutSession, state: str) -> bool:
    """Close the payment at the provider, then give the stock back. False when the payment was made after all."""
    if session.payment is not None and payments.close(session.payment).state != PaymentState.CANCELLED:
        return False
    with transaction.atomic():
        locked = lock(session)
        opened_meanwhile = locked.payment_id != session.payment_id
        if locked.state == SessionState.OPEN and not opened_meanwhile:
            reservations.release(locked)
            locked.state, locked.closed_at = state, clock.now()
            locked.save(update_fields=["state", "closed_at"])
    return abandon(session=locked, state=state) if opened_meanwhile else True


def lock(session: CheckoutSession) -> CheckoutSession:
    """The basket's row, then the session's: the one order in which they are ever taken."""
    if session.basket_id is not None:
        get_model("basket", "Basket").objects.select_for_update().filter(pk=session.basket_id).first()
    return CheckoutSession.objects.select_for_update(of=["self"]).select_related("payment").get(pk=session.pk)


@transaction.atomic
def _open_session(*, basket: Any, buyer: Any, asked: CheckoutRequest) -> CheckoutSession:
    if basket.pk is None:
        raise EmptyBasket
    locked = get_model("basket", "Basket").objects.select_for_update().get(pk=basket.pk)
    known = CheckoutSession.objects.filter(key=asked.key).first()
    if known is not None and known.basket_id == locked.pk and known.state in (SessionState.OPEN, SessionState.PLACED):
        return _again(known, asked)
    live = CheckoutSession.objects.filter(basket=locked, state=SessionState.OPEN).select_related("payment").first()
    if live is not None:
        raise AlreadyPaying(live)
    quote = quote_basket(locked, choices=asked.choices, codes=asked.codes)
    if quote.is_empty or known is not None:
        raise EmptyBasket if quote.is_empty else QuoteChanged
    if quote.problems:
        raise BasketHasProblems(quote.problems)
    if far := out_of_reach(quote, asked.address.get("postcode", "")):
        raise BasketHasProblems(tuple(far))
    if quote.total != asked.shown_total:
        raise QuoteChanged
    session = CheckoutSession.objects.create(
        key=asked.key,
        basket=locked,
        buyer=buyer if buyer is not None and buyer.is_authenticated else None,
        email=asked.email,
        language=asked.language,
        total_cents=quote.total.cents,
        snapshot=snapshot.freeze(quote=quote, address=asked.address, notes=asked.notes, relays=asked.relays),
        expires_at=clock.now() + timedelta(minutes=settings.CHECKOUT_LIFETIME_MINUTES),
    )
    reservations.reserve(session)
    return session


def _again(known: CheckoutSession, asked: CheckoutRequest) -> CheckoutSession:
    """The same click again. A changed basket or address under the same key is another purchase: confirm it anew."""
    if known.state == SessionState.PLACED:
        raise AlreadyPaying(known)
    if known.total_cents != asked.shown_total.cents or known.snapshot["address"] != asked.address:
        raise AlreadyPaying(known)
    return known
