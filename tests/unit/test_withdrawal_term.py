"""The end of the right of withdrawal (LAW R1): fourteen days, working days, public holidays, Paris time."""

from datetime import UTC, date, datetime

import pytest

from shop.order.withdrawal_term import first_moment_after, is_holiday


@pytest.mark.parametrize(
    ("received", "first_day_too_late"),
    [
        # LAW R1: the fourteenth day is Christmas, then a weekend: Monday 28 December counts still.
        (date(2026, 12, 11), date(2026, 12, 29)),
        (date(2026, 11, 2), date(2026, 11, 17)),
        # A Saturday goes on to Monday; Easter Monday to Tuesday.
        (date(2026, 10, 31), date(2026, 11, 17)),
        (date(2027, 3, 15), date(2027, 3, 31)),
    ],
)
def test_the_last_day_is_a_working_day_and_whole(received: date, first_day_too_late: date) -> None:
    end = first_moment_after(received)
    assert (end.date(), end.hour, str(end.tzinfo)) == (first_day_too_late, 0, "Europe/Paris")


def test_the_hour_is_that_of_paris_in_summer_and_winter() -> None:
    assert first_moment_after(date(2026, 7, 1)).astimezone(UTC) == datetime(2026, 7, 15, 22, tzinfo=UTC)
    assert first_moment_after(date(2026, 11, 3)).astimezone(UTC) == datetime(2026, 11, 17, 23, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17), date(2038, 4, 26), date(2026, 7, 14)])
def test_moving_and_fixed_holidays(day: date) -> None:
    assert is_holiday(day)


@pytest.mark.parametrize("day", [date(2026, 4, 5), date(2026, 4, 7), date(2026, 12, 26), date(2027, 3, 26)])
def test_days_that_are_none(day: date) -> None:
    assert not is_holiday(day)
