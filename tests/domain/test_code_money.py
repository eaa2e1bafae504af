"""Whatever the code, the basket, the tax and the refunds: parts are the whole, in the quote, on the orders and in the books (R19, R20)."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lapinblanc.money import ZERO, Money, split_vat

from shop.baskets.pricing import quote_basket
from shop.checkout.invariants import broken_invariants
from shop.order import states
from shop.order.refunds import RefundTooLarge, refund
from shop.vendors.models import Vendor
from tests import factories as make
from tests.domain.test_codes import bought_with
from tests.factories import Market, code

pytestmark = pytest.mark.django_db
ANY_CODE = st.one_of(
    st.fixed_dictionaries({"kind": st.just("percent"), "percent": st.integers(1, 99)}),
    st.fixed_dictionaries({"kind": st.just("amount"), "percent": st.just(0), "amount": st.integers(1, 40_000).map(Money)}),
    st.fixed_dictionaries({"kind": st.just("shipping"), "percent": st.just(0)}),
)
LINES = st.lists(st.tuples(st.integers(50, 9_000), st.integers(1, 4)), min_size=1, max_size=4)
RATES = st.sampled_from([0, 550, 1000, 2000])
SLOWLY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def pieces(market: Market, lines: list[tuple[int, int]], rate: int) -> list[tuple[Any, int]]:
    Vendor.objects.filter(pk=market.ocre.pk).update(vat_regime="normal" if rate else "franchise")
    market.ocre.refresh_from_db()
    return [(make.listing(market.ocre, f"Pot {place}", price=price, stock=9, vat_rate=rate), count) for place, (price, count) in enumerate(lines)]


@given(facts=ANY_CODE, lines=LINES, rate=RATES)
@SLOWLY
def test_a_quote_with_a_code_adds_up_and_is_never_dearer(market: Market, facts: dict[str, Any], lines: list[tuple[int, int]], rate: int) -> None:
    written = f"C{uuid4().hex[:8].upper()}"
    code(market.ocre, written, **facts)
    filled = make.basket(*pieces(market, lines, rate), (market.mug, 1))
    without, quote = quote_basket(filled), quote_basket(filled, codes={market.ocre.pk: written})
    mine, theirs = quote.parcels
    assert theirs == without.parcels[1]
    assert quote.total <= without.total
    assert quote.total + mine.discount + mine.shipping_discount == without.total
    assert Money.total(line.discount for line in mine.lines) == mine.discount
    assert mine.goods >= Money(50)
    for line in mine.lines:
        assert ZERO <= line.total <= line.gross
        assert line.vat == split_vat(line.total, rate).vat


@given(facts=ANY_CODE, lines=LINES, rate=RATES, steps=st.lists(st.tuples(st.integers(0, 3), st.integers(-50, 9_000), st.integers(-50, 900)), max_size=5), cancelled=st.booleans())
@SLOWLY
def test_no_refund_gives_back_more_than_the_code_left(
    market: Market, facts: dict[str, Any], lines: list[tuple[int, int]], rate: int, steps: list[tuple[int, int, int]], cancelled: bool
) -> None:
    written = f"R{uuid4().hex[:8].upper()}"
    code(market.ocre, written, **facts)
    purchase = bought_with({market.ocre.pk: written}, *pieces(market, lines, rate))
    order = purchase.orders.get()
    bought = list(order.lines.order_by("pk"))
    assert sum(Money.from_decimal(line.line_price_incl_tax).cents for line in bought) == order.goods_cents
    assert sum(line.discount_cents for line in bought) == order.discount_cents
    for place, goods, shipping in steps:
        try:
            refund(order=order, lines={bought[place % len(bought)].pk: Money(goods)} if goods else {}, shipping=Money(shipping), reason="")
        except RefundTooLarge:
            continue
    if cancelled:
        states.cancel(order=order, reason="")
        order.refresh_from_db()
        assert order.refunded_cents == order.total_cents == purchase.total_cents
    assert not broken_invariants()
