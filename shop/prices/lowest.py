"""Which price may be struck beside a reduction (LAW P7): pure functions over what a piece was offered at.

C. conso. L112-1-1: the prior price is the lowest applied to all consumers in the thirty days before the reduction; in
successive reductions of one period, the one before the first. CJEU C-330/23 of 26 September 2024: percentages are of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from lapinblanc import clock

DAYS = 30
# The least that a code leaves of what it lowers: what a card can be charged.
LEAST = 50


@dataclass(frozen=True, slots=True)
class Change:
    """From `at` on, offered at `cents`; None: not on sale."""

    at: datetime
    cents: int | None


@dataclass(frozen=True, slots=True)
class Window:
    """An agreed price from `starts_at` (included) to `ends_at` (not included), for a campaign."""

    starts_at: datetime
    ends_at: datetime
    cents: int
    campaign: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code that everybody could use from `starts_at` (included) to `ends_at` (not included; None: still): a price for all.

    Either `percent`, or `amount` off goods worth `minimum` at least, in cents.
    """

    starts_at: datetime
    ends_at: datetime | None
    percent: int = 0
    amount: int = 0
    minimum: int = 0

    def lowers(self, cents: int) -> int:
        """The lowest that a piece at `cents` can come to with it, in any basket.

        An amount is shared by what it is taken off: its part of a piece is largest in the smallest basket that bears it whole.
        """
        if self.percent:
            return cents - -(-cents * self.percent // 100)
        return cents - -(-self.amount * cents // max(cents, self.minimum, self.amount + LEAST))


@dataclass(frozen=True, slots=True)
class Reduction:
    """What may be announced: cents, and whole per cent of the prior price, rounded down."""

    price: int
    prior: int

    @property
    def percent(self) -> int:
        return 100 * (self.prior - self.price) // self.prior


class Silence(StrEnum):
    """Why nothing may be announced beside a lower price."""

    PRIVATE = "private"  # a private seller announces no reduction
    NEW = "new"  # never on sale before
    PAUSED = "paused"  # not on sale during the thirty days
    LOWER = "lower"  # was as cheap or cheaper in the thirty days


def silence(*, changes: Sequence[Change], price: int, prior: int | None, starts_at: datetime, private: bool) -> Silence | None:
    """Why `reduction` announces nothing; None when it does."""
    if private:
        return Silence.PRIVATE
    if prior is None:
        known = any(change.cents is not None and change.at < starts_at for change in changes)
        return Silence.PAUSED if known else Silence.NEW
    return Silence.LOWER if price >= prior else None


def in_force(*, base: int, windows: Sequence[Window], at: datetime) -> int:
    """The price charged at an instant: a window lowers the price, it never raises it."""
    return min([base, *(window.cents for window in windows if window.starts_at <= at < window.ends_at)])


def prior_price(*, changes: Sequence[Change], windows: Sequence[Window], window: Window, codes: Sequence[Code] = ()) -> int | None:
    """The lowest price of the thirty days before the campaign's first step; None without one: then nothing is struck.

    `changes` in the order of time. Days are counted in Paris. A piece that was paused has no price; a piece younger than
    thirty days has those since its first sale; a window of another campaign, and what a code for everybody made of a price
    while both were in force, are prices like any other.
    """
    first = _first_step(windows, window)
    start = first.starts_at
    # Whole days of Paris; then back to UTC, where instants are compared as instants also on the night when the clock changes.
    since = (start.astimezone(clock.PARIS) - timedelta(days=DAYS)).astimezone(UTC)
    found = []
    for index, change in enumerate(changes):
        until = changes[index + 1].at if index + 1 < len(changes) else start
        since_here, until_here = max(change.at, since), min(until, start)
        if change.cents is None or since_here >= until_here:
            continue
        offered = [(change.cents, since_here, until_here)]
        offered += [(w.cents, max(w.starts_at, since_here), min(w.ends_at, until_here)) for w in windows if w.starts_at < until_here and w.ends_at > since_here]
        found += [cents for cents, _since, _until in offered]
        found += [code.lowers(cents) for cents, begin, end in offered for code in codes if code.starts_at < end and (code.ends_at is None or code.ends_at > begin)]
    return min(found, default=None)


def reduction(*, price: int, prior: int | None, private: bool) -> Reduction | None:
    """What may be announced, or nothing: a private seller announces none, and only a price below the prior one is lower."""
    if private or prior is None or price >= prior:
        return None
    return Reduction(price=price, prior=prior)


def _first_step(windows: Sequence[Window], window: Window) -> Window:
    """The first of the uninterrupted steps, each as low as the one before or lower, of the same campaign."""
    first = window
    while True:
        before = next(
            (w for w in windows if w.ends_at == first.starts_at and w.campaign == first.campaign and w.cents >= first.cents), None
        )
        if before is None:
            return first
        first = before
