"""When the word « soldes » may be used (LAW P8). Pure Python; hours are those of Paris.

C. com. L310-3: the word and what derives from it are kept for sales within the legal periods. D310-15-2 and the order of 27
May 2019: winter begins on the second Wednesday of January at 8:00, on the first when the second falls after the 12th; summer
on the last Wednesday of June at 8:00, on the one before when the last falls after the 28th; each lasts four weeks (L310-3, I,
as set by the order; some departments have other dates of their own, which are not told here). Winter 2027: from 6 January.
"""

import re
from datetime import date, datetime, time, timedelta

from lapinblanc.clock import PARIS

WEEKS, OPENING, WEDNESDAY = 4, time(8), 2
_WORD = re.compile(r"\b(?:soldes|en\s+solde|sold(?:é|ée|és|ées|er|erie|eur|eurs))\b", re.IGNORECASE)


def says_soldes(text: str) -> bool:
    """Whether a title or a banner uses the protected word or one derived from it."""
    return bool(_WORD.search(text))


def uses_of_soldes(text: str) -> list[tuple[int, int]]:
    """Where the word stands, from (included) to (not included)."""
    return [found.span() for found in _WORD.finditer(text)]


def periods(year: int) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]]:
    """Winter and summer of a year: from (included) to (not included)."""
    winter = _wednesday(date(year, 1, 1), weeks=1)
    if winter.day > 12:
        winter -= timedelta(weeks=1)
    summer = _wednesday(date(year, 6, 24), weeks=0)
    if summer.day > 28:
        summer -= timedelta(weeks=1)
    return _period(winter), _period(summer)


def may_say_soldes(*, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether something shown from `starts_at` to `ends_at` lies inside one legal period."""
    years = {starts_at.astimezone(PARIS).year - 1, starts_at.astimezone(PARIS).year}
    return any(opens <= starts_at and ends_at <= closes for year in years for opens, closes in periods(year))


def _wednesday(first: date, *, weeks: int) -> date:
    """The first Wednesday on or after a day, so many weeks later."""
    return first + timedelta(days=(WEDNESDAY - first.weekday()) % 7, weeks=weeks)


def _period(opens: date) -> tuple[datetime, datetime]:
    closes = opens + timedelta(weeks=WEEKS)
    return datetime.combine(opens, OPENING, PARIS), datetime.combine(closes, time(0), PARIS)
