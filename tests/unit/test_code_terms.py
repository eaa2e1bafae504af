"""What a code takes off: to the cent, shared without loss, whatever the order of the lines; and as a price of all (LAW P7)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lapinblanc.money import ZERO, Money

from shop.coupons.terms import AMOUNT, LEAST, PERCENT, SHIPPING, Item, Terms, discounts, missing
from shop.prices.lowest import Code


def terms(kind: str = PERCENT, *, percent: int = 0, amount: int = 0, minimum: int = 0, listings: frozenset[int] | None = None) -> Terms:
    return Terms(1, "MERCI", kind, percent, Money(amount), Money(minimum), listings)


def items(*cents: int) -> list[Item]:
    return [Item(number, number, Money(gross)) for number, gross in enumerate(cents, start=1)]


@pytest.mark.parametrize(("code", "lines", "taken"), [
    (terms(percent=10), (5600,), {1: 560}),
    (terms(percent=10), (333, 333, 334), {1: 33, 2: 33, 3: 34}),
    (terms(AMOUNT, amount=500), (1000, 2000), {1: 167, 2: 333}),
    (terms(AMOUNT, amount=500, minimum=3001), (1000, 2000), {}),
    (terms(AMOUNT, amount=500, minimum=3000), (1000, 2000), {1: 167, 2: 333}),
    (terms(AMOUNT, amount=5000), (1000,), {1: 950}),
    (terms(AMOUNT, amount=5000), (50,), {}),
    (terms(percent=99), (60,), {1: 10}),
    (terms(percent=10, listings=frozenset({2})), (1000, 2000), {2: 200}),
    (terms(AMOUNT, amount=500, minimum=2500, listings=frozenset({2})), (1000, 2000), {}),
    (terms(percent=10, listings=frozenset({9})), (1000,), {}),
    (terms(SHIPPING), (1000,), {}),
    (terms(percent=1), (50,), {}),
])
def test_what_a_code_takes_off(code: Terms, lines: tuple[int, ...], taken: dict[int, int]) -> None:
    assert {number: share.cents for number, share in discounts(code, items(*lines)).items()} == taken


def test_what_lacks_of_the_minimum_is_told() -> None:
    assert missing(terms(minimum=3000), items(1000, 1550)) == Money(450)
    assert missing(terms(minimum=3000), items(3000)) == ZERO


any_terms = st.one_of(
    st.builds(terms, st.just(PERCENT), percent=st.integers(1, 99), minimum=st.integers(0, 9_000)),
    st.builds(terms, st.just(AMOUNT), amount=st.integers(1, 30_000), minimum=st.integers(0, 9_000)),
    st.builds(terms, st.just(PERCENT), percent=st.integers(1, 99), listings=st.frozensets(st.integers(1, 5), min_size=1)),
)
prices = st.lists(st.integers(50, 20_000), min_size=1, max_size=6)


@given(code=any_terms, cents=prices, shuffled=st.randoms())
def test_parts_are_the_whole_whatever_the_order(code: Terms, cents: list[int], shuffled: object) -> None:
    lines = items(*cents)
    taken = discounts(code, lines)
    other = list(lines)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert discounts(code, other) == taken
    touched = [line for line in lines if code.is_for(line.listing_id)]
    goods = Money.total(line.gross for line in touched)
    whole = Money.total(taken.values())
    if taken:
        asked = goods.share(code.percent * 100) if code.kind == PERCENT else code.amount
        assert whole == min(asked, goods - LEAST)
        assert goods >= code.minimum
        assert goods - whole >= LEAST
    for line in lines:
        part = taken.get(line.number, ZERO)
        assert ZERO <= part <= line.gross
        if part:
            assert line in touched
            # Nobody is more than a cent from a fair share.
            assert abs(part.cents * goods.cents - whole.cents * line.gross.cents) < goods.cents


@given(code=any_terms.filter(lambda code: code.listings is None), cents=prices)
def test_no_basket_pays_less_for_a_piece_than_history_is_told(code: Terms, cents: list[int]) -> None:
    """What a code for everybody makes of a price is never higher than what some buyer paid (but for the cent of sharing)."""
    told = Code(datetime(2026, 1, 1, tzinfo=UTC), None, code.percent, code.amount.cents, code.minimum.cents)
    taken = discounts(code, items(*cents))
    for line in items(*cents):
        paid = line.gross - taken.get(line.number, ZERO)
        assert told.lowers(line.gross.cents) <= paid.cents + 1


@given(code=any_terms, cents=prices)
def test_a_code_leaves_what_a_card_can_be_charged(code: Terms, cents: list[int]) -> None:
    lines = items(*cents)
    assert Money.total(line.gross for line in lines) - Money.total(discounts(code, lines).values()) >= LEAST
