"""LAW P7, examples (a) to (g): which price may be struck beside a reduction."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lapinblanc.clock import PARIS

from shop.prices.lowest import Change, Code, Reduction, Silence, Window, in_force, prior_price, reduction, silence


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def window(start: str, end: str, cents: int, campaign: str = "hiver") -> Window:
    return Window(day(start), day(end), cents, campaign)


def announced(changes: list[Change], *windows: Window, private: bool = False, codes: tuple[Code, ...] = ()) -> Reduction | None:
    """What may be said of the last window."""
    last = windows[-1]
    return reduction(price=last.cents, prior=prior_price(changes=changes, windows=windows, window=last, codes=codes), private=private)


def code(start: str, end: str | None, percent: int = 0, **facts: int) -> Code:
    return Code(day(start), day(end) if end else None, percent, **facts)


def test_a_the_lowest_of_thirty_days_and_not_the_usual_price() -> None:
    changes = [Change(day("2026-01-01"), 4000), Change(day("2026-10-01"), 3400), Change(day("2026-10-27"), 4000)]
    said = announced(changes, window("2026-11-24", "2026-12-01", 3200))
    assert said == Reduction(price=3200, prior=3400)
    assert said.percent == 5


def test_b_steps_of_one_campaign_keep_the_price_before_the_first() -> None:
    changes = [Change(day("2026-01-01"), 4000)]
    said = announced(changes, window("2026-12-01", "2026-12-08", 3600), window("2026-12-08", "2026-12-24", 3200))
    assert said == Reduction(price=3200, prior=4000)
    assert said.percent == 20


def test_b_a_price_that_rises_a_pause_or_another_campaign_start_anew() -> None:
    changes = [Change(day("2026-01-01"), 4000)]
    first = window("2026-12-01", "2026-12-08", 3600)
    assert announced(changes, window("2026-12-01", "2026-12-08", 3000), window("2026-12-08", "2026-12-24", 3200)) is None
    assert announced(changes, first, window("2026-12-09", "2026-12-24", 3200)) == Reduction(3200, 3600)
    assert announced(changes, first, window("2026-12-08", "2026-12-24", 3200, "noel")) == Reduction(3200, 3600)


def test_c_a_lower_price_that_ended_more_than_thirty_days_ago_counts_no_more() -> None:
    changes = [Change(day("2026-01-01"), 3400), Change(day("2026-10-24"), 4000)]
    assert announced(changes, window("2026-11-24", "2026-12-01", 3200)) == Reduction(3200, 4000)


def test_c_the_day_before_it_still_counts() -> None:
    changes = [Change(day("2026-01-01"), 3400), Change(day("2026-10-25") + timedelta(minutes=1), 4000)]
    assert announced(changes, window("2026-11-24", "2026-12-01", 3200)) == Reduction(3200, 3400)


def test_thirty_days_are_days_of_paris_also_over_the_change_of_hour() -> None:
    """25 October 2026 has twenty-five hours: a price that ended at midnight, before it, is outside the thirty days."""
    changes = [Change(day("2026-01-01"), 3400), Change(day("2026-10-25"), 4000)]
    assert announced(changes, window("2026-11-24", "2026-12-01", 3200)) == Reduction(3200, 4000)


def test_d_a_young_listing_has_the_lowest_since_its_first_sale() -> None:
    changes = [Change(day("2026-11-12"), 4200), Change(day("2026-11-15"), 4000)]
    assert announced(changes, window("2026-11-24", "2026-12-01", 3200)) == Reduction(3200, 4000)


def test_e_a_listing_paused_through_the_thirty_days_strikes_nothing() -> None:
    changes = [Change(day("2026-01-01"), 4000), Change(day("2026-10-01"), None), Change(day("2026-11-24"), 4000)]
    assert announced(changes, window("2026-11-24", "2026-12-01", 3200)) is None


def test_f_a_new_variant_has_a_history_of_its_own() -> None:
    assert announced([Change(day("2026-11-24"), 4000)], window("2026-11-24", "2026-12-01", 3200)) is None
    assert announced([], window("2026-11-24", "2026-12-01", 3200)) is None


def test_g_a_private_seller_announces_no_reduction() -> None:
    assert announced([Change(day("2026-01-01"), 4000)], window("2026-11-24", "2026-12-01", 3200), private=True) is None


def test_a_flash_price_of_another_campaign_is_a_price_like_any_other() -> None:
    changes = [Change(day("2026-01-01"), 4000)]
    flash = window("2026-11-10", "2026-11-11", 2800, "flash")
    assert announced(changes, flash, window("2026-11-24", "2026-12-01", 3200)) is None
    assert announced(changes, flash, window("2026-11-24", "2026-12-01", 2500)) == Reduction(2500, 2800)


def test_a_window_over_all_thirty_days_hides_the_base_price() -> None:
    changes = [Change(day("2026-01-01"), 4000)]
    long = window("2026-10-01", "2026-11-24", 3000, "automne")
    assert announced(changes, long, window("2026-11-24", "2026-12-01", 2400)) == Reduction(2400, 3000)


@pytest.mark.parametrize(("price", "prior"), [(4000, 4000), (4100, 4000), (3999, None)])
def test_no_reduction_without_a_higher_price_before(price: int, prior: int | None) -> None:
    assert reduction(price=price, prior=prior, private=False) is None


def test_the_hour_of_the_start_is_inside_and_that_of_the_end_outside() -> None:
    made = window("2026-11-24", "2026-12-01", 3200)
    second = timedelta(seconds=1)
    at = [made.starts_at - second, made.starts_at, made.ends_at - second, made.ends_at]
    assert [in_force(base=4000, windows=[made], at=moment) for moment in at] == [4000, 3200, 3200, 4000]
    assert in_force(base=3000, windows=[made], at=made.starts_at) == 3000


@pytest.mark.parametrize(("changes", "price", "private", "why"), [
    ([Change(day("2026-01-01"), 4000)], 3200, False, None),
    ([Change(day("2026-01-01"), 4000)], 3200, True, Silence.PRIVATE),
    ([], 3200, False, Silence.NEW),
    ([Change(day("2026-11-24"), 4000)], 3200, False, Silence.NEW),
    ([Change(day("2026-01-01"), 4000), Change(day("2026-10-01"), None)], 3200, False, Silence.PAUSED),
    ([Change(day("2026-01-01"), 3000), Change(day("2026-11-23"), 4000)], 3200, False, Silence.LOWER),
])
def test_where_nothing_may_be_announced_the_reason_is_known(changes: list[Change], price: int, private: bool, why: Silence | None) -> None:
    made = window("2026-11-24", "2026-12-01", price)
    prior = prior_price(changes=changes, windows=[], window=made)
    assert silence(changes=changes, price=price, prior=prior, starts_at=made.starts_at, private=private) == why
    assert (reduction(price=price, prior=prior, private=private) is None) == (why is not None)


SINCE_JANUARY = [Change(day("2026-01-01"), 4000)]


@pytest.mark.parametrize(("known", "said"), [
    # Ten per cent for everybody in the thirty days: 36 € was a price applied to all.
    (code("2026-11-01", "2026-11-10", 10), Reduction(3200, 3600)),
    # Over before them, or used only from the sale on: no price of those days.
    (code("2026-10-01", "2026-10-25", 10), Reduction(3200, 4000)),
    (code("2026-11-24", None, 10), Reduction(3200, 4000)),
    # Into them by a day, or without an end.
    (code("2026-10-01", "2026-10-26", 10), Reduction(3200, 3600)),
    (code("2026-01-01", None, 25), None),
    # 5 € off 40 € alone; off 50 € at least it is a tenth of each piece.
    (code("2026-11-01", "2026-11-10", amount=500), Reduction(3200, 3500)),
    (code("2026-11-01", "2026-11-10", amount=500, minimum=5000), Reduction(3200, 3600)),
])
def test_a_code_for_everybody_is_a_price_applied_to_all(known: Code, said: Reduction | None) -> None:
    assert announced(SINCE_JANUARY, window("2026-11-24", "2026-12-01", 3200), codes=(known,)) == said


def test_a_code_on_a_sale_s_price_counts_where_both_were_in_force() -> None:
    flash = window("2026-11-10", "2026-11-12", 3800, "flash")
    last = window("2026-11-24", "2026-12-01", 3000)
    assert announced(SINCE_JANUARY, flash, last, codes=(code("2026-11-11", "2026-11-20", 10),)) == Reduction(3000, 3420)
    assert announced(SINCE_JANUARY, flash, last, codes=(code("2026-11-12", "2026-11-20", 10),)) == Reduction(3000, 3600)


def test_a_code_over_a_pause_is_no_price() -> None:
    changes = [Change(day("2026-01-01"), 4000), Change(day("2026-11-01"), None), Change(day("2026-11-10"), 4000)]
    assert announced(changes, window("2026-11-24", "2026-12-01", 3200), codes=(code("2026-11-01", "2026-11-10", 50),)) == Reduction(3200, 4000)


cents = st.integers(min_value=1, max_value=10_000)


@given(prices=st.lists(st.tuples(st.integers(0, 90), st.one_of(st.none(), cents)), max_size=8), lowered=cents)
def test_the_prior_price_was_a_real_price_of_those_days(prices: list[tuple[int, int | None]], lowered: int) -> None:
    """Against the plain definition, asked hour by hour."""
    start = day("2026-06-30")
    changes = [Change(start - timedelta(days=90 - after), price) for after, price in sorted(prices, key=lambda pair: pair[0])]
    found = prior_price(changes=changes, windows=[], window=Window(start, start + timedelta(days=3), lowered, "c"))
    seen = set()
    for hour in range(24 * 30):
        moment = start - timedelta(days=30) + timedelta(hours=hour)
        before = [change.cents for change in changes if change.at <= moment]
        if before and before[-1] is not None:
            seen.add(before[-1])
    assert found == min(seen, default=None)


spans = st.tuples(st.integers(0, 89), st.integers(1, 30))


@given(
    prices=st.lists(st.tuples(st.integers(0, 90), st.one_of(st.none(), cents)), min_size=1, max_size=6),
    sold=st.lists(st.tuples(spans, cents), max_size=3), given=st.lists(st.tuples(spans, st.integers(1, 99)), max_size=3), lowered=cents,
)
def test_no_reduction_is_larger_than_the_law_allows(
    prices: list[tuple[int, int | None]], sold: list[tuple[tuple[int, int], int]], given: list[tuple[tuple[int, int], int]], lowered: int
) -> None:
    """For any history: nothing that somebody could pay in the thirty days was below what is struck."""
    start = day("2026-06-30")
    origin = start - timedelta(days=90)
    changes = [Change(origin + timedelta(days=after), price) for after, price in sorted(prices, key=lambda pair: pair[0])]
    windows = [Window(origin + timedelta(days=a), origin + timedelta(days=a + d), price, f"c{n}") for n, ((a, d), price) in enumerate(sold)]
    codes = [Code(origin + timedelta(days=a), origin + timedelta(days=a + d), percent) for (a, d), percent in given]
    last = Window(start, start + timedelta(days=5), lowered, "the sale")
    said = reduction(price=lowered, prior=prior_price(changes=changes, windows=[*windows, last], window=last, codes=codes), private=False)
    for half_day in range(60):
        moment = start - timedelta(days=30) + timedelta(hours=12 * half_day)
        before = [change.cents for change in changes if change.at <= moment]
        if not before or before[-1] is None:
            continue
        price = in_force(base=before[-1], windows=windows, at=moment)
        price = min([price, *(code.lowers(price) for code in codes if code.starts_at <= moment < (code.ends_at or start))])
        if said is not None:
            assert said.prior <= price
            assert said.percent <= max(0, 100 * (price - lowered) // price) if price else True
