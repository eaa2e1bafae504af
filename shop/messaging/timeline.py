"""What an order's timeline tells of its messages: how many were exchanged, and the way to them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.messaging.models import Message
from shop.order.timeline import Moment, Reader


def messages_of(orders: Sequence[Any], reader: Reader) -> Iterator[tuple[int, Moment]]:
    """One moment an order, dated by the last message that a person wrote. One query."""
    said = Message.objects.filter(conversation__order__in=orders, hidden_at=None, automatic=False)
    rows = {row["conversation__order"]: row for row in said.order_by().values("conversation__order").annotate(count=Count("pk"), last=Max("sent_at"))}
    for order in orders:
        row = rows.get(order.pk)
        if row is not None:
            text = ngettext("%(n)d message exchanged", "%(n)d messages exchanged", row["count"]) % {"n": row["count"]}
            url = reverse("inbox:inbox_order", args=[order.number]) if reader == Reader.VENDOR else reverse("messaging:order", args=[order.purchase.token, order.number])
            yield order.pk, Moment(row["last"], "mail", text, url=url, link=_("Read the messages"))
