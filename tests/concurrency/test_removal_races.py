"""Pieces of one order taken out from several windows at once: refunded and put back once. The control takes the lock away."""

from typing import Any
from uuid import uuid4

import pytest

from shop.checkout.invariants import broken_invariants
from shop.order import states, withdrawing
from shop.order.models import Order, Removal, Withdrawal
from shop.order.removals import stand_of
from shop.order.withdrawing import NothingToWithdraw, declare
from shop.partner.models import StockRecord
from tests import factories as make
from tests.concurrency.threads import run_concurrently
from tests.factories import Market

pytestmark = pytest.mark.race


@pytest.fixture
def shop(open_market: Market, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield open_market


def arrived(shop: Market) -> Order:
    order = make.bought((shop.bowl, 4)).orders.get()
    states.ship(order=order, carrier="x", tracking="")
    states.deliver(order=order)
    return order


def take_back(order: Order, seen: str = "") -> Any:
    mine = Order.objects.get(pk=order.pk)
    return states.take_back_pieces(order=mine, pieces={order.lines.get().pk: 1}, back_on_sale=True, reason="Trop grand.", seen=seen)


def stock(shop: Market) -> int:
    return int(StockRecord.objects.get(product=shop.bowl).num_in_stock)


def test_ten_windows_of_one_page_are_one_return(shop: Market) -> None:
    order = arrived(shop)
    seen = stand_of(order)
    results = run_concurrently(lambda _index: take_back(order, seen), 10)
    assert sum(isinstance(result, Order) for result in results) == 1
    assert sum(isinstance(result, states.ChangedMeanwhile) for result in results) == 9
    order.refresh_from_db()
    assert (order.refunded_cents, Removal.objects.count(), stock(shop)) == (5600, 1, 2)
    assert not broken_invariants()


def test_ten_returns_of_four_pieces_are_four(shop: Market) -> None:
    order = arrived(shop)
    results = run_concurrently(lambda _index: take_back(order), 10)
    assert sum(isinstance(result, Order) for result in results) == 4
    order.refresh_from_db()
    assert (order.status, order.refunded_cents, stock(shop)) == ("returned", order.total_cents, 5)
    assert not broken_invariants()


def test_cancelling_a_piece_and_sending_it_is_one_of_both(shop: Market) -> None:
    order = make.bought((shop.bowl, 1)).orders.get()
    line = order.lines.get().pk

    def act(index: int) -> Any:
        mine = Order.objects.get(pk=order.pk)
        if index % 2:
            return states.cancel_pieces(order=mine, pieces={line: 1}, back_on_sale=True, reason="x")
        return states.ship(order=mine, carrier="x", tracking="")

    results = run_concurrently(act, 8)
    assert sum(not isinstance(result, Exception) for result in results) == 1
    order.refresh_from_db()
    assert (order.status, order.refunded_cents) in (("cancelled", order.total_cents), ("shipped", 0))
    assert not broken_invariants()


def test_buyer_withdraws_while_the_boutique_cancels(shop: Market) -> None:
    """Each piece is one's or the other's: never more declared and gone than were bought."""
    order = make.bought((shop.bowl, 4)).orders.get()
    line = order.lines.get().pk

    def act(index: int) -> Any:
        mine = Order.objects.get(pk=order.pk)
        if index % 2:
            return states.cancel_pieces(order=mine, pieces={line: 1}, back_on_sale=True, reason="x")
        return declare(order=mine, pieces={line: 2}, key=uuid4())

    results = run_concurrently(act, 10)
    refused = (NothingToWithdraw, states.TooManyPieces, states.ImpossibleMove)
    assert all(isinstance(result, (Order, Withdrawal, *refused)) for result in results)
    found = order.lines.get()
    assert found.withdrawn_quantity <= 4
    assert found.cancelled_quantity == 4
    assert order.withdrawals.count() <= 2
    assert not broken_invariants()


def test_one_declaration_sent_ten_times_is_one(shop: Market) -> None:
    order, key = arrived(shop), uuid4()
    results = run_concurrently(lambda _index: declare(order=Order.objects.get(pk=order.pk), pieces={order.lines.get().pk: 1}, key=key), 10)
    assert len({result.pk for result in results}) == 1
    assert (order.lines.get().withdrawn_quantity, Withdrawal.objects.count()) == (1, 1)


def test_control_without_the_lock_more_is_withdrawn_than_once(shop: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    order = make.bought((shop.bowl, 1)).orders.get()
    monkeypatch.setattr(withdrawing, "_lock", lambda order: Order.objects.get(pk=order.pk))
    run_concurrently(lambda _index: declare(order=Order.objects.get(pk=order.pk), pieces={order.lines.get().pk: 1}, key=uuid4()), 10)
    assert Withdrawal.objects.count() > 1


def test_control_without_the_lock_one_page_returns_several_times(shop: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock off: windows all see the order as it was shown. This must be lost, or the tests above prove nothing."""
    order = arrived(shop)
    seen = stand_of(order)
    monkeypatch.setattr(states, "_lock", lambda order: Order.objects.get(pk=order.pk))
    results = run_concurrently(lambda _index: take_back(order, seen), 10)
    assert sum(isinstance(result, states.ChangedMeanwhile) for result in results) < 9
