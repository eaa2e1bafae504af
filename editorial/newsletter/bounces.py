"""What came back: addresses that refuse for good or for the moment, complaints. Each is told once, however often it is repeated.

A hard bounce ends the subscription; so do three soft ones in a row; a complaint unsubscribes.
"""

import re
from typing import Any

from anymail.signals import EventType, RejectReason

from editorial.newsletter import consent
from editorial.newsletter.models import ConsentKind, Delivery, DeliveryState, Subscriber

SOFT_IN_A_ROW = 3
_FOR_THE_MOMENT = re.compile(r"^\s*(?:4\d\d\b|4\.\d+\.\d+)")
_COUNTED = (DeliveryState.SENT, DeliveryState.SOFT, DeliveryState.BOUNCED)


def hard(row: Delivery) -> None:
    """The address does not exist, or will never take our mail."""
    Delivery.objects.filter(pk=row.pk).update(state=DeliveryState.BOUNCED)
    consent.mark_bounced(subscriber=row.subscriber, issue=row.issue)


def soft(row: Delivery) -> None:
    """Full, or away; the third time in a row ends it."""
    Delivery.objects.filter(pk=row.pk, state__in=[DeliveryState.SENT, DeliveryState.SOFT]).update(state=DeliveryState.SOFT)
    latest = Delivery.objects.filter(subscriber=row.subscriber_id, state__in=_COUNTED).order_by("-issue__started_at", "-pk")
    states = list(latest.values_list("state", flat=True)[:SOFT_IN_A_ROW])
    if states == [DeliveryState.SOFT] * SOFT_IN_A_ROW:
        consent.mark_bounced(subscriber=row.subscriber, issue=row.issue)


def note(event: Any) -> None:
    """An event of a mail service, signed by it. What it says of people who never subscribed is nothing to us."""
    row = _delivery(event)
    person = row.subscriber if row else Subscriber.objects.filter(email__iexact=event.recipient or "").first()
    if person is None:
        return
    kind, reason = event.event_type, event.reject_reason
    issue = row.issue if row else None
    if kind == EventType.COMPLAINED or reason == RejectReason.SPAM:
        consent.unsubscribe(subscriber=person, issue=issue, kind=ConsentKind.COMPLAINED)
    elif kind == EventType.UNSUBSCRIBED or reason == RejectReason.UNSUBSCRIBED:
        consent.unsubscribe(subscriber=person, issue=issue)
    elif row is None:
        return
    elif kind == EventType.DELIVERED:
        Delivery.objects.filter(pk=row.pk, state=DeliveryState.SOFT).update(state=DeliveryState.SENT)
    elif kind == EventType.DEFERRED or (kind == EventType.BOUNCED and _is_soft(event)):
        soft(row)
    elif kind == EventType.BOUNCED or (kind == EventType.REJECTED and reason in (RejectReason.INVALID, RejectReason.BOUNCED)):
        hard(row)


def _delivery(event: Any) -> Delivery | None:
    """By the number that we gave the mail; else the last letter that the address was sent."""
    number = str((event.metadata or {}).get("delivery", ""))
    rows = Delivery.objects.select_related("subscriber", "issue").filter(subscriber__email__iexact=event.recipient or "")
    if number.isdecimal():
        return rows.filter(pk=int(number)).first()
    return rows.filter(state__in=_COUNTED).order_by("-sent_at", "-pk").first()


def _is_soft(event: Any) -> bool:
    """Services call it « soft » or « transient », or hand on the server's 4xx."""
    told = " ".join(str(text or "") for text in (event.mta_response, event.description))
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    if raw.get("hard_bounce") is False:
        return True
    words = " ".join(str(value) for value in raw.values() if isinstance(value, str)).lower()
    return bool(_FOR_THE_MOMENT.match(told.strip())) or "softbounce" in words or "soft_bounce" in words or "transient" in words
