"""A buyer withdraws from pieces of an order (LAW R1-R6): the declaration, written once under the order's lock.

It moves neither money nor state: the boutique refunds when the pieces are back, or at once when they have not left,
through the verbs of `states.py`. No reason is asked.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from lapinblanc import clock

from shop.order import mails
from shop.order.models import Line, Order, OrderState, Withdrawal, WithdrawalLine
from shop.order.withdrawal_term import first_moment_after

OVER = (OrderState.CANCELLED, OrderState.RETURNED)


class NothingToWithdraw(Exception):
    """No piece, more than are left, too late, or pieces that the law excepts."""


def too_late_from(order: Any) -> datetime | None:
    """The instant from which it is too late, for an order fetched by `for_page()`; None while not everything has arrived."""
    arrived = [parcel.delivered_at for parcel in order.parcels.all()]
    if order.status != OrderState.DELIVERED or not arrived or None in arrived:
        return None
    return first_moment_after(max(arrived).astimezone(clock.PARIS).date())


def withdrawable(order: Any) -> dict[int, int]:
    """Pieces by line id from which the buyer may withdraw now, of an order fetched by `for_page()`."""
    end = too_late_from(order)
    if order.seller_facts.get("private") or order.status in OVER or (end is not None and clock.now() >= end):
        return {}
    left = {line.pk: line.quantity - max(line.withdrawn_quantity, line.quantity - line.kept_quantity) for line in order.lines.all() if line.withdrawal == "allowed"}
    return {pk: count for pk, count in left.items() if count > 0}


def declare(*, order: Order, pieces: dict[int, int], key: UUID) -> Withdrawal:
    """Write the declaration down and acknowledge it by mail; the same key is the same declaration. Raises NothingToWithdraw."""
    with transaction.atomic():
        locked = _lock(order)
        known = Withdrawal.objects.filter(key=key, order=locked).first()
        if known is not None:
            return known
        if Withdrawal.objects.filter(key=key).exists():
            # Of another order: a form of ours never does that.
            raise NothingToWithdraw
        left = withdrawable(locked)
        if not pieces or any(count < 1 or count > left.get(pk, 0) for pk, count in pieces.items()):
            raise NothingToWithdraw
        made = Withdrawal.objects.create(order=locked, key=key)
        for line in locked.lines.filter(pk__in=pieces).order_by("pk"):
            WithdrawalLine.objects.create(withdrawal=made, line=line, quantity=pieces[line.pk])
            # What came back unasked was never declared: the declaration stands above it.
            before = max(line.withdrawn_quantity, line.quantity - line.kept_quantity)
            Line.objects.filter(pk=line.pk).update(withdrawn_quantity=before + pieces[line.pk])
        transaction.on_commit(lambda: mails.announce_withdrawal(withdrawal_id=made.pk))
    return made


def _lock(order: Order) -> Any:
    return Order.objects.select_for_update(of=["self"]).get(pk=order.pk)
