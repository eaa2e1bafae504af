"""The one source of the current time: tests and the demo move it with `at`, everything else asks it. Pure Python."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return _moved.get() or datetime.now(tz=UTC)


def today() -> date:
    """The current day in Paris, where legal dates are counted."""
    return now().astimezone(PARIS).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment` (aware) and time stands still."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)
