"""Many buyers at once on a real database. Each lock has its control: with the lock off, the race must be lost (FAULTS R1-R7)."""

import os
import signal
import subprocess
import sys
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connection

from shop.checkout import exceptions as problems
from shop.checkout import sessions
from shop.checkout.invariants import broken_invariants
from shop.checkout.models import CheckoutSession
from shop.checkout.placement import place_purchase, settle
from shop.checkout.sessions import start_checkout
from shop.checkout.sweep import sweep_checkouts
from shop.ledger.balances import vendor_statement
from shop.order.models import Line, Order, Purchase
from shop.partner.exceptions import OutOfStock
from shop.partner.models import StockRecord
from shop.psp.models import Payment
from tests import factories as make
from tests.concurrency.threads import run_concurrently
from tests.factories import Market

pytestmark = pytest.mark.race


@pytest.fixture
def shop(open_market: Market, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield open_market


def buy(filled: Any) -> Purchase | None:
    """Checkout, payment and placement, as one buyer does it."""
    session = make.started(filled)
    make.pay(session)
    return settle(payment=session.payment)


def test_fifty_buyers_and_the_last_piece(shop: Market) -> None:
    last = make.listing(shop.ocre, "Piece unique", stock=1)
    baskets = [make.basket((last, 1)) for _ in range(50)]
    results = run_concurrently(lambda index: buy(baskets[index]), 50)
    assert sum(isinstance(result, Purchase) for result in results) == 1
    assert sum(isinstance(result, problems.SoldOut | problems.BasketHasProblems) for result in results) == 49
    assert StockRecord.objects.get(product=last).num_allocated == 1
    assert Payment.objects.filter(state="succeeded").count() == 1
    assert not broken_invariants()


def test_fifty_buyers_of_seven_pieces_by_one_two_and_three(shop: Market) -> None:
    few = make.listing(shop.ocre, "Sept pieces", stock=7)
    baskets = [make.basket((few, 1 + index % 3)) for index in range(50)]
    run_concurrently(lambda index: buy(baskets[index]), 50)
    sold = sum(Line.objects.values_list("quantity", flat=True))
    record = StockRecord.objects.get(product=few)
    assert sold == record.num_allocated <= 7
    assert not broken_invariants()


def test_allocation_alone_sells_the_last_piece_once(shop: Market) -> None:
    record = StockRecord.objects.get(product=make.listing(shop.ocre, "Piece unique", stock=1))
    results = run_concurrently(lambda _index: StockRecord.objects.get(pk=record.pk).allocate(1), 50)
    assert results.count(None) == 1
    assert sum(isinstance(result, OutOfStock) for result in results) == 49


def test_control_without_the_guard_the_last_piece_is_sold_many_times(shop: Market, settings: Any) -> None:
    """The lock off: vanilla Oscar's behaviour. This must oversell, or the tests above prove nothing."""
    record = StockRecord.objects.get(product=make.listing(shop.ocre, "Piece unique", stock=1))
    settings.UNSAFE_STOCK_GUARD_OFF = True
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partner_stockrecord DROP CONSTRAINT stock_never_allocated_twice")
    results = run_concurrently(lambda _index: StockRecord.objects.get(pk=record.pk).allocate(1), 50)
    assert results.count(None) > 1
    assert any("I4" in sentence for sentence in broken_invariants())


def test_control_without_the_guard_the_constraint_still_holds(shop: Market, settings: Any) -> None:
    record = StockRecord.objects.get(product=make.listing(shop.ocre, "Piece unique", stock=1))
    settings.UNSAFE_STOCK_GUARD_OFF = True
    results = run_concurrently(lambda _index: StockRecord.objects.get(pk=record.pk).allocate(1), 20)
    assert results.count(None) == 1


def test_twenty_clicks_on_the_button_are_one_payment(shop: Market) -> None:
    filled, key = make.basket((shop.bowl, 1), (shop.mug, 1)), uuid4()
    asked = make.request_for(filled, key=key)
    results = run_concurrently(lambda _index: start_checkout(basket=filled, buyer=None, asked=asked), 20)
    assert len(set(results)) == 1
    assert (CheckoutSession.objects.count(), Payment.objects.count()) == (1, 1)
    assert StockRecord.objects.get(product=shop.bowl).num_allocated == 1


def test_twenty_returns_and_events_are_one_purchase(shop: Market) -> None:
    session = make.started(make.basket((shop.bowl, 1), (shop.mug, 1)))
    make.pay(session)
    results = run_concurrently(lambda _index: settle(payment=Payment.objects.get(pk=session.payment_id)), 20)
    assert len({result.pk for result in results}) == 1
    assert (Purchase.objects.count(), Order.objects.count()) == (1, 2)
    assert len(vendor_statement(vendor_id=shop.ocre.pk)) == 2
    assert not broken_invariants()


def test_control_without_the_lock_placing_twice_collides(shop: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock off: threads see an open session and place it again; only the constraints stop them, with errors."""
    from shop.checkout import placement

    def unlocked(session: CheckoutSession) -> CheckoutSession:
        return CheckoutSession.objects.select_related("payment").get(pk=session.pk)

    session = make.started(make.basket((shop.bowl, 1)))
    make.pay(session)
    from shop.psp import payments

    payments.refresh(session.payment)
    monkeypatch.setattr(placement, "lock", unlocked)
    results = run_concurrently(lambda _index: place_purchase(session=session), 12)
    assert any(isinstance(result, Exception) for result in results)


def test_two_tabs_of_one_basket_buy_once(shop: Market) -> None:
    filled = make.basket((shop.bowl, 1))
    quotes = [make.request_for(filled) for _ in range(10)]

    def tab(index: int) -> Any:
        start_checkout(basket=filled, buyer=None, asked=quotes[index])
        session = CheckoutSession.objects.select_related("payment").get(key=quotes[index].key)
        make.pay(session)
        return settle(payment=session.payment)

    run_concurrently(tab, 10)
    sweep_checkouts()
    assert Purchase.objects.count() == 1
    assert Payment.objects.filter(state="succeeded").count() == 1
    assert StockRecord.objects.get(product=shop.bowl).num_allocated == 1
    assert not broken_invariants()


def test_baskets_in_opposite_order_never_deadlock(shop: Market) -> None:
    first, second = (make.listing(shop.ocre, title, stock=100) for title in ("Un", "Deux"))
    baskets = [make.basket((first, 1), (second, 1)) if i % 2 else make.basket((second, 1), (first, 1)) for i in range(20)]
    results = run_concurrently(lambda index: buy(baskets[index]), 20)
    assert [result for result in results if not isinstance(result, Purchase)] == []
    assert not broken_invariants()


def test_a_price_that_changes_while_clicking_is_never_charged_unseen(shop: Market) -> None:
    baskets = [make.basket((shop.bowl, 1)) for _ in range(5)]
    asked = [make.request_for(filled) for filled in baskets]

    def work(index: int) -> Any:
        if index == 5:
            return StockRecord.objects.filter(product=shop.bowl).update(price=99)
        return start_checkout(basket=baskets[index], buyer=None, asked=asked[index])

    run_concurrently(work, 6)
    assert all(session.total_cents == 6290 for session in CheckoutSession.objects.all())


CRASH = """
import django; django.setup()
from django.conf import settings
from shop.checkout.models import CheckoutSession
from shop.checkout.sessions import open_payment, start_checkout
from shop.checkout.placement import settle
from shop.psp.providers.sandbox import bank
from shop.psp.providers.sandbox.cards import CARDS
from shop.psp.providers.sandbox.models import SandboxPayment
from oscar.core.loading import get_model
from tests import factories as make
filled = get_model("basket", "Basket").objects.get(pk=%d)
session = make.started(filled)
make.pay(session)
settle(payment=session.payment)
"""


@pytest.mark.parametrize("point", ["before_payment", "after_payment_opened", "before_commit", "after_commit"])
def test_a_process_killed_at_any_point_ends_as_an_order_or_as_nothing(shop: Market, point: str) -> None:
    filled = make.basket((shop.bowl, 1), (shop.mug, 1))
    name = django_settings.DATABASES["default"]["NAME"]
    environment = os.environ | {"LB_CRASH_AT": point, "LB_DB": name, "DJANGO_SETTINGS_MODULE": "lapinblanc.settings.test"}
    environment["PYTHONPATH"] = f"{django_settings.ROOT / 'site'}:{django_settings.ROOT}"
    killed = subprocess.run([sys.executable, "-c", CRASH % filled.pk], env=environment, check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()[-500:]
    with_payment = Payment.objects.first()
    if point == "after_payment_opened" and with_payment is not None:
        session = CheckoutSession.objects.get()
        make.pay(session)
    from datetime import timedelta

    from lapinblanc import clock

    with clock.at(clock.now() + timedelta(minutes=30)):
        sweep_checkouts()
        sweep_checkouts()
        assert not broken_invariants()
    expected = 0 if point == "before_payment" else 1
    assert Purchase.objects.count() == expected
    assert CheckoutSession.objects.get().state == ("expired" if point == "before_payment" else "placed")
    assert (StockRecord.objects.get(product=shop.bowl).num_allocated or 0) == expected


def test_no_provider_is_called_while_a_row_is_locked(shop: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    original = sessions.payments.open_payment

    def watched(**kwargs: Any) -> Any:
        seen.append(connection.in_atomic_block)
        return original(**kwargs)

    monkeypatch.setattr(sessions.payments, "open_payment", watched)
    make.started(make.basket((shop.bowl, 1)))
    assert seen == [False]
