"""Mails about new messages: grouped, after quiet hours, never twice.

A message is claimed and committed before its mail leaves; a mail that the server refused is let go of and tried again.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from lapinblanc import clock
from lapinblanc.mailing import compose

from shop.messaging.models import Conversation, InboxSettings, Message, Side
from shop.messaging.quiet import is_quiet

log = logging.getLogger(__name__)
MOST_AT_ONCE = 200
# What nobody could be told of in two days is not told any more.
FORGOTTEN = timedelta(days=2)


def tell_waiting() -> int:
    """Mail what has not been mailed: to each boutique one mail, to buyers one for each conversation; returns how many mails left."""
    sent = 0
    for messages in _claim():
        try:
            with translation.override(messages[0].conversation.language if messages[0].side == Side.VENDOR else "fr"):
                _mail(messages)
            sent += 1
        except OSError as trouble:
            log.warning("mail about messages not sent yet: %s", trouble)
            Message.objects.filter(pk__in=[message.pk for message in messages]).update(claimed_at=None)
    return sent


def _claim() -> list[list[Message]]:
    """Messages that are this run's alone to tell, as one list per mail. What was read or hidden meanwhile is not told."""
    now = clock.now()
    with transaction.atomic():
        waiting = Message.objects.filter(claimed_at=None, sent_at__gt=now - FORGOTTEN).select_for_update(of=["self"], skip_locked=True)
        rows = list(waiting.select_related("conversation__vendor", "conversation__buyer").prefetch_related("attachments").order_by("pk")[:MOST_AT_ONCE])
        quiet = _quiet_vendors({row.conversation.vendor_id for row in rows if row.side == Side.BUYER})
        mine = [row for row in rows if row.side == Side.VENDOR or row.conversation.vendor_id not in quiet]
        Message.objects.filter(pk__in=[row.pk for row in mine]).update(claimed_at=now)
    return _grouped(row for row in mine if row.read_at is None and row.hidden_at is None and address_for(row))


def _quiet_vendors(vendors: set[int]) -> set[int]:
    now = clock.now()
    rows = InboxSettings.objects.filter(vendor__in=vendors)
    return {row.vendor_id for row in rows if is_quiet(now, start=row.quiet_from, end=row.quiet_to, days=row.quiet_days)}


def _grouped(messages: Iterable[Message]) -> list[list[Message]]:
    groups: dict[tuple[str, int], list[Message]] = defaultdict(list)
    for message in messages:
        whom = message.conversation.vendor_id if message.side == Side.BUYER else message.conversation_id
        groups[message.side, whom].append(message)
    return list(groups.values())


def address_for(message: Message) -> str:
    """Whom a message is for."""
    conversation = message.conversation
    if message.side == Side.BUYER:
        return str(conversation.vendor.email)
    return str(conversation.buyer.email if conversation.buyer else conversation.email)


def address_of_thread(conversation: Conversation, *, side: str) -> str:
    """Where a side reads and answers: a guest by the unguessable address, everybody else signed in."""
    if side == Side.VENDOR:
        return reverse("inbox:inbox_thread", args=[conversation.pk])
    if conversation.buyer_id is not None:
        return reverse("messaging:thread", args=[conversation.pk])
    return reverse("messaging:guest", args=[conversation.token])


def _mail(messages: list[Message]) -> None:
    first = messages[0]
    reader = Side.VENDOR if first.side == Side.BUYER else Side.BUYER
    threads: dict[int, list[Message]] = defaultdict(list)
    for message in messages:
        threads[message.conversation_id].append(message)
    context = {
        "threads": [(rows[0].conversation, settings.BASE_URL + address_of_thread(rows[0].conversation, side=reader), rows) for rows in threads.values()],
        "from_buyer": first.side == Side.BUYER,
        "sender": first.conversation.name if first.side == Side.BUYER else first.conversation.vendor.name,
        "count": len(messages),
        "inbox": settings.BASE_URL + reverse("inbox:inbox"),
    }
    compose(template="message", to=address_for(first), context=context).send()
