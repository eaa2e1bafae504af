"""The states of an order and the moves between them: one table, one door.

Every move takes the order's lock, checks the table, writes the change down, and does what the move means for
stock and ledger in the same transaction. An impossible move raises ImpossibleMove and changes nothing.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from lapinblanc import clock

from shop.ledger import journal
from shop.order import mails
from shop.order.creation import about_order
from shop.order.models import Line, Order, OrderState, OrderStatusChange, Parcel, ParcelLine, RemovalKind
from shop.order.refunds import still_owed
from shop.order.removals import left_to_return, remove, stand_of

MOVES: dict[str, frozenset[str]] = {
    OrderState.PLACED: frozenset({OrderState.MAKING, OrderState.SHIPPED, OrderState.CANCELLED}),
    OrderState.MAKING: frozenset({OrderState.SHIPPED, OrderState.CANCELLED}),
    OrderState.SHIPPED: frozenset({OrderState.DELIVERED}),
    OrderState.DELIVERED: frozenset({OrderState.RETURNED}),
    OrderState.CANCELLED: frozenset(),
    OrderState.RETURNED: frozenset(),
}


class ImpossibleMove(Exception):
    """The order is not in a state from which this can be done."""


class NothingToShip(Exception):
    """No piece, or more pieces than are left to send, were chosen for a parcel."""


class ChangedMeanwhile(Exception):
    """The order is no longer as the form showed it: somebody moved, refunded or removed something."""


class TooManyPieces(Exception):
    """No piece, or more pieces than are left, were chosen."""


def start_making(*, order: Order) -> Order:
    """The maker begins. Raises ImpossibleMove."""
    return _move(order, OrderState.MAKING)


def ship(*, order: Order, carrier: str, tracking: str, quantities: dict[int, int] | None = None) -> Parcel:
    """A parcel leaves with `quantities` by line id, or all that is left. The order is shipped when nothing is left.

    Raises ImpossibleMove, NothingToShip.
    """
    with transaction.atomic():
        locked = _lock(order)
        if locked.status not in (OrderState.PLACED, OrderState.MAKING):
            raise ImpossibleMove(locked.status)
        left = left_to_ship(locked)
        sending = {pk: count for pk, count in (left if quantities is None else quantities).items() if count}
        if not sending or any(count < 0 or count > left.get(pk, 0) for pk, count in sending.items()):
            raise NothingToShip
        parcel = Parcel.objects.create(order=locked, carrier=carrier, tracking=tracking)
        for line in locked.lines.filter(pk__in=sending).select_related("stockrecord").order_by("stockrecord_id"):
            ParcelLine.objects.create(parcel=parcel, line=line, quantity=sending[line.pk])
            _consume(line, sending[line.pk])
        if sending == left:
            _write(locked, OrderState.SHIPPED)
        elif locked.status == OrderState.PLACED:
            _write(locked, OrderState.MAKING)
        parcel_id = parcel.pk
        transaction.on_commit(lambda: mails.announce_parcel(parcel_id=parcel_id))
    order.refresh_from_db()
    return parcel


def correct_tracking(*, parcel: Parcel, carrier: str, tracking: str) -> None:
    """A number that was typed wrong; the parcel and its pieces stay as they are."""
    Parcel.objects.filter(pk=parcel.pk).update(carrier=carrier, tracking=tracking)


def deliver(*, order: Order) -> Order:
    """Everything arrived: what the vendor is owed becomes available. Raises ImpossibleMove."""

    def release(locked: Order) -> None:
        locked.parcels.filter(delivered_at__isnull=True).update(delivered_at=clock.now())
        journal.record_release(about=about_order(locked), amount=still_owed(locked))

    return _move(order, OrderState.DELIVERED, release)


def cancel(*, order: Order, reason: str) -> Order:
    """Before anything left: stock goes back on sale, the whole order is refunded, its commission given back.

    Raises ImpossibleMove, also when a parcel has left already.
    """

    def undo(locked: Order) -> None:
        if locked.parcels.exists():
            raise ImpossibleMove("a parcel has left")
        remove(order=locked, kind=RemovalKind.CANCELLED, pieces=left_to_ship(locked), back_on_sale=True, reason=reason, shipping=True)

    return _move(order, OrderState.CANCELLED, undo, mail=mails.announce_cancellation)


def take_back(*, order: Order, reason: str) -> Order:
    """The pieces came back: refunded in full. Stock is put right by the vendor, who sees their state. Raises ImpossibleMove."""

    def give_money_back(locked: Order) -> None:
        remove(order=locked, kind=RemovalKind.RETURNED, pieces=left_to_return(locked.lines.all()), back_on_sale=False, reason=reason, shipping=True)

    return _move(order, OrderState.RETURNED, give_money_back, mail=mails.announce_cancellation)


def cancel_pieces(*, order: Order, pieces: dict[int, int], back_on_sale: bool, reason: str, seen: str = "") -> Order:
    """Pieces that have not left will not be made: refunded, and their stock put back on sale or written off.

    With the last of them the order is cancelled, shipping included; or shipped, when the others have all left.
    `seen` is what the form showed (`stand_of`). Raises ImpossibleMove, ChangedMeanwhile, TooManyPieces.
    """
    with transaction.atomic():
        locked = _locked_as(order, seen, OrderState.PLACED, OrderState.MAKING)
        left = _within(pieces, left_to_ship(locked))
        nothing_left, nothing_sent = pieces == left, not locked.parcels.exists()
        remove(order=locked, kind=RemovalKind.CANCELLED, pieces=pieces, back_on_sale=back_on_sale, reason=reason, shipping=nothing_left and nothing_sent)
        if nothing_left:
            _write(locked, OrderState.CANCELLED if nothing_sent else OrderState.SHIPPED)
        _tell_removal(locked)
    order.refresh_from_db()
    return order


def take_back_pieces(*, order: Order, pieces: dict[int, int], back_on_sale: bool, reason: str, seen: str = "") -> Order:
    """Pieces of an order that arrived came back: refunded, and put back in stock when the vendor says so.

    With the last piece the order is returned and its shipping refunded (LAW R5).
    Raises ImpossibleMove, ChangedMeanwhile, TooManyPieces.
    """
    with transaction.atomic():
        locked = _locked_as(order, seen, OrderState.DELIVERED)
        everything = pieces == _within(pieces, left_to_return(locked.lines.all()))
        remove(order=locked, kind=RemovalKind.RETURNED, pieces=pieces, back_on_sale=back_on_sale, reason=reason, shipping=everything)
        if everything:
            _write(locked, OrderState.RETURNED)
        _tell_removal(locked)
    order.refresh_from_db()
    return order


def _locked_as(order: Order, seen: str, *states: str) -> Any:
    locked = _lock(order)
    if locked.status not in states:
        raise ImpossibleMove(locked.status)
    if seen and seen != stand_of(locked):
        raise ChangedMeanwhile
    return locked


def _within(pieces: dict[int, int], left: dict[int, int]) -> dict[int, int]:
    if not pieces or any(count < 1 or count > left.get(pk, 0) for pk, count in pieces.items()):
        raise TooManyPieces
    return left


def _tell_removal(order: Order) -> None:
    order_id, over = order.pk, order.status in (OrderState.CANCELLED, OrderState.RETURNED)
    tell = mails.announce_cancellation if over else mails.announce_partial_refund
    transaction.on_commit(lambda: tell(order_id=order_id))


def left_to_ship(order: Order) -> dict[int, int]:
    """Pieces still in the workshop, by line id; lines that have all left are not named."""
    sent: dict[int, int] = {}
    for row in ParcelLine.objects.filter(parcel__order=order):
        sent[row.line_id] = sent.get(row.line_id, 0) + row.quantity
    left = {line.pk: line.due_quantity - sent.get(line.pk, 0) for line in order.lines.all()}
    return {pk: count for pk, count in left.items() if count > 0}


def meant_to_leave(order: Order) -> dict[int, int]:
    """What is left to send, less what the buyer withdrew from: what a form offers, and what leaves when several are sent at once."""
    waiting = {line.pk: line.waiting_quantity for line in order.lines.all()}
    meant = {pk: count - waiting[pk] for pk, count in left_to_ship(order).items()}
    return {pk: count for pk, count in meant.items() if count > 0}


def _move(
    order: Order,
    state: str,
    also: Callable[[Order], None] | None = None,
    mail: Callable[..., None] | None = None,
) -> Order:
    with transaction.atomic():
        locked = _lock(order)
        if state not in MOVES[locked.status]:
            raise ImpossibleMove(f"{locked.status} → {state}")
        if also is not None:
            also(locked)
        _write(locked, state)
        if mail is not None:
            order_id, tell = locked.pk, mail
            transaction.on_commit(lambda: tell(order_id=order_id))
    order.refresh_from_db()
    return order


def _lock(order: Order) -> Any:
    return Order.objects.select_for_update(of=["self"]).get(pk=order.pk)


def _write(order: Order, state: str) -> None:
    change = OrderStatusChange.objects.create(order=order, old_status=order.status, new_status=state)
    # Oscar's column takes the machine's time; every other date of the order is `clock.now()`.
    OrderStatusChange.objects.filter(pk=change.pk).update(date_created=clock.now())
    order.status, order.state_changed_at = state, clock.now()
    order.save(update_fields=["status", "state_changed_at"])
    order.lines.update(status=state)


def _consume(line: Any, quantity: int) -> None:
    """Pieces that leave are no longer in stock nor set aside."""
    if line.num_allocated and line.stockrecord is not None:
        line.stockrecord.consume_allocation(quantity)
        Line.objects.filter(pk=line.pk).update(num_allocated=line.num_allocated - quantity)
