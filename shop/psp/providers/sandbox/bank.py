"""What happens inside the sandbox: paying by card, 3-D Secure, promises, settling late, and the events that this makes.

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
    """A payment under way succeeds when its time has come; a promise that was kept for some days only ends."""
    payment = _locked(reference)
    if payment.state == "processing" and payment.settles_at is not None and payment.settles_at <= clock.now():
        _reach(payment, _made(payment))
    elif payment.state == "authorized" and payment.authorized_until is not None and payment.authorized_until <= clock.now():
        payment.last_error = "authorisation_expired"
        _reach(payment, "cancelled")
    return payment


@transaction.atomic
def cancel(*, reference: str) -> SandboxPayment:
    payment = _locked(reference)
    if payment.state in ("created", "authorized"):
        _reach(payment, "cancelled")
    return payment


@transaction.atomic
def take(*, reference: str, key: str) -> SandboxPayment | None:
    """Charge what was promised, unless the bank refuses it today; the same key again changes nothing. None: not promised."""
    payment = settle_if_due(reference)
    if payment.capture_key == key:
        return payment
    ended = payment.state == "cancelled" and payment.last_error == "authorisation_expired"
    if payment.capture != "manual" or (payment.state != "authorized" and not ended):
        return None
    payment.capture_key = key
    if not ended:
        payment.last_error = payment.capture_refusal
        _reach(payment, "cancelled" if payment.capture_refusal else "succeeded")
    else:
        payment.save(update_fields=["capture_key"])
    return payment


def _locked(reference: str) -> SandboxPayment:
    return SandboxPayment.objects.select_for_update().get(reference=reference)


def _made(payment: SandboxPayment) -> str:
    return "authorized" if payment.capture == "manual" else "succeeded"


def _reach(payment: SandboxPayment, state: str) -> None:
    payment.state = state
    payment.save()
    _tell(payment, f"payment.{state}")


def _succeed(payment: SandboxPayment, card: Card) -> None:
    payment.state, payment.method, payment.last_error = _made(payment), _method(card), ""
    if payment.capture == "manual":
        payment.capture_refusal = card.capture
        payment.authorized_until = clock.now() + timedelta(days=card.keeps) if card.keeps else None
    _tell(payment, f"payment.{payment.state}", card)
    if card.reordered:
        # The end is told before the beginning.
        _tell(payment, "payment.processing", card, ago=timedelta(seconds=5))


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
