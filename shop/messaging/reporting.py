"""Signed addresses to report one message of a conversation: for the side that reads it, and for two days.

The address names the message and the reader. An account's and a team's open for that account and that team alone; a guest's
is given on the page that her unguessable address opens. Whose it is not, it does not exist; it holds no secret of the conversation.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import reverse
from lapinblanc import clock

from shop.messaging.models import Message, Side
from shop.vendors.access import may, membership_of

LASTS = timedelta(days=2)
GUEST = "guest"
_SALT = "messaging.report"


@dataclass(frozen=True, slots=True)
class Reported:
    """A message that its reader may report. `back`: her page of the conversation; `address`: the same without a secret."""

    message: Message
    back: str
    address: str


def report_url(message_id: int, *, reader: str) -> str:
    """`reader`: a side signed in, or GUEST."""
    token = signing.Signer(salt=_SALT).sign(f"{message_id}-{reader}-{int(clock.now().timestamp())}")
    return reverse("moderation:report_message", args=[token])


def reported(token: str, *, user: Any) -> Reported | None:
    """None when the address is forged, old, or somebody else's, and for one's own words and hidden ones."""
    try:
        number, reader, moment = signing.Signer(salt=_SALT).unsign(token).split("-")
    except (signing.BadSignature, ValueError):
        return None
    if clock.now().timestamp() - int(moment) > LASTS.total_seconds():
        return None
    own = Side.VENDOR if reader == Side.VENDOR else Side.BUYER
    message = Message.objects.select_related("conversation").filter(pk=number, hidden_at=None).exclude(side=own).first()
    if message is None or not _is(reader, message, user):
        return None
    name = "inbox:inbox_thread" if own == Side.VENDOR else "messaging:thread"
    address = f"{reverse(name, args=[message.conversation_id])}#m-{message.pk}"
    back = f"{reverse('messaging:guest', args=[message.conversation.token])}#m-{message.pk}" if reader == GUEST else address
    return Reported(message, back, address)


def _is(reader: str, message: Message, user: Any) -> bool:
    conversation = message.conversation
    if reader == GUEST:
        return conversation.order_id is not None
    if reader == Side.BUYER:
        return bool(user.is_authenticated and conversation.buyer_id == user.pk)
    member = membership_of(user)
    return member is not None and member.vendor_id == conversation.vendor_id and may(member, "orders")
