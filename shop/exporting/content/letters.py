"""What buyers and the boutique wrote to each other, with the files; what moderators hid is left out, and so are addresses."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from lapinblanc.private import private_storage

from shop.exporting.book import Book
from shop.messaging.models import Conversation, Message
from shop.vendors.models import Vendor

BATCH = 200


class Letters:
    name = "messages"
    files: Sequence[str] = ("messages.jsonl", "messages/")
    about = _("Your conversations with buyers, with the files that were attached.")

    def size(self, vendor: Vendor) -> int:
        return Conversation.objects.filter(vendor=vendor).count()

    def write(self, book: Book) -> None:
        with book.lines("messages.jsonl") as lines:
            for conversation in _conversations(book.vendor):
                lines.add(_facts(conversation, book))
                book.step(1)


def _conversations(vendor: Vendor) -> Iterator[Any]:
    """In batches by number: three queries each."""
    shown = Message.objects.filter(hidden_at=None).prefetch_related("attachments")
    rows = Conversation.objects.filter(vendor=vendor).select_related("order").prefetch_related(Prefetch("messages", shown)).order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield from batch


def _facts(conversation: Any, book: Book) -> dict[str, Any]:
    return {
        "subject": conversation.subject, "name": conversation.name, "listing": conversation.listing_id,
        "order": conversation.order.number if conversation.order else None, "started_at": conversation.started_at,
        "archived": conversation.archived_at is not None,
        "messages": [
            {
                "side": message.side, "text": message.text, "sent_at": message.sent_at, "automatic": message.automatic,
                "files": [_file(attachment, book) for attachment in message.attachments.all()],
            }
            for message in conversation.messages.all()
        ],
    }


def _file(attachment: Any, book: Book) -> dict[str, str]:
    return {"name": attachment.name, "file": book.private(private_storage(), attachment.path)}
