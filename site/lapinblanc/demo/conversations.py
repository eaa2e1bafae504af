"""What buyers and boutiques of the demo write to each other, over the last weeks, by the verbs of the messages.

`fixtures/demo/conversations.json`: about a creation, an order or nothing else; a message stands so many days before today.
The last one of each waits to be read where nobody answered it. No mail leaves: all is claimed.
"""

import json
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from lapinblanc import clock
from lapinblanc.accounts.models import User
from shop.catalogue.models import Product
from shop.messaging import writing
from shop.messaging.models import Conversation, InboxSettings, Message, Side, Template
from shop.order.models import Order
from shop.vendors.models import Vendor

SOURCE = settings.ROOT / "fixtures" / "demo" / "conversations.json"
AT = "@demo.lapinblanc.example"
# Apart from what other modules of the demo number.
FIRST_KEY = 40_000
READ_WITHIN = 7
OTHER = {Side.BUYER: Side.VENDOR, Side.VENDOR: Side.BUYER}


@transaction.atomic
def write_messages() -> int:
    """Returns how many conversations; one whose order the demo no longer has is left out."""
    facts = json.loads(SOURCE.read_text(encoding="utf-8"))
    vendors = {vendor.slug: vendor for vendor in Vendor.objects.filter(slug__in=[row["boutique"] for row in facts["conversations"]])}
    for slug, rows in facts["templates"].items():
        Template.objects.bulk_create(Template(vendor=vendors[slug], title=title, text=text) for title, text in rows)
    for slug, row in facts["settings"].items():
        InboxSettings.objects.create(vendor=vendors[slug], **row)
    written = [_talk(row, vendors[row["boutique"]], FIRST_KEY + 100 * place) for place, row in enumerate(facts["conversations"])]
    Message.objects.filter(claimed_at=None).update(claimed_at=F("sent_at"))
    return sum(written)


def _talk(row: dict[str, Any], vendor: Vendor, key: int) -> bool:
    """One conversation, each message at its hour; who answers has read what came before."""
    buyer = User.objects.get(email=row["buyer"] + AT)
    conversation = _about(row, vendor, buyer)
    if conversation is None:
        return False
    owner = User.objects.get(email=vendor.slug + AT)
    for number, said in enumerate(row["messages"]):
        side = Side(said["by"])
        with clock.at(_moment(said)):
            conversation.refresh_from_db()
            writing.mark_read(conversation=conversation, side=side)
            author = buyer if side == Side.BUYER else owner
            writing.write(conversation=conversation, side=side, author=author, text=said["text"], key=UUID(int=key + number))
    _end(conversation, row)
    return True


def _end(conversation: Conversation, row: dict[str, Any]) -> None:
    """It began with its first message; what is older than a week was read long ago, answered or not."""
    first, last = row["messages"][0], row["messages"][-1]
    Conversation.objects.filter(pk=conversation.pk).update(started_at=_moment(first))
    conversation.refresh_from_db()
    if last["days"] > READ_WITHIN:
        with clock.at(_moment(last) + timedelta(hours=3)):
            writing.mark_read(conversation=conversation, side=OTHER[Side(last["by"])])
    if row.get("archived"):
        writing.archive(conversation=conversation, away=True)


def _about(row: dict[str, Any], vendor: Vendor, buyer: User) -> Conversation | None:
    if "order" in row:
        order = Order.objects.filter(vendor=vendor, user=buyer, lines__title__startswith=row["order"]).order_by("pk").first()
        return writing.about_order(order=order) if order is not None else None
    listing = Product.objects.by(vendor).filter(title=row["listing"]).first() if "listing" in row else None
    if "listing" in row and listing is None:
        return None
    return Conversation.objects.create(vendor=vendor, buyer=buyer, name=buyer.get_full_name(), listing=listing, subject=listing.title if listing else "")


def _moment(said: dict[str, Any]) -> datetime:
    """Never in the future, whatever the hour of loading: days are one or more."""
    return datetime.combine(clock.today() - timedelta(days=said["days"]), time.fromisoformat(said["at"]), tzinfo=clock.PARIS)
