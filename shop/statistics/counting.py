"""Visits are held in memory and written by handfuls: a reader's page never waits for a row, and nothing of who read is kept.

The team's own visits do not count: who they are is looked at when the handful is written, and forgotten with it.
"""

import threading
import time
from collections import Counter
from typing import Any

from django.db import connection
from lapinblanc import clock
from lapinblanc.previews import is_preview

from shop.catalogue.reading import page_named
from shop.statistics.sources import is_robot, origin_of
from shop.vendors.models import TeamMember

HANDFUL, SECONDS = 60, 15
# (vendor, listing or 0, day, source, words, reader's account or 0)
Visit = tuple[int, int, str, str, str, int]
_lock = threading.Lock()
_held: Counter[Visit] = Counter()
_written = [time.monotonic()]


def seen(request: Any, *, vendor_id: int, product_id: int | None) -> None:
    """Registered with the catalogue: a public page was read."""
    if request.method != "GET" or is_preview() or is_robot(request.headers.get("User-Agent", "")):
        return
    origin = origin_of(referrer=request.headers.get("Referer", "")[:2000], host=request.get_host(), named_page=page_named(request.GET) is not None)
    reader = request.user.pk if request.user.is_authenticated else 0
    with _lock:
        _held[vendor_id, product_id or 0, clock.today().isoformat(), str(origin.source), origin.words if product_id else "", reader] += 1
    if len(_held) >= HANDFUL or time.monotonic() - _written[0] > SECONDS:
        write()


def write() -> None:
    """Write what is held, now."""
    with _lock:
        held = dict(_held)
        _held.clear()
        _written[0] = time.monotonic()
    readers = {reader for *_facts, reader in held if reader}
    teams = set(TeamMember.objects.filter(user__in=readers).values_list("vendor_id", "user_id")) if readers else set()
    visits: Counter[tuple[int, int | None, str, str]] = Counter()
    words: Counter[tuple[int, int, str, str]] = Counter()
    for (vendor, product, day, source, said, reader), count in held.items():
        if (vendor, reader) in teams:
            continue
        visits[vendor, product or None, day, source] += count
        if said:
            words[vendor, product, day, said] += count
    _store(visits, words)


def forget() -> None:
    """Throw away what is held: for tests."""
    with _lock:
        _held.clear()
        _written[0] = time.monotonic()


def _store(visits: Counter[Any], words: Counter[Any]) -> None:
    """A listing that was deleted meanwhile takes its counts with it."""
    with connection.cursor() as cursor:
        if visits:
            cursor.executemany(
                """INSERT INTO statistics_visitcount AS known (vendor_id, product_id, day, source, visits)
                   SELECT %s, %s::bigint, %s::date, %s, %s WHERE %s::bigint IS NULL OR EXISTS (SELECT 1 FROM catalogue_product WHERE id = %s::bigint)
                   ON CONFLICT (vendor_id, product_id, day, source) DO UPDATE SET visits = known.visits + EXCLUDED.visits""",
                [(vendor, product, day, source, count, product, product) for (vendor, product, day, source), count in sorted(visits.items(), key=str)],
            )
        if words:
            cursor.executemany(
                """INSERT INTO statistics_wordcount AS known (vendor_id, product_id, day, words, visits)
                   SELECT %s, %s, %s::date, %s, %s WHERE EXISTS (SELECT 1 FROM catalogue_product WHERE id = %s)
                   ON CONFLICT (vendor_id, product_id, day, words) DO UPDATE SET visits = known.visits + EXCLUDED.visits""",
                [(vendor, product, day, said, count, product) for (vendor, product, day, said), count in sorted(words.items())],
            )
