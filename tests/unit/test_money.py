"""Amounts: no cent is lost, whatever is divided, taxed or given back."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lapinblanc.money import ZERO, Money, exclude_vat, split_vat, vat_on_top

from shop.commissions.amounts import Commission, commission_on, commission_to_return
from shop.shipping.rates import RateFacts, shipping_charge

cents = st.integers(-10_000_000, 10_000_000).map(Money)
positive = st.integers(0, 10_000_000).map(Money)


@given(amount=cents, weights=st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any))
@settings(max_examples=2000)
def test_allocate_loses_no_cent_and_is_fair_to_one(amount: Money, weights: list[int]) -> None:
    parts = amount.allocate(weights)
    assert Money.total(parts) == amount
    whole = sum(weights)
    assert all(abs(part.cents * whole - amount.cents * weight) < whole for part, weight in zip(parts, weights, strict=True))


def test_allocate_refuses_nothing_to_weigh() -> None:
    with pytest.raises(ValueError, match="weights"):
        Money(100).allocate([0, 0])


def test_money_takes_whole_cents_alone() -> None:
    with pytest.raises(TypeError):
        Money(1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(True)
    assert Money.from_decimal(Decimal("1234.505")) == Money(123451)
    assert Money(-5).decimal == Decimal("-0.05")


@given(incl=positive, rate=st.sampled_from([0, 550, 1000, 2000]))
@settings(max_examples=500)
def test_a_price_is_the_sum_of_its_parts(incl: Money, rate: int) -> None:
    split = split_vat(incl, rate)
    assert split.excl + split.vat == incl
    assert (split.vat == ZERO) or rate > 0


def test_the_law_s_worked_examples() -> None:
    assert exclude_vat(Money(5600), 2000) == Money(4667)
    assert vat_on_top(Money(448), 2000) == Money(90)
    assert commission_on(goods=Money(5600), rate=800, vat_rate=2000) == Commission(Money(448), Money(90))
    assert commission_on(goods=Money(12000), rate=800, vat_rate=2000).incl == Money(1152)


def test_two_boutiques_on_one_payment_share_to_the_cent() -> None:
    """LAW Y2: A 56.00 + 6.90, B 120.00: 182.90 charged, 57.52 and 108.48 owed, 16.90 kept."""
    a, b = (commission_on(goods=goods, rate=800, vat_rate=2000).incl for goods in (Money(5600), Money(12000)))
    assert Money(5600) + Money(690) - a == Money(5752)
    assert Money(12000) - b == Money(10848)
    assert a + b == Money(1690)


@given(goods=st.integers(1, 500_000), shares=st.lists(st.integers(1, 50_000), min_size=1, max_size=8))
@settings(max_examples=500)
def test_refunding_in_any_steps_returns_exactly_the_commission(goods: int, shares: list[int]) -> None:
    charged = commission_on(goods=Money(goods), rate=800, vat_rate=2000)
    before, returned, vat = 0, 0, 0
    for step in [*shares, goods]:
        amount = min(step, goods - before)
        back = commission_to_return(charged=charged, goods=Money(goods), refunded_before=Money(before), refund=Money(amount))
        before, returned, vat = before + amount, returned + back.excl.cents, vat + back.vat.cents
    assert (returned, vat) == (charged.excl.cents, charged.vat.cents)


def test_half_a_sale_back_returns_half_its_commission() -> None:
    charged = commission_on(goods=Money(5600), rate=800, vat_rate=2000)
    back = commission_to_return(charged=charged, goods=Money(5600), refunded_before=ZERO, refund=Money(2800))
    assert back.incl == Money(269)


def test_shipping_counts_pieces_and_knows_when_it_is_free() -> None:
    rate = RateFacts("suivi", "Colissimo", "home", Money(690), Money(150), Money(9000), 2, 4)
    assert shipping_charge(rate=rate, pieces=1, goods=Money(5600)) == Money(690)
    assert shipping_charge(rate=rate, pieces=3, goods=Money(5600)) == Money(990)
    assert shipping_charge(rate=rate, pieces=3, goods=Money(9000)) == ZERO
    with pytest.raises(ValueError, match="nothing"):
        shipping_charge(rate=rate, pieces=0, goods=ZERO)
