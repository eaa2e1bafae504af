"""What happens inside the sandbox: paying by card, 3-D Secure, settling late, and the events that this makes.

Everything under a lock on the payment's row, as a real provider would serialise it.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from lapinblanc import clock

from shop.psp.providers.sandbox.cards import Card
from shop.psp.providers.sandbox.models import SandboxEvent, SandboxPayment

SETTLES_AFTER = timedelta(seconds=30)


@transaction.atomic
def pay(*, reference: str, card: Card) -> SandboxPayment:
    """Charge a card. A payment that is over stays as it is."""
    payment = _locked(reference)
    if payment.state != "created":
        return payment
    if card.result == "approve":
        _succeed(payment, card)
    elif card.result == "challenge":
        payment.pending_card = card.number
    elif card.result == "delay":
        payment.state, payment.settles_at = "processing", clock.now() + SETTLES_AFTER
        payment.method = _method(card)
        _tell(payment, "payment.processing")
    else:
        _decline(payment, card.result)
    payment.save()
    return payment


@transaction.atomic
def answer_challenge(*, reference: str, card: Card, passed: bool) -> SandboxPayment:
    """The buyer answered 3-D Secure."""
    payment = _locked(reference)
    if payment.state != "created" or payment.pending_card != card.number:
        return payment
    payment.pending_card = ""
    if passed:
        _succeed(payment, card)
    else:
        _decline(payment, "authentication_failed")
    payment.save()
    return payment


@transaction.atomic
def settle_if_due(reference: str) -> SandboxPayment:
    """A payment under way succeeds when its time has come."""
    payment = _locked(reference)
    if payment.state == "processing" and payment.settles_at is not None and payment.settles_at <= clock.now():
        payment.state = "succeeded"
        payment.save(update_fields=["state"])
        _tell(payment, "payment.succeeded")
    return payment


@transaction.atomic
def cancel(*, reference: str) -> SandboxPayment:
    payment = _locked(reference)
    if payment.state == "created":
        payment.state = "cancelled"
        payment.save(update_fields=["state"])
        _tell(payment, "payment.cancelled")
    return payment


def _locked(reference: str) -> SandboxPayment:
    return SandboxPayment.objects.select_for_update().get(reference=reference)


def _succeed(payment: SandboxPayment, card: Card) -> None:
    payment.state, payment.method, payment.last_error = "succeeded", _method(card), ""
    if card.reordered:
        # The end is told before the beginning.
        _tell(payment, "payment.succeeded", card)
        _tell(payment, "payment.processing", card, ago=timedelta(seconds=5))
    else:
        _tell(payment, "payment.succeeded", card)


def _decline(payment: SandboxPayment, code: str) -> None:
    payment.last_error = code
    _tell(payment, "payment.failed")


def _method(card: Card) -> str:
    return f"Carte •••• {card.number[-4:]}"


def _tell(payment: SandboxPayment, kind: str, card: Card | None = None, ago: timedelta = timedelta(0)) -> None:
    SandboxEvent.objects.create(
        event_id=f"evt_{secrets.token_hex(12)}",
        kind=kind,
        payment=payment,
        occurred_at=clock.now() - ago,
        due_at=clock.now() + timedelta(seconds=card.late if card else 0),
        copies=card.copies if card else 1,
    )
