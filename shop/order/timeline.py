"""What happened to orders, dated, from rows that are there already; rooms above add theirs by `tells`.

A fixed number of queries, whatever the number of orders, parcels and refunds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.choices import TextChoices
from lapinblanc.money import Money

from shop.formats import money
from shop.order.models import Order, OrderState, OrderStatusChange, Removal, RemovalKind, WithdrawalLine
from shop.order.withdrawal_term import REFUND_DAYS
from shop.psp.models import Payment, Refund


class Reader(TextChoices):
    """Who reads: links lead where that side may go."""

    BUYER = "buyer", gettext_lazy("buyer")
    VENDOR = "vendor", gettext_lazy("boutique")


@dataclass(frozen=True, slots=True)
class Moment:
    """One line. `url` is shown under the words of `link`; `outside` when it is not ours."""

    at: datetime
    icon: str
    text: str
    detail: str = ""
    url: str = ""
    link: str = ""
    outside: bool = False


Source = Callable[[Sequence[Any], Reader], Iterable[tuple[int, Moment]]]
_sources: list[Source] = []

MOVED = {
    OrderState.MAKING: ("hammer", gettext_lazy("The making has begun")),
    OrderState.DELIVERED: ("package-check", gettext_lazy("Arrived")),
    OrderState.CANCELLED: ("x", gettext_lazy("Order cancelled")),
    OrderState.RETURNED: ("undo-2", gettext_lazy("The pieces came back")),
}


def tells(source: Source) -> None:
    """Another room's moments, by order id: `source(orders, reader)`, in a fixed number of queries."""
    if source not in _sources:
        _sources.append(source)


def timelines(orders: Sequence[Any], *, reader: Reader) -> dict[int, list[Moment]]:
    """The moments of each order fetched by `for_page()`, the oldest first."""
    found: dict[int, list[Moment]] = {order.pk: [_ordered(order)] for order in orders}
    for source in (_withdrawals, _removals, _paid, _moves, _parcels, *_sources):
        for pk, moment in source(orders, reader):
            found[pk].append(moment)
    for moments in found.values():
        # What happened at one instant stays in the order of the sources.
        moments.sort(key=lambda moment: moment.at)
    return found


def _ordered(order: Order) -> Moment:
    return Moment(order.date_placed, "shopping-bag", _("Ordered"))


def _paid(orders: Sequence[Any], reader: Reader) -> Iterator[tuple[int, Moment]]:
    """When the bank took the money, and each part that went back. Two queries."""
    payments = Payment.objects.filter(purchase__in={order.purchase_id for order in orders}).prefetch_related("refunds")
    by_purchase = {order.purchase_id: order.purchase.payment_id for order in orders if order.purchase_id}
    known = {payment.pk: payment for payment in payments}
    for order in orders:
        payment: Any = known.get(by_purchase.get(order.purchase_id))
        if payment is None:
            continue
        if payment.succeeded_at is not None:
            # The bank says so a moment before the order is written; read the other way round, it would puzzle.
            yield order.pk, Moment(max(payment.succeeded_at, order.date_placed), "credit-card", _("Paid: %(amount)s") % {"amount": money(Money(order.total_cents))})
        for refund in payment.refunds.all():
            if _is_of(refund, order):
                yield order.pk, Moment(refund.created_at, "wallet", _("Refunded: %(amount)s") % {"amount": money(Money(refund.amount_cents))}, detail=refund.reason)


def _is_of(refund: Refund, order: Order) -> bool:
    """A purchase's payment is one; the key says which of its orders was refunded."""
    return refund.idempotency_key.rpartition(":")[0] == f"order:{order.number}"


def _moves(orders: Sequence[Any], reader: Reader) -> Iterator[tuple[int, Moment]]:
    for change in OrderStatusChange.objects.filter(order__in=orders, new_status__in=MOVED).order_by("pk"):
        icon, text = MOVED[OrderState(change.new_status)]
        yield change.order_id, Moment(change.date_created, icon, str(text))


def _removals(orders: Sequence[Any], reader: Reader) -> Iterator[tuple[int, Moment]]:
    """Pieces taken out; the refund beside it says how much and why."""
    for row in Removal.objects.filter(line__order__in=orders).select_related("line"):
        icon = "x" if row.kind == RemovalKind.CANCELLED else "undo-2"
        text = _("%(count)d × %(title)s: %(what)s") % {"count": row.quantity, "title": row.line.title, "what": row.get_kind_display()}
        stock = _("Back in stock") if row.back_on_sale and reader == Reader.VENDOR else ""
        yield row.line.order_id, Moment(row.made_at, icon, text, detail=stock or ("" if row.refund_id else row.reason))


def _withdrawals(orders: Sequence[Any], reader: Reader) -> Iterator[tuple[int, Moment]]:
    for row in WithdrawalLine.objects.filter(line__order__in=orders).select_related("line", "withdrawal"):
        text = _("Withdrawal: %(count)d × %(title)s") % {"count": row.quantity, "title": row.line.title}
        by = row.withdrawal.declared_at + timedelta(days=REFUND_DAYS)
        yield row.line.order_id, Moment(row.withdrawal.declared_at, "undo-2", text, detail=_("To be refunded by %(day)s") % {"day": date_format(by, "j F Y")})


def _parcels(orders: Sequence[Any], reader: Reader) -> Iterator[tuple[int, Moment]]:
    for order in orders:
        for parcel in order.parcels.all():
            pieces = ", ".join(f"{row.quantity} × {row.line.title}" for row in parcel.lines.all())
            text = _("Parcel sent: %(parcel)s") % {"parcel": str(parcel)}
            yield order.pk, Moment(parcel.shipped_at, "truck", text, detail=pieces, url=parcel.tracking_url, link=_("Follow the parcel at the carrier’s"), outside=True)
