"""What must hold after every fault (FAULTS I1-I9), and of announced reductions (LAW P7): each check yields sentences about what does not."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from lapinblanc import clock

from shop.catalogue.announced import unlawful_reductions
from shop.checkout.models import CheckoutSession, SessionState, StockReservation
from shop.coupons import reconcile as codes
from shop.coupons.models import Redemption, RedemptionState
from shop.ledger import reconcile
from shop.order.models import Line, Order, OrderState, Purchase
from shop.partner.models import StockRecord
from shop.psp.models import Payment, PaymentState

# A captured payment has this long to become a purchase or a refund.
PATIENCE = timedelta(minutes=15)


# What else a captured payment may have become: rooms above add theirs.
_explained: list[Q] = [Q(pk__in=[])]


def register(name: str, check: Callable[[], Iterator[str]]) -> None:
    """Another room's invariant, checked with the others."""
    CHECKS[name] = check


def explain_payments(condition: Q) -> None:
    """Captured payments that neither a purchase nor a refund explains, but this condition on their row."""
    _explained[0] |= condition


def split_of_the_payment() -> Iterator[str]:
    """I2: what the buyer paid is the sum of the orders, in the books as on the orders."""
    for purchase in Purchase.objects.annotate(sum=Sum(F("orders__goods_cents") + F("orders__shipping_cents"))).select_related("payment"):
        if purchase.sum != purchase.total_cents or purchase.payment.amount_cents != purchase.total_cents:
            yield f"{purchase.number}: paid {purchase.payment.amount_cents}, total {purchase.total_cents}, orders {purchase.sum}"
    sales = reconcile.sales_by_order()
    for number, goods, shipping in Order.objects.exclude(purchase=None).values_list("number", "goods_cents", "shipping_cents"):
        if sales.get(number) != goods + shipping:
            yield f"order {number}: {goods + shipping} sold, {sales.get(number)} booked"
    if reconcile.clearing_balance() != reconcile.owed_and_kept():
        yield "what the provider holds is not what is owed and kept"


def refunds_within_what_was_paid() -> Iterator[str]:
    """I3: refunds stay within the payment, the order and the line, and the books say the same."""
    booked = reconcile.refunds_by_order()
    for order in Order.objects.exclude(purchase=None).annotate(by_line=Sum("lines__refunded_cents")):
        if booked.get(order.number, 0) != order.refunded_cents:
            yield f"order {order.number}: {order.refunded_cents} refunded, {booked.get(order.number, 0)} booked"
        if not 0 <= (order.by_line or 0) <= order.goods_cents or order.refunded_cents > order.total_cents:
            yield f"order {order.number}: refunded beyond what was paid"
    for payment in Payment.objects.filter(purchase__isnull=False).annotate(orders=Sum("purchase__orders__refunded_cents")):
        if payment.refunded_cents != (payment.orders or 0):
            yield f"payment {payment}: {payment.refunded_cents} refunded, orders say {payment.orders}"


def stock_within_bounds() -> Iterator[str]:
    """I4: nothing is set aside that is not there."""
    for record in StockRecord.objects.filter(Q(num_allocated__lt=0) | Q(num_allocated__gt=F("num_in_stock"))):
        yield f"stock {record.pk}: {record.num_allocated} set aside of {record.num_in_stock}"


def stock_set_aside_for_somebody() -> Iterator[str]:
    """I5: what is set aside is what open orders and live checkouts hold."""
    orders = dict(Line.objects.filter(num_allocated__gt=0).order_by().values_list("stockrecord").annotate(n=Sum("num_allocated")))
    live = dict(StockReservation.objects.filter(ended_at=None).order_by().values_list("stockrecord").annotate(n=Sum("quantity")))
    for pk, allocated in StockRecord.objects.annotate(n=Coalesce("num_allocated", 0)).values_list("pk", "n"):
        held = orders.get(pk, 0) + live.get(pk, 0)
        if allocated != held:
            yield f"stock {pk}: {allocated} set aside, {held} held by orders and checkouts"


def one_order_per_key() -> Iterator[str]:
    """I6: one purchase per checkout key and per payment, one order per vendor in it."""
    for row in Order.objects.exclude(purchase=None).order_by().values("purchase", "vendor").annotate(n=Count("pk")).filter(n__gt=1):
        yield f"purchase {row['purchase']}: {row['n']} orders of vendor {row['vendor']}"
    for session in CheckoutSession.objects.filter(state=SessionState.PLACED):
        if not Purchase.objects.filter(checkout_key=session.key).exists():
            yield f"session {session.key} is placed without a purchase"


def nothing_pending_once_over() -> Iterator[str]:
    """I8: what was owed for an order that arrived or was cancelled is available or went back: neither more nor less."""
    pending = {number: cents for number, cents in reconcile.pending_by_order().items() if cents}
    over = (OrderState.DELIVERED, OrderState.RETURNED, OrderState.CANCELLED)
    for number in Order.objects.filter(number__in=pending, status__in=over).values_list("number", flat=True):
        yield f"order {number} is over, and {pending[number]} is still pending"


def codes_used_within_limits() -> Iterator[str]:
    """I9: no code is used too often, every use is an order's of that amount, and only live checkouts hold some."""
    yield from codes.uses_within_limits()
    live = CheckoutSession.objects.filter(state=SessionState.OPEN).values("key")
    for use in Redemption.objects.filter(state=RedemptionState.RESERVED).exclude(key__in=live):
        yield f"use {use.pk} of code {use.coupon_id} is reserved for nobody"


def every_payment_led_somewhere() -> Iterator[str]:
    """I7: captured money has a purchase or a refund within a quarter of an hour."""
    stale = Payment.objects.filter(state=PaymentState.SUCCEEDED, succeeded_at__lt=clock.now() - PATIENCE, purchase=None)
    for payment in stale.exclude(refunded_cents=F("amount_cents")).exclude(_explained[0]):
        yield f"payment {payment} has neither purchase nor refund"


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "I1 entries sum to zero": reconcile.unbalanced_entries,
    "I2 paid equals split": split_of_the_payment,
    "I3 refunds within bounds": refunds_within_what_was_paid,
    "I4 stock within bounds": stock_within_bounds,
    "I5 stock set aside for somebody": stock_set_aside_for_somebody,
    "I6 one order per key": one_order_per_key,
    "I7 every payment led somewhere": every_payment_led_somewhere,
    "I8 payouts within earnings": reconcile.overpaid_vendors,
    "I8 nothing pending once over": nothing_pending_once_over,
    "I9 codes used within their limits": codes_used_within_limits,
    "P7 announced reductions are lawful": unlawful_reductions,
}


def broken_invariants() -> list[str]:
    """All sentences, each with the name of its invariant; empty when everything holds."""
    return [f"{name}: {sentence}" for name, check in CHECKS.items() for sentence in check()]
