"""Conversations as pages show them: the inbox of a boutique, the list of a buyer, one thread. A fixed number of queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from lapinblanc.numbers import whole

from shop.messaging.models import Attachment, Conversation, Message, Template
from shop.messaging.outside import leads_outside
from shop.messaging.reporting import GUEST, report_url
from shop.vendors.models import Vendor

PAGE = 30
MOST_IN_A_THREAD = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class File:
    name: str
    url: str
    is_picture: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message for one reader. `report_url`: of the other side's words, empty for one's own and hidden ones."""

    pk: int
    who: str
    text: str
    sent_at: datetime
    mine: bool
    automatic: bool
    hidden: bool
    read: bool
    careful: bool
    report_url: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class ConversationPage:
    rows: list[Conversation]
    older: str


def inbox(*, vendor: Vendor, archived: bool = False, words: str = "", after: str = "") -> ConversationPage:
    """Unread first, then the newest."""
    rows = Conversation.objects.filter(vendor=vendor, archived_at__isnull=not archived).select_related("order")
    if words:
        said = Message.objects.filter(conversation=OuterRef("pk"), text__icontains=words, hidden_at=None)
        rows = rows.filter(Q(name__icontains=words) | Q(subject__icontains=words) | Exists(said))
    return _page(rows.order_by("-vendor_unread", "-last_at", "-pk"), after, unread_first=True)


def conversations_of_buyer(*, user: Any, after: str = "") -> ConversationPage:
    return _page(Conversation.objects.filter(buyer=user).select_related("vendor").order_by("-last_at", "-pk"), after, unread_first=False)


def unread_of_vendor(vendor: Vendor) -> int:
    return Conversation.objects.filter(vendor=vendor, vendor_unread=True).count()


def thread(conversation: Conversation, *, side: str, file_url: Callable[[Attachment], str], guest: bool = False) -> list[Bubble]:
    """The last messages, the oldest first; what moderation hid has no words. `guest`: read by the unguessable address."""
    rows = Message.objects.filter(conversation=conversation).prefetch_related(Prefetch("attachments", Attachment.objects.order_by("pk")))
    newest = list(rows.order_by("-sent_at", "-pk")[:MOST_IN_A_THREAD])
    names: dict[str, str] = {"buyer": conversation.name, "vendor": conversation.vendor.name}
    reader = GUEST if guest else side
    return [_bubble(message, side, names, conversation.order_id is None, file_url, reader) for message in reversed(newest)]


def filled(template: Template, conversation: Conversation | None, *, name: str = "", number: str = "") -> str:
    """A template's words with its variables replaced; what is not known leaves nothing."""
    full = conversation.name if conversation else name
    about = conversation.order.number if conversation and conversation.order else number
    return template.text.replace("{prénom}", full.partition(" ")[0]).replace("{commande}", about)


def _bubble(message: Message, side: str, names: dict[str, str], before_order: bool, file_url: Callable[[Attachment], str], reader: str) -> Bubble:
    hidden, mine = message.hidden_at is not None, message.side == side
    return Bubble(
        pk=message.pk,
        who=_("You") if mine and not message.automatic else names[message.side],
        text="" if hidden else message.text,
        sent_at=message.sent_at,
        mine=mine,
        automatic=message.automatic,
        hidden=hidden,
        read=message.read_at is not None,
        report_url="" if mine or hidden else report_url(message.pk, reader=reader),
        careful=before_order and not mine and not hidden and leads_outside(message.text),
        files=() if hidden else tuple(File(row.name, file_url(row), row.kind == "picture", row.width, row.height) for row in message.attachments.all()),
    )


def _page(rows: QuerySet[Conversation], after: str, *, unread_first: bool) -> ConversationPage:
    """After the row that `after` names by unread, moment and number, whatever came or went meanwhile."""
    parts = [whole(part) for part in after.split(".")]
    if len(parts) == 3 and None not in parts:
        unread, moment, pk = (part or 0 for part in parts)
        last_at = EPOCH + timedelta(microseconds=min(moment, 10**16))
        older = Q(last_at__lt=last_at) | Q(last_at=last_at, pk__lt=pk)
        if unread_first:
            older = (Q(vendor_unread=True) & older) | Q(vendor_unread=False) if unread else Q(vendor_unread=False) & older
        rows = rows.filter(older)
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return ConversationPage(found[:PAGE], f"{int(last.vendor_unread)}.{(last.last_at - EPOCH) // timedelta(microseconds=1)}.{last.pk}" if last else "")
