"""Bars of a chart, ready to be drawn: pure arithmetic. The same numbers stand in a table under each chart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

HEIGHT = 120
# A chart of more bars than this cannot be read on a telephone.
MOST = 31


@dataclass(frozen=True, slots=True)
class Bar:
    """From `first` to `last` included. `x`, `y`, `width`, `height` in units of a drawing a hundred wide and `HEIGHT` high."""

    first: date
    last: date
    value: int
    x: str
    y: int
    width: str
    height: int


def step_of(days: int) -> int:
    """Days in one bar: one, a week, or four weeks."""
    return next(step for step in (1, 7, 28) if days <= step * MOST)


def bars(*, first: date, last: date, values: Mapping[date, int]) -> list[Bar]:
    """One bar a day, a week or four weeks, counted back from the last day, so that the newest bar is whole."""
    days = (last - first).days + 1
    step = step_of(days)
    ends = [last - timedelta(days=offset) for offset in range(0, days, step)][::-1]
    spans = [(max(first, end - timedelta(days=step - 1)), end) for end in ends]
    sums = [sum(values.get(start + timedelta(days=n), 0) for n in range((end - start).days + 1)) for start, end in spans]
    highest, room = max([*sums, 1]), 100 / max(len(spans), 1)
    found = []
    for place, ((start, end), value) in enumerate(zip(spans, sums, strict=True)):
        height = value * HEIGHT // highest if value else 0
        height = max(height, 2) if value else 0
        found.append(Bar(start, end, value, f"{place * room + room * 0.1:.2f}", HEIGHT - height, f"{room * 0.8:.2f}", height))
    return found


def shares(rows: list[tuple[str, int]], written: Callable[[int], str] = str) -> list[tuple[str, str, int]]:
    """(label, number, per cent of the largest): bars that lie."""
    largest = max([number for _label, number in rows] + [1])
    return [(label, written(number), 100 * number // largest) for label, number in rows]
