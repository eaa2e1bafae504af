"""Counts of addresses that answered 404: the path, how often, the host a reader came from. Nothing of who asked.

Held in memory and written at most once a minute and process, so that a flood of wrong addresses costs the database nothing.
"""

import re
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import connection
from django.urls import reverse
from lapinblanc import clock

from editorial.reports.models import LONGEST_HOST, LONGEST_PATH, NotFound

SECONDS = 60
MOST_HELD, MOST_ROWS, DAYS_KEPT = 200, 2000, 90
# Rooms with somebody's own pages, or for machines: their wrong addresses may hold a secret and are nobody's dead link.
PRIVATE = ("account", "basket:detail", "checkout:page", "purchases:list", "workshop:today", "wagtailadmin_home", "search:results")
_EXTENSION = re.compile(r"\.(?!html?/?$)")
_NOISE = re.compile(r"/(?:\.|wp-|wp/|wordpress|cgi-bin|phpmyadmin|xmlrpc|admin/|administrator|vendor/|_|owa/|actuator|api/|static/|media/)", re.IGNORECASE)
_SECRET = re.compile(r"(?=[^/]*[a-z])(?=[^/]*[A-Z])(?=[^/]*\d)[\w-]{16,}|[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16,}|\d{6,}|@")
_HOST = re.compile(r"[a-z0-9.-]+")


@dataclass(slots=True)
class _Held:
    times: int
    seen: datetime
    host: str


_lock = threading.Lock()
_held: dict[str, _Held] = {}
_written = [time.monotonic()]


def note(*, path: str, referrer: str) -> None:
    """This path led nowhere; `referrer` is the whole address a browser sent, of which the host alone is kept."""
    if not countable(path):
        return
    host = host_of(referrer)
    with _lock:
        entry = _held.get(path)
        if entry is not None:
            entry.times, entry.seen, entry.host = entry.times + 1, clock.now(), host or entry.host
        elif len(_held) < MOST_HELD:
            _held[path] = _Held(1, clock.now(), host)
    if time.monotonic() - _written[0] > SECONDS:
        write()


def countable(path: str) -> bool:
    """Whether a person may have followed a dead link here: no robots' noise, nothing that looks like a secret, no private room."""
    return (
        path.startswith("/") and path.isprintable() and len(path) <= LONGEST_PATH and "?" not in path
        and not _EXTENSION.search(path) and not _NOISE.search(path) and not _SECRET.search(path)
        and not path.startswith(_private())
    )


def host_of(referrer: str) -> str:
    """`fil-et-aiguille.example`, or nothing when it is none."""
    try:
        host = (urlsplit(referrer).hostname or "").lower()
    except ValueError:
        return ""
    return host[:LONGEST_HOST] if _HOST.fullmatch(host) else ""


def write() -> None:
    """Write what is held, now. A table that is full takes no new path, and goes on counting those it knows."""
    with _lock:
        rows = dict(_held)
        _held.clear()
        _written[0] = time.monotonic()
    if not rows:
        return
    room = max(0, MOST_ROWS - NotFound.objects.count())
    known = set(NotFound.objects.filter(path__in=rows).values_list("path", flat=True))
    new = [path for path in sorted(rows) if path not in known][:room]
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO editorial_reports_notfound AS known (path, times, first_seen, last_seen, came_from, dismissed)
               VALUES (%s, %s, %s, %s, %s, false)
               ON CONFLICT (path) DO UPDATE SET times = known.times + EXCLUDED.times, last_seen = EXCLUDED.last_seen,
               came_from = CASE WHEN EXCLUDED.came_from = '' THEN known.came_from ELSE EXCLUDED.came_from END""",
            [(path, rows[path].times, rows[path].seen, rows[path].seen, rows[path].host) for path in sorted(known | set(new))],
        )


def forget_old() -> int:
    """Paths that nobody asked for in ninety days; returns how many. Twice does nothing more."""
    gone, _rows = NotFound.objects.filter(last_seen__lt=clock.now() - timedelta(days=DAYS_KEPT)).delete()
    return gone


def forget() -> None:
    """Throw away what is held: for tests, each of which begins with nothing."""
    with _lock:
        _held.clear()
        _written[0] = time.monotonic()


def _private() -> tuple[str, ...]:
    return tuple(reverse(name) for name in PRIVATE)
