"""The life of an order: its moves, parcels, refunds; and what each does to stock and books."""

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lapinblanc.money import ZERO, Money

from shop.checkout.invariants import broken_invariants
from shop.ledger.balances import balance_of, vendor_balance
from shop.order import states
from shop.order.models import OrderState
from shop.order.refunds import RefundTooLarge, refund
from shop.partner.models import StockRecord
from shop.psp.models import Refund
from shop.psp.providers.sandbox.models import SandboxPayment
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def test_the_way_of_an_order_from_placed_to_paid_out(market: Market) -> None:
    order = make.bought((market.bowl, 2)).orders.get()
    states.start_making(order=order)
    parcel = states.ship(order=order, carrier="Colissimo", tracking="6A1")
    record = StockRecord.objects.get(product=market.bowl)
    assert (order.status, parcel.lines.get().quantity, record.num_in_stock, record.num_allocated) == ("shipped", 2, 3, 0)
    states.deliver(order=order)
    balance = vendor_balance(vendor_id=market.ocre.pk)
    assert (balance.pending, balance.available) == (ZERO, Money(order.total_cents - 896 - 179))
    assert [change.new_status for change in order.status_changes.order_by("pk")] == ["making", "shipped", "delivered"]
    assert not broken_invariants()


def test_a_parcel_may_leave_before_the_rest(market: Market) -> None:
    plate = make.listing(market.ocre, "Assiette")
    order = make.bought((market.bowl, 2), (plate, 1)).orders.get()
    bowls, plates = order.lines.order_by("pk")
    states.ship(order=order, carrier="Colissimo", tracking="1", quantities={bowls.pk: 1})
    assert order.status == OrderState.MAKING
    assert states.left_to_ship(order) == {bowls.pk: 1, plates.pk: 1}
    for wrong in ({bowls.pk: 2}, {}, {bowls.pk: 0}, {999999: 1}, {bowls.pk: -1}):
        with pytest.raises(states.NothingToShip):
            states.ship(order=order, carrier="Colissimo", tracking="", quantities=wrong)
    states.ship(order=order, carrier="Colissimo", tracking="2", quantities={bowls.pk: 1, plates.pk: 1})
    assert (order.status, order.parcels.count()) == (OrderState.SHIPPED, 2)
    assert not broken_invariants()


@pytest.mark.parametrize("state", list(OrderState))
def test_every_impossible_move_raises_and_changes_nothing(market: Market, state: str) -> None:
    order = make.bought((market.bowl, 1)).orders.get()
    type(order).objects.filter(pk=order.pk).update(status=state)
    order.refresh_from_db()
    before = StockRecord.objects.get(product=market.bowl).num_allocated
    moves = {
        OrderState.MAKING: lambda: states.start_making(order=order),
        OrderState.SHIPPED: lambda: states.ship(order=order, carrier="x", tracking=""),
        OrderState.DELIVERED: lambda: states.deliver(order=order),
        OrderState.CANCELLED: lambda: states.cancel(order=order, reason=""),
        OrderState.RETURNED: lambda: states.take_back(order=order, reason=""),
    }
    for target, move in moves.items():
        if target not in states.MOVES[state]:
            with pytest.raises(states.ImpossibleMove):
                move()
    order.refresh_from_db()
    assert order.status == state
    assert (order.refunded_cents, StockRecord.objects.get(product=market.bowl).num_allocated) == (0, before)


def test_cancelling_gives_back_stock_money_and_commission(market: Market, django_capture_on_commit_callbacks: object) -> None:
    purchase = make.bought((market.bowl, 1), (market.mug, 1))
    order = purchase.orders.get(position=1)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        states.cancel(order=order, reason="fêlée")
    record = StockRecord.objects.get(product=market.bowl)
    assert (record.num_in_stock, record.num_allocated) == (5, 0)
    assert vendor_balance(vendor_id=market.ocre.pk).total == ZERO
    assert (balance_of("commission"), balance_of("commission_vat")) == (Money(-960), Money(-192))
    assert SandboxPayment.objects.get().refunded_cents == 6290
    assert sorted(message.to[0] for message in mail.outbox) == ["claire@example.org", "ocre@example.org"]
    assert "62,90\u00a0€" in mail.outbox[0].body
    assert not broken_invariants()


def test_nothing_is_cancelled_once_a_parcel_has_left(market: Market) -> None:
    order = make.bought((market.bowl, 2)).orders.get()
    states.ship(order=order, carrier="x", tracking="", quantities={order.lines.get().pk: 1})
    with pytest.raises(states.ImpossibleMove):
        states.cancel(order=order, reason="")
    order.refresh_from_db()
    assert (order.status, order.refunded_cents) == (OrderState.MAKING, 0)


def test_refund_returns_commission_pro_rata(market: Market) -> None:
    order = make.bought((market.bowl, 1)).orders.get()
    refund(order=order, lines={order.lines.get().pk: Money(2800)}, shipping=ZERO, reason="éclat")
    assert vendor_balance(vendor_id=market.ocre.pk).pending == Money(5752 - 2531)
    assert not broken_invariants()


@pytest.mark.parametrize(("goods", "shipping", "owed"), [(2800, 0, 3221), (5600, 690, 0), (0, 690, 5062), (1, 0, 5751)])
def test_what_went_back_before_the_arrival_is_not_released(market: Market, goods: int, shipping: int, owed: int) -> None:
    """Or the next payout would pay it a second time, out of other boutiques' money."""
    order = make.bought((market.bowl, 1)).orders.get()
    refund(order=order, lines={order.lines.get().pk: Money(goods)} if goods else {}, shipping=Money(shipping), reason="éclat")
    states.ship(order=order, carrier="x", tracking="")
    states.deliver(order=order)
    balance = vendor_balance(vendor_id=market.ocre.pk)
    assert (balance.pending, balance.available) == (ZERO, Money(owed))
    assert not broken_invariants()


def test_a_return_takes_from_what_was_available(market: Market) -> None:
    order = make.bought((market.bowl, 1)).orders.get()
    states.ship(order=order, carrier="x", tracking="")
    states.deliver(order=order)
    states.take_back(order=order, reason="trop grand")
    balance = vendor_balance(vendor_id=market.ocre.pk)
    assert (balance.pending, balance.available) == (ZERO, ZERO)
    assert (order.status, order.refunded_cents) == (OrderState.RETURNED, 6290)
    assert not broken_invariants()


@given(steps=st.lists(st.tuples(st.integers(-100, 7000), st.integers(-50, 800)), max_size=8))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_refunds_gives_back_more_than_was_paid(market: Market, steps: list[tuple[int, int]]) -> None:
    order = make.bought((make.listing(market.ocre, "Pot", price=5600), 1)).orders.get()
    line = order.lines.get()
    for goods, shipping in steps:
        try:
            refund(order=order, lines={line.pk: Money(goods)} if goods else {}, shipping=Money(shipping), reason="")
        except RefundTooLarge:
            continue
    order.refresh_from_db()
    line.refresh_from_db()
    assert 0 <= line.refunded_cents <= 5600
    assert 0 <= order.refunded_cents <= order.total_cents
    assert sum(Refund.objects.filter(payment=order.purchase.payment).values_list("amount_cents", flat=True)) == order.refunded_cents
    assert not broken_invariants()
