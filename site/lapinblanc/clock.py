"""The one source of the current time: tests move it, everything else asks it. Pure Python."""

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(tz=timezone.utc)


def today() -> date:
    """The current day in Paris, where legal dates are counted."""
    return now().astimezone(PARIS).date()
