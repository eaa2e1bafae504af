"""Payments from our side: open one, look again, take a promise, close, refund. Rows follow the provider, forward only."""

import logging
from typing import Any

from django.db import transaction
from django.db.models import F
from lapinblanc import clock
from lapinblanc.money import Money
from lapinblanc.previews import is_preview

from shop.psp.models import Capture, Payment, PaymentState, Refund
from shop.psp.provider import PaymentFacts, ProviderError, provider

log = logging.getLogger(__name__)

# A late or doubled event never takes a payment backwards.
RANK = {
    PaymentState.CREATED: 0,
    PaymentState.PROCESSING: 1,
    PaymentState.AUTHORIZED: 2,
    PaymentState.CANCELLED: 3,
    PaymentState.SUCCEEDED: 4,
}


def open_payment(
    *, key: str, amount: Money, transfer_group: str, email: str, return_url: str, capture: str = Capture.AUTOMATIC
) -> tuple[Payment, str]:
    """Our row and the address where the buyer pays. The same key gives the same payment. Raises ProviderError."""
    _refuse_in_a_preview()
    from_provider = provider()
    facts = from_provider.create_payment(
        key=key,
        amount=amount,
        transfer_group=transfer_group,
        description=transfer_group,
        email=email,
        return_url=return_url,
        capture=str(capture),
    )
    payment, _made = Payment.objects.get_or_create(
        idempotency_key=key,
        defaults={
            "provider": from_provider.name,
            "reference": facts.reference,
            "transfer_group": transfer_group,
            "amount_cents": amount.cents,
            "capture": capture,
        },
    )
    return payment, facts.pay_url


def _refuse_in_a_preview() -> None:
    """A provider is outside: what it is told cannot be rolled back. Raises ProviderError."""
    if is_preview():
        raise ProviderError("a look at another date pays, takes, closes and refunds nothing")


def refresh(payment: Payment) -> PaymentFacts:
    """Ask the provider and move our row forward. Raises ProviderError."""
    facts = provider(payment.provider).retrieve_payment(reference=payment.reference)
    record(payment, facts)
    return facts


def capture(payment: Payment) -> PaymentFacts:
    """Take a promised payment in full; twice is once. The answer tells what the bank said. Raises ProviderError, ProviderRefused."""
    _refuse_in_a_preview()
    facts = provider(payment.provider).capture_payment(
        key=f"{payment.idempotency_key}:capture", reference=payment.reference, amount=Money(payment.amount_cents)
    )
    record(payment, facts)
    return facts


def close(payment: Payment) -> PaymentFacts:
    """Cancel a payment that was not made, or let a promise go; the answer tells whether it was made after all. Raises ProviderError."""
    _refuse_in_a_preview()
    facts = provider(payment.provider).cancel_payment(reference=payment.reference)
    record(payment, facts)
    return facts


def record(payment: Payment, facts: PaymentFacts) -> None:
    """Write what the provider says on our row, under its lock."""
    with transaction.atomic():
        row = Payment.objects.select_for_update().get(pk=payment.pk)
        state = PaymentState(facts.state)
        if RANK[state] > RANK[PaymentState(row.state)]:
            row.state = state
            row.method = facts.method or row.method
            if state == PaymentState.SUCCEEDED:
                row.succeeded_at = clock.now()
            row.save(update_fields=["state", "method", "succeeded_at"])
    payment.refresh_from_db()


def ask_refund(*, payment: Payment, key: str, amount: Money, reason: str) -> Refund:
    """Write down a refund to be sent; the same key is the same refund. The CHECK refuses more than was captured."""
    with transaction.atomic():
        refund, made = Refund.objects.get_or_create(
            idempotency_key=key, defaults={"payment": payment, "amount_cents": amount.cents, "reason": reason}
        )
        if made:
            Payment.objects.filter(pk=payment.pk).update(refunded_cents=F("refunded_cents") + amount.cents)
    return refund


def send_refund(refund: Refund) -> None:
    """Have the provider pay it; may run twice, the key makes the second a no-op. Raises ProviderError."""
    _refuse_in_a_preview()
    row: Any = Refund.objects.select_related("payment").get(pk=refund.pk)
    if row.sent_at is not None:
        return
    done = provider(row.payment.provider).refund(
        key=row.idempotency_key, reference=row.payment.reference, amount=Money(row.amount_cents)
    )
    Refund.objects.filter(pk=row.pk, sent_at__isnull=True).update(reference=done.reference, sent_at=clock.now())
    log.info("refund %s of %s sent", row.idempotency_key, row.payment)


def try_to_send(refund: Refund) -> None:
    """Send now when the provider answers; the sweep sends it otherwise."""
    try:
        send_refund(refund)
    except ProviderError as trouble:
        log.warning("refund %s will be sent by the sweep: %s", refund.idempotency_key, trouble)
