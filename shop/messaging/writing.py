"""What both sides do in a conversation: begin it, write, read, archive, block. The same key twice is one message.

Locks: the account (for the limit of a day), then the conversation. Mails leave after the commit, by `telling`.
"""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import get_language
from lapinblanc import clock
from lapinblanc.accounts.models import User

from shop.catalogue.models import Product
from shop.messaging.files import Kept, remove_files
from shop.messaging.models import LONGEST, Attachment, Conversation, InboxSettings, Message, Side
from shop.order.models import Order
from shop.vendors.models import TeamMember, Vendor

NEW_A_DAY = 12
MESSAGES_AN_HOUR = 30
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Unfit(Exception):
    """Nothing written and nothing attached, or too much written."""


class TooMany(Exception):
    """Too many new conversations today, or messages this hour."""


class Blocked(Exception):
    """One side wants to hear no more of the other."""


class NotYours(Exception):
    """A person who does not belong to this side of it: nothing may be written."""


def begin(
    *, vendor: Vendor, buyer: User, text: str, key: UUID, listing: Product | None = None, files: Sequence[Kept] = ()
) -> Conversation:
    """A signed-in person writes to a boutique about a listing or about nothing else; an older conversation goes on.

    Raises Unfit, TooMany, Blocked, NotYours (to one's own boutique).
    """
    _fit(text, files)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=buyer.pk)
        if TeamMember.objects.filter(vendor=vendor, user=buyer).exists():
            raise NotYours
        mine = Conversation.objects.filter(vendor=vendor, buyer=buyer)
        if mine.filter(order=None).exclude(blocked_by="").exists():
            raise Blocked
        known = mine.filter(listing=listing, order=None).order_by("pk").first()
        if known is None:
            if Conversation.objects.filter(buyer=buyer, started_at__gt=clock.now() - timedelta(days=1)).count() >= NEW_A_DAY:
                raise TooMany
            known = Conversation.objects.create(
                vendor=vendor, buyer=buyer, name=_name_of(buyer), listing=listing, language=_language(), subject=str(listing.title)[:255] if listing else ""
            )
        write(conversation=known, side=Side.BUYER, author=buyer, text=text, key=key, files=files)
    return known


def about_order(*, order: Order) -> Conversation:
    """The conversation of an order, made when it is first asked for; its buyer may be a guest."""
    purchase, address = order.purchase, order.shipping_address
    assert purchase is not None and order.vendor_id is not None  # noqa: PT018  every order that we create has both
    name = str(address.name) if address is not None else purchase.email.partition("@")[0]
    facts = {
        "vendor_id": order.vendor_id, "buyer": purchase.buyer, "email": purchase.email, "name": name[:120],
        "language": purchase.language, "subject": order.number,
    }
    return Conversation.objects.get_or_create(order=order, defaults=facts)[0]


def write(
    *, conversation: Conversation, side: str, author: User | None, text: str, key: UUID, files: Sequence[Kept] = ()
) -> Message:
    """One message. Raises Unfit, TooMany, Blocked, NotYours (the key is another conversation's)."""
    words = _fit(text, files)
    paths: list[str] = []
    try:
        with transaction.atomic():
            locked = Conversation.objects.select_for_update(of=["self"]).select_related("vendor").get(pk=conversation.pk)
            known = Message.objects.filter(key=key).first()
            if known is not None:
                if (known.conversation_id, known.side) != (locked.pk, side):
                    raise NotYours
                return known
            _check(locked, side)
            message = _add(locked, side, author, words, key)
            for kept in files:
                paths.append(kept.store())
                Attachment.objects.create(message=message, kind=kept.kind, name=kept.name, path=paths[-1], size=len(kept.data), width=kept.width, height=kept.height)
            if side == Side.BUYER:
                _answer_during_leave(locked)
    except BaseException:
        remove_files(paths)
        raise
    return message


def mark_read(*, conversation: Conversation, side: str) -> None:
    """What the other side wrote has been seen."""
    field = f"{side}_unread"
    if getattr(conversation, field):
        Message.objects.filter(conversation=conversation, read_at=None).exclude(side=side).update(read_at=clock.now())
        Conversation.objects.filter(pk=conversation.pk).update(**{field: False})
        setattr(conversation, field, False)


def archive(*, conversation: Conversation, away: bool) -> None:
    """Out of the boutique's inbox, or back; a new message brings it back by itself."""
    Conversation.objects.filter(pk=conversation.pk).update(archived_at=clock.now() if away else None)


def block(*, conversation: Conversation, side: str) -> None:
    """Nothing more is written in it; the other conversations about orders go on, since contracts do."""
    Conversation.objects.filter(pk=conversation.pk, blocked_by="", order=None).update(blocked_by=side)


def unblock(*, conversation: Conversation, side: str) -> None:
    """By whoever blocked it."""
    Conversation.objects.filter(pk=conversation.pk, blocked_by=side).update(blocked_by="")


def _check(conversation: Conversation, side: str) -> None:
    if conversation.blocked_by:
        raise Blocked
    recent = Message.objects.filter(conversation=conversation, side=side, automatic=False, sent_at__gt=clock.now() - timedelta(hours=1))
    if recent.count() >= MESSAGES_AN_HOUR:
        raise TooMany


def _add(conversation: Conversation, side: str, author: User | None, text: str, key: UUID, *, automatic: bool = False) -> Message:
    from shop.messaging.tasks import tell

    now = clock.now()
    message = Message.objects.create(conversation=conversation, side=side, author=author, text=text, key=key, automatic=automatic, sent_at=now)
    changed: dict[str, Any] = {"last_at": now, "buyer_unread" if side == Side.VENDOR else "vendor_unread": True}
    Conversation.objects.filter(pk=conversation.pk).update(**changed, **({} if automatic else {"archived_at": None}))
    transaction.on_commit(tell.enqueue)
    return message


def _answer_during_leave(conversation: Conversation) -> None:
    """The boutique's own words, once a day of Paris in each conversation."""
    vendor = conversation.vendor
    if not vendor.is_on_leave:
        return
    words = InboxSettings.objects.filter(vendor=vendor).values_list("leave_answer", flat=True).first()
    midnight = datetime.combine(clock.today(), time(), tzinfo=clock.PARIS)
    if words and not Message.objects.filter(conversation=conversation, automatic=True, sent_at__gte=midnight).exists():
        _add(conversation, Side.VENDOR, None, words, uuid4(), automatic=True)


def _fit(text: str, files: Sequence[Kept]) -> str:
    words = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(words) > LONGEST or not (words or files):
        raise Unfit
    return words


def _name_of(buyer: User) -> str:
    return (buyer.get_full_name() or buyer.email.partition("@")[0])[:120]


def _language() -> str:
    return (get_language() or "fr")[:5]
