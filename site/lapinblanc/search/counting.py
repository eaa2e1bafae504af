"""Counts of searches and clicks, by day and words: nothing of who asked. Held in memory and written by handfuls, off the reader's way.

What looks like a person's (an address, a number) is not counted at all.
"""

import re
import threading
import time
from collections import Counter

from django.db import connection

from lapinblanc import clock
from lapinblanc.previews import is_preview
from lapinblanc.search.analysis.words import fold

HANDFUL, SECONDS = 40, 20
MOST_LETTERS = 80
_PERSONAL = re.compile(r"@|\d[\d .-]{5,}\d|https?:|www\.")
_lock = threading.Lock()
_searches: dict[tuple[str, str], list[int]] = {}
_clicks: Counter[tuple[str, str, str, int, int]] = Counter()
_written = [time.monotonic()]


def countable(text: str) -> str:
    """The words under which a search is counted, empty when it is not."""
    folded = " ".join(fold(text).split())
    return "" if _PERSONAL.search(folded) or len(folded) > MOST_LETTERS else folded


def searched(text: str, results: int) -> None:
    """Somebody asked for this and found so many."""
    words = countable(text)
    if not words or is_preview():
        return
    with _lock:
        entry = _searches.setdefault((clock.today().isoformat(), words), [0, 0])
        entry[0] += 1
        entry[1] = results
    _maybe_write()


def clicked(text: str, kind: str, key: int, place: int) -> None:
    """Somebody chose this result of these words."""
    words = countable(text)
    if words and not is_preview():
        with _lock:
            _clicks[clock.today().isoformat(), words, kind, key, place] += 1
        _maybe_write()


def write() -> None:
    """Write what is held, now."""
    with _lock:
        searches, clicks = dict(_searches), dict(_clicks)
        _searches.clear()
        _clicks.clear()
        _written[0] = time.monotonic()
    with connection.cursor() as cursor:
        if searches:
            cursor.executemany(
                """INSERT INTO site_search_searchcount AS known (day, text, searches, results, clicks) VALUES (%s, %s, %s, %s, 0)
                   ON CONFLICT (day, text) DO UPDATE SET searches = known.searches + EXCLUDED.searches, results = EXCLUDED.results""",
                [(day, words, count, results) for (day, words), (count, results) in sorted(searches.items())],
            )
        if clicks:
            cursor.executemany(
                """INSERT INTO site_search_clickcount AS known (day, text, kind, key, place, clicks) VALUES (%s, %s, %s, %s, %s, %s)
                   ON CONFLICT (day, text, kind, key) DO UPDATE SET clicks = known.clicks + EXCLUDED.clicks, place = EXCLUDED.place""",
                [(*found, count) for found, count in sorted(clicks.items())],
            )
            cursor.executemany(
                "UPDATE site_search_searchcount SET clicks = clicks + %s WHERE day = %s AND text = %s",
                [(count, day, words) for (day, words, _kind, _key, _place), count in sorted(clicks.items())],
            )


def forget() -> None:
    """Throw away what is held: for tests, each of which begins with nothing."""
    with _lock:
        _searches.clear()
        _clicks.clear()


def _maybe_write() -> None:
    if len(_searches) + len(_clicks) >= HANDFUL or time.monotonic() - _written[0] > SECONDS:
        write()
