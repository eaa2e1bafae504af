"""Quiet hours: when a boutique wants no mail. Hours and days are those of Paris; pure Python."""

from collections.abc import Collection
from datetime import datetime, time

from lapinblanc.clock import PARIS


def is_quiet(moment: datetime, *, start: time | None, end: time | None, days: Collection[int]) -> bool:
    """Whether mails wait at `moment`: a whole quiet day (Monday is 0), or between two hours, over midnight too."""
    local = moment.astimezone(PARIS)
    if local.weekday() in days and len(set(days)) < 7:
        return True
    if start is None or end is None or start == end:
        return False
    now = local.time()
    return start <= now < end if start < end else now >= start or now < end
