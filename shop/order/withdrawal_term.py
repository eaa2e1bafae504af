"""How long a buyer may withdraw (LAW R1): fourteen days after the day of reception, to the end of the last. Pure Python."""

from datetime import date, datetime, time, timedelta

from lapinblanc.clock import PARIS

# C. conso. L221-18; day 1 is the day after reception.
DAYS = 14
# C. conso. L221-24: money back within as many days of being told.
REFUND_DAYS = 14
FIXED = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})


def first_moment_after(received: date) -> datetime:
    """The first instant at which it is too late; a last day that is no working day goes on to the next (L221-19)."""
    last = received + timedelta(days=DAYS)
    while last.weekday() >= 5 or is_holiday(last):
        last += timedelta(days=1)
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=PARIS)


def is_holiday(day: date) -> bool:
    """A public holiday in all of France (C. trav. L3133-1)."""
    easter = _easter(day.year)
    return (day.month, day.day) in FIXED or day - easter in (timedelta(days=1), timedelta(days=39), timedelta(days=50))


def _easter(year: int) -> date:
    """Easter Sunday, by Gauss's method as Butcher wrote it down."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)
