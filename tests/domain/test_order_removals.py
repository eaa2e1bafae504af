"""Pieces taken out of an order: what goes back to the buyer, to the stock and to the books, and where the order stands then."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lapinblanc.money import ZERO, Money

from shop.baskets.pricing import quote_basket
from shop.checkout.invariants import broken_invariants
from shop.ledger.balances import balance_of, vendor_balance
from shop.order import states
from shop.order.models import Line, Order, OrderState, Removal
from shop.order.refunds import RefundTooLarge, refund
from shop.order.removals import stand_of
from shop.partner.models import StockRecord
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def ordered(market: Market, *lines: Any, **fields: Any) -> tuple[Order, list[Line]]:
    order = make.bought(*lines, **fields).orders.get(vendor=market.ocre)
    return order, list(order.lines.order_by("pk"))


def arrived(order: Order) -> None:
    states.ship(order=order, carrier="x", tracking="")
    states.deliver(order=order)


def stock(product: Any) -> tuple[int, int]:
    record = StockRecord.objects.get(product=product)
    return record.num_in_stock, record.num_allocated


def cancel(order: Order, pieces: dict[int, int], **said: Any) -> Order:
    return states.cancel_pieces(order=order, pieces=pieces, **({"back_on_sale": False, "reason": "Fendue."} | said))


def take_back(order: Order, pieces: dict[int, int], **said: Any) -> Order:
    return states.take_back_pieces(order=order, pieces=pieces, **({"back_on_sale": False, "reason": "Trop grand."} | said))


def test_one_line_cancelled_goes_back_and_the_rest_is_still_to_send(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    plate = make.listing(market.ocre, "Assiette", price=3000)
    order, (bowl, plates) = ordered(market, (market.bowl, 1), (plate, 2))
    with django_capture_on_commit_callbacks(execute=True):
        cancel(order, {plates.pk: 1})
    assert (order.status, order.refunded_cents) == (OrderState.PLACED, 3000)
    assert states.left_to_ship(order) == {bowl.pk: 1, plates.pk: 1}
    assert "1 × Assiette" in str(mail.outbox[-1].body)
    assert "Fendue." in str(mail.outbox[-1].body)
    arrived(order)
    # (56 + 60 + shipping of three pieces) − 30, less 8 % and its VAT on the 86 that stay.
    assert vendor_balance(vendor_id=market.ocre.pk).available == Money(order.total_cents - 3000 - 688 - 138)
    assert balance_of("commission") == Money(-688)
    assert not broken_invariants()


@pytest.mark.parametrize(("back_on_sale", "left"), [(True, (5, 1)), (False, (4, 1))])
def test_what_cannot_be_sent_goes_back_on_sale_only_when_the_vendor_says_so(market: Market, back_on_sale: bool, left: tuple[int, int]) -> None:
    order, (line,) = ordered(market, (market.bowl, 2))
    cancel(order, {line.pk: 1}, back_on_sale=back_on_sale)
    assert stock(market.bowl) == left
    states.ship(order=order, carrier="x", tracking="")
    assert stock(market.bowl) == (left[0] - 1, 0)
    assert not broken_invariants()


@pytest.mark.parametrize(("back_on_sale", "left"), [(True, 4), (False, 3)])
def test_what_came_back_is_in_stock_once_when_the_vendor_says_so(market: Market, back_on_sale: bool, left: int) -> None:
    order, (line,) = ordered(market, (market.bowl, 2))
    arrived(order)
    take_back(order, {line.pk: 1}, back_on_sale=back_on_sale)
    assert stock(market.bowl) == (left, 0)
    assert (order.status, order.refunded_cents) == (OrderState.DELIVERED, 5600)
    assert not broken_invariants()


def test_made_to_order_has_no_stock_to_put_back(market: Market) -> None:
    made = make.listing(market.ocre, "Sur mesure", stock=None)
    order, (line,) = ordered(market, (made, 1))
    arrived(order)
    take_back(order, {line.pk: 1}, back_on_sale=True)
    assert StockRecord.objects.get(product=made).num_in_stock is None


def test_with_the_last_piece_the_order_ends_and_the_shipping_goes_back(market: Market) -> None:
    order, (line,) = ordered(market, (market.bowl, 2))
    cancel(order, {line.pk: 1})
    assert order.refunded_cents == 5600
    cancel(order, {line.pk: 1})
    assert (order.status, order.refunded_cents) == (OrderState.CANCELLED, order.total_cents)
    assert (vendor_balance(vendor_id=market.ocre.pk).total, balance_of("commission")) == (ZERO, ZERO)
    order, (line,) = ordered(market, (market.bowl, 2))
    arrived(order)
    take_back(order, {line.pk: 1})
    take_back(order, {line.pk: 1})
    assert (order.status, order.refunded_cents) == (OrderState.RETURNED, order.total_cents)
    assert not broken_invariants()


def test_when_the_rest_had_left_the_order_is_on_its_way_and_shipping_stays(market: Market) -> None:
    order, (line,) = ordered(market, (market.bowl, 2))
    states.ship(order=order, carrier="x", tracking="", quantities={line.pk: 1})
    cancel(order, {line.pk: 1})
    assert (order.status, order.refunded_cents) == (OrderState.SHIPPED, 5600)
    states.deliver(order=order)
    states.take_back(order=order, reason="")
    line.refresh_from_db()
    assert (line.cancelled_quantity, line.returned_quantity, order.refunded_cents) == (1, 1, order.total_cents)
    assert not broken_invariants()


def test_the_share_is_of_what_was_paid_after_the_code_to_the_cent(market: Market) -> None:
    make.code(market.ocre)
    plate = make.listing(market.ocre, "Assiette", price=3333)
    chosen, codes = ((market.bowl, 1), (plate, 3)), {market.ocre.pk: "MERCI10"}
    order, (_bowl, plates) = ordered(market, *chosen, codes=codes, shown_total=quote_basket(make.basket(*chosen), codes=codes).total)
    paid = Money.from_decimal(plates.line_price_incl_tax)
    assert paid.cents < 9999
    steps = []
    for _time in range(3):
        before = order.refunded_cents
        cancel(order, {plates.pk: 1})
        steps.append(order.refunded_cents - before)
    assert sum(steps) == paid.cents
    assert max(steps) - min(steps) <= 1
    assert not broken_invariants()


def test_what_was_given_back_before_is_not_given_twice(market: Market) -> None:
    order, (line,) = ordered(market, (market.bowl, 2))
    refund(order=order, lines={line.pk: Money(6000)}, shipping=ZERO, reason="Un éclat.")
    cancel(order, {line.pk: 1})
    assert order.refunded_cents == 11200
    states.ship(order=order, carrier="x", tracking="")
    states.deliver(order=order)
    take_back(order, {line.pk: 1})
    assert (order.status, order.refunded_cents) == (OrderState.RETURNED, order.total_cents)
    assert not broken_invariants()


def test_too_many_none_foreign_or_at_the_wrong_time_changes_nothing(market: Market) -> None:
    order, (line,) = ordered(market, (market.bowl, 2), (market.mug, 1))
    foreign = Line.objects.exclude(order=order).get()
    for wrong in ({}, {line.pk: 3}, {line.pk: 0}, {line.pk: -1}, {foreign.pk: 1}, {999999: 1}):
        with pytest.raises(states.TooManyPieces):
            cancel(order, wrong)
    with pytest.raises(states.ImpossibleMove):
        take_back(order, {line.pk: 1})
    states.ship(order=order, carrier="x", tracking="")
    for verb in (cancel, take_back):
        with pytest.raises(states.ImpossibleMove):
            verb(order, {line.pk: 1})
    order.refresh_from_db()
    assert (order.status, order.refunded_cents, Removal.objects.count()) == (OrderState.SHIPPED, 0, 0)


def test_a_form_shown_before_another_act_is_refused(market: Market) -> None:
    order, (line,) = ordered(market, (market.bowl, 3))
    seen = stand_of(order)
    cancel(order, {line.pk: 1}, seen=seen)
    with pytest.raises(states.ChangedMeanwhile):
        cancel(order, {line.pk: 1}, seen=seen)
    assert (order.refunded_cents, Removal.objects.count()) == (5600, 1)


def test_the_database_refuses_more_pieces_gone_than_bought(market: Market) -> None:
    _order, (line,) = ordered(market, (market.bowl, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(returned_quantity=1, cancelled_quantity=2)


@given(steps=st.lists(st.tuples(st.sampled_from(["cancel", "back", "refund", "ship", "deliver"]), st.integers(1, 3), st.integers(1, 4000), st.booleans()), max_size=9))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_gives_back_more_than_was_paid(market: Market, steps: list[tuple[str, int, int, bool]]) -> None:
    pot = make.listing(market.ocre, "Pot", price=3333, stock=9)
    order, (line,) = ordered(market, (pot, 3))
    for what, count, cents, back_on_sale in steps:
        try:
            if what == "cancel":
                cancel(order, {line.pk: count}, back_on_sale=back_on_sale)
            elif what == "back":
                take_back(order, {line.pk: count}, back_on_sale=back_on_sale)
            elif what == "refund":
                refund(order=order, lines={line.pk: Money(cents)}, shipping=ZERO, reason="")
            elif what == "ship":
                states.ship(order=order, carrier="x", tracking="", quantities={line.pk: count})
            else:
                states.deliver(order=order)
        except (states.ImpossibleMove, states.TooManyPieces, states.NothingToShip, RefundTooLarge):
            continue
    line.refresh_from_db()
    order.refresh_from_db()
    assert order.refunded_cents <= order.total_cents
    if line.kept_quantity == 0:
        assert (order.status in (OrderState.CANCELLED, OrderState.RETURNED), order.refunded_cents) == (True, order.total_cents)
    assert not broken_invariants()
