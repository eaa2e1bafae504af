"""Stock set aside while a buyer pays, and uses of codes with it. Rows are taken in the order of their number, so that baskets never deadlock."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from lapinblanc import clock

from shop.checkout.exceptions import SoldOut
from shop.checkout.models import CheckoutSession, StockReservation
from shop.coupons import reserving
from shop.partner.exceptions import OutOfStock
from shop.partner.models import StockRecord


def reserve(session: CheckoutSession) -> None:
    """Set aside what the session's snapshot asks for, all of it or nothing. Raises SoldOut, CodeRefused. Inside a transaction."""
    lines = [line for parcel in session.snapshot["parcels"] for line in parcel["lines"] if line["tracks_stock"]]
    wanted: Counter[int] = Counter()
    for line in lines:
        wanted[line["stockrecord_id"]] += line["quantity"]
    gone: list[int] = []
    for record in _in_lock_order(wanted):
        try:
            record.allocate(wanted[record.pk])
        except OutOfStock:
            gone.append(record.pk)
    if gone:
        raise SoldOut(tuple(dict.fromkeys(line["title"] for line in lines if line["stockrecord_id"] in gone)))
    StockReservation.objects.bulk_create(
        StockReservation(session=session, stockrecord_id=pk, quantity=quantity) for pk, quantity in wanted.items()
    )
    reserving.reserve(key=session.key, email=session.email, account=session.buyer, parcels=session.snapshot["parcels"])


def release(session: CheckoutSession) -> None:
    """Give back what is still set aside; a second call finds nothing. Inside a transaction, session locked."""
    live = {row.stockrecord_id: row for row in session.reservations.filter(ended_at__isnull=True)}
    for record in _in_lock_order(live):
        record.cancel_allocation(live[record.pk].quantity)
    session.reservations.filter(ended_at__isnull=True).update(ended_at=clock.now())
    reserving.release(key=session.key)


def hand_over(session: CheckoutSession, *, orders: Iterable[Any]) -> None:
    """The allocation stays and belongs to the order's lines from now on; uses of codes belong to the orders."""
    session.reservations.filter(ended_at__isnull=True).update(ended_at=clock.now())
    reserving.hand_over(key=session.key, orders=orders)


def _in_lock_order(ids: Any) -> Any:
    return StockRecord.objects.filter(pk__in=list(ids)).select_related("product__parent").order_by("pk")
