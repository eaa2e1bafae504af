"""Delivers the sandbox's events to the shop's webhook, over HTTP and signed; an answer other than 2xx is tried again."""

import json
import logging
import urllib.error
import urllib.request
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from lapinblanc import clock

from shop.psp.providers.sandbox.bank import settle_if_due
from shop.psp.providers.sandbox.models import SandboxEvent, SandboxPayment
from shop.psp.providers.sandbox.signing import sign

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 12


def body_of(event: SandboxEvent) -> bytes:
    """What is sent; the same bytes for every copy of an event."""
    told = {
        "id": event.event_id,
        "type": event.kind,
        "created": event.occurred_at.isoformat(),
        "data": {"account": event.account.reference} if event.account else {"payment": event.payment.reference},  # type: ignore[union-attr]
    }
    return json.dumps(told, sort_keys=True).encode()


def deliver_due() -> int:
    """Settle what is due, then send what is due; returns how many copies were accepted."""
    now = clock.now()
    over = Q(state="processing", settles_at__lte=now) | Q(state="authorized", authorized_until__lte=now)
    for reference in SandboxPayment.objects.filter(over).values_list("reference", flat=True):
        settle_if_due(reference)
    accepted = 0
    due = SandboxEvent.objects.filter(due_at__lte=now, delivered__lt=F("copies"), attempts__lt=MOST_ATTEMPTS)
    for event in due.select_related("payment", "account").order_by("due_at", "pk"):
        accepted += _send(event)
    return accepted


def _send(event: SandboxEvent) -> int:
    body = body_of(event)
    request = urllib.request.Request(  # noqa: S310  our own address, from the settings
        settings.BASE_URL + reverse("psp:events", args=["sandbox"]),
        data=body,
        headers={"Content-Type": "application/json", "Payment-Signature": sign(body)},
    )
    event.attempts += 1
    try:
        with urllib.request.urlopen(request, timeout=5):  # noqa: S310
            event.delivered += 1
            done = 1
    except (urllib.error.URLError, TimeoutError) as trouble:
        log.warning("event %s not delivered: %s", event.event_id, trouble)
        event.due_at = clock.now() + timedelta(seconds=2**event.attempts)
        done = 0
    event.save(update_fields=["attempts", "delivered", "due_at"])
    return done
