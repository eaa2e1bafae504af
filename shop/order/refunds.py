"""Money back to the buyer of an order, in full or in part: order, lines, ledger and payment in one transaction.

The provider is asked afterwards, by key, and again by the sweep until it has answered.
"""

from django.db import transaction
from django.db.models import F, Sum
from lapinblanc.money import Money

from shop.commissions.amounts import commission_to_return
from shop.ledger import journal
from shop.order.creation import about_order, charged_commission
from shop.order.models import Line, Order, OrderState
from shop.psp import payments
from shop.psp.models import Refund


class RefundTooLarge(Exception):
    """More than what is left of a line, or of the order."""


def still_owed(order: Order) -> Money:
    """What the vendor is owed of an order now: what was paid less what went back, less the commission on what stays."""
    goods = Money(order.lines.aggregate(total=Sum("refunded_cents"))["total"] or 0)
    charged = charged_commission(order)
    back = commission_to_return(charged=charged, goods=Money(order.goods_cents), refunded_before=Money(0), refund=goods)
    return Money(order.total_cents - order.refunded_cents) - (charged.incl - back.incl)


@transaction.atomic
def refund(*, order: Order, lines: dict[int, Money], shipping: Money, reason: str) -> Refund:
    """Refund amounts by line, and of shipping; the commission goes back pro rata of the goods. Raises RefundTooLarge."""
    locked = Order.objects.select_for_update(of=["self"]).select_related("purchase__payment").get(pk=order.pk)
    goods = Money.total(lines.values())
    before = Money(locked.lines.aggregate(total=Sum("refunded_cents"))["total"] or 0)
    _check(locked, lines, shipping, before)
    for pk, amount in lines.items():
        Line.objects.filter(pk=pk, order=locked).update(refunded_cents=F("refunded_cents") + amount.cents)
    back = commission_to_return(
        charged=charged_commission(locked), goods=Money(locked.goods_cents), refunded_before=before, refund=goods
    )
    total = goods + shipping
    key = f"{locked.number}:{locked.refunded_cents + total.cents}"
    locked.refunded_cents = locked.refunded_cents + total.cents
    locked.save(update_fields=["refunded_cents"])
    released = locked.status in (OrderState.DELIVERED, OrderState.RETURNED)
    journal.record_refund(about=about_order(locked), key=key, amount=total, commission=back, released=released)
    purchase = locked.purchase
    if purchase is None:
        raise RefundTooLarge("an order without purchase was never paid")
    asked = payments.ask_refund(payment=purchase.payment, key=f"order:{key}", amount=total, reason=reason)
    transaction.on_commit(lambda: payments.try_to_send(asked))
    order.refunded_cents = locked.refunded_cents
    return asked


def _check(order: Order, lines: dict[int, Money], shipping: Money, before: Money) -> None:
    known = {line.pk: line for line in order.lines.all()}
    for pk, amount in lines.items():
        line = known.get(pk)
        if line is None or amount.cents <= 0:
            raise RefundTooLarge("not a line of this order")
        if Money(line.refunded_cents) + amount > Money.from_decimal(line.line_price_incl_tax):
            raise RefundTooLarge(f"line {pk}")
    shipping_before = order.refunded_cents - before.cents
    if shipping.cents < 0 or shipping_before + shipping.cents > order.shipping_cents:
        raise RefundTooLarge("shipping")
    if not lines and not shipping:
        raise RefundTooLarge("nothing to refund")
