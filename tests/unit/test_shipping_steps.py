"""Prices by weight: as makers type them, and what a parcel costs by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lapinblanc.money import ZERO, Money

from shop.shipping.rates import RateFacts, shipping_charge, takes
from shop.shipping.steps import BadSteps, read_steps, written

STEPS = ((250, Money(490)), (500, Money(670)), (1000, Money(820)))
RATE = RateFacts("suivi", "Colissimo", "home", Money(690), Money(150), Money(9000), 2, 4, STEPS)


@pytest.mark.parametrize(("text", "steps"), [
    ("250 g : 4,90\n500 g : 6,70\n1 kg : 8,20", ((250, 490), (500, 670), (1000, 820))),
    ("1kg 8.2 €; 250g=4,9", ((250, 490), (1000, 820))),
    ("jusqu’à 0,5 kg → 6\n", ((500, 600),)),
    ("500\u00a0g\u202f: 6,70\u00a0€", ((500, 670),)),
    ("", ()),
    (" \n ; \n", ()),
])
def test_steps_are_read_as_typed_and_put_in_order(text: str, steps: tuple[tuple[int, int], ...]) -> None:
    assert read_steps(text) == steps
    assert read_steps(written(steps)) == steps


@pytest.mark.parametrize("text", ["six euros", "500 : 6,70", "500 g", "0 g : 1", "60 kg : 9", "1 kg : 1000", "500 g : 6\n0,5 kg : 7", "250 g : 6\n500 g : 5", "500 g : -3", "\n".join(f"{n} g : 5" for n in range(1, 23))])
def test_what_is_no_step_says_what_to_write(text: str) -> None:
    with pytest.raises(BadSteps) as why:
        read_steps(text)
    assert why.value.message


@given(st.dictionaries(st.integers(1, 50_000), st.just(500), min_size=1, max_size=20))
def test_written_and_read_are_one(found: dict[int, int]) -> None:
    steps = tuple(sorted(found.items()))
    assert read_steps(written(steps)) == steps


@pytest.mark.parametrize(("grams", "cents"), [(1, 490), (250, 490), (251, 670), (1000, 820), (None, 990)])
def test_a_parcel_costs_its_step_and_pieces_count_where_a_weight_is_unknown(grams: int | None, cents: int) -> None:
    assert shipping_charge(rate=RATE, pieces=3, goods=Money(5600), grams=grams) == Money(cents)


def test_free_and_too_heavy() -> None:
    assert shipping_charge(rate=RATE, pieces=1, goods=Money(9000), grams=250) == ZERO
    assert takes(RATE, 1000)
    assert takes(RATE, None)
    assert not takes(RATE, 1001)
    with pytest.raises(ValueError, match="heavy"):
        shipping_charge(rate=RATE, pieces=1, goods=Money(100), grams=1001)
