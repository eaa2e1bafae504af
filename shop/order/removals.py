"""Pieces of a line that leave the contract: what goes back for them, what becomes of their stock, and what is counted.

Called by `states.py` alone, which holds the order's lock and decides where the order stands afterwards.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from lapinblanc.money import Money

from shop.order.models import Line, Order, Removal, RemovalKind
from shop.order.refunds import refund
from shop.psp.models import Refund

COUNTED = {RemovalKind.CANCELLED: "cancelled_quantity", RemovalKind.RETURNED: "returned_quantity"}


def stand_of(order: Any) -> str:
    """Where an order fetched by `for_page()` stands, as a form sends it back: any move, refund or removal since changes it."""
    gone = "-".join(f"{line.returned_quantity}.{line.cancelled_quantity}" for line in sorted(order.lines.all(), key=lambda line: line.pk))
    return f"{order.status}:{order.refunded_cents}:{gone}"


def remove(*, order: Order, kind: RemovalKind, pieces: dict[int, int], back_on_sale: bool, reason: str, shipping: bool) -> Refund | None:
    """Take `pieces` by line id out of the contract and refund them; all that is left of the shipping with them when asked.

    Call inside a transaction with the order locked and the bounds checked. Each line's price is shared among its pieces to
    the cent; what was given back for it before bounds what is left, so that nothing goes back twice.
    """
    # In number order, like every lock of stock.
    lines = list(order.lines.filter(pk__in=pieces).select_related("stockrecord__product__product_class").order_by("stockrecord_id", "pk"))
    amounts = {line.pk: price_of(line, pieces[line.pk]) for line in lines}
    asked = _refund(order, amounts, _shipping_left(order) if shipping else Money(0), reason)
    for line in lines:
        count = pieces[line.pk]
        _stock(line, kind, count, back_on_sale)
        Line.objects.filter(pk=line.pk).update(**{COUNTED[kind]: F(COUNTED[kind]) + count})
        Removal.objects.create(line=line, kind=kind, quantity=count, amount_cents=amounts[line.pk].cents, refund=asked, back_on_sale=back_on_sale, reason=reason)
    return asked


def price_of(line: Any, count: int) -> Money:
    """What goes back for `count` more pieces of a line, of what is left of its price (after the code's part)."""
    total = Money.from_decimal(line.line_price_incl_tax)
    gone = line.returned_quantity + line.cancelled_quantity
    share = Money.total(total.allocate([1] * line.quantity)[gone : gone + count])
    return min(share, total - Money(line.refunded_cents), key=lambda amount: amount.cents)


def _shipping_left(order: Any) -> Money:
    return Money(order.shipping_cents - (order.refunded_cents - sum(line.refunded_cents for line in order.lines.all())))


def _refund(order: Order, amounts: dict[int, Money], shipping: Money, reason: str) -> Refund | None:
    goods = {pk: amount for pk, amount in amounts.items() if amount}
    return refund(order=order, lines=goods, shipping=shipping, reason=reason) if goods or shipping else None


def _stock(line: Any, kind: RemovalKind, count: int, back_on_sale: bool) -> None:
    """Pieces set aside go back on sale, or are written off; pieces that came back are put back when the vendor says so."""
    record = line.stockrecord
    if record is None:
        return
    if kind == RemovalKind.RETURNED:
        if back_on_sale:
            record.put_back(count)
        return
    aside = min(count, line.num_allocated or 0)
    if aside:
        if back_on_sale:
            record.cancel_allocation(aside)
        else:
            record.consume_allocation(aside)
        Line.objects.filter(pk=line.pk).update(num_allocated=F("num_allocated") - aside)


def left_to_return(lines: Iterable[Any]) -> dict[int, int]:
    """By line id, what may still come back of an order that arrived."""
    return {line.pk: line.kept_quantity for line in lines if line.kept_quantity}
