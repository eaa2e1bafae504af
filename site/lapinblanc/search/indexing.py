"""Keeping indexes true: the queue of changes is applied in small batches, and a whole index is rebuilt beside the one in use.

Both may run twice, and while the site is written to. A batch and its place in the queue are one transaction: a change that an
engine did not take stays in the queue.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from lapinblanc import clock
from lapinblanc.search.engine import EngineUnavailable
from lapinblanc.search.engines import choice
from lapinblanc.search.models import ActiveIndex, QueuedChange
from lapinblanc.search.sources import Source, source_named, sources

BATCH = 200
NEXT = ".next"
PATIENCE = 600
MANY = 50_000


def apply_changes(name: str, index: Any = None) -> int:
    """Apply all that waits for the index called `name`; returns how many changes. Raises EngineUnavailable; the rest then waits."""
    target = index or choice.make(name)
    done = 0
    while batch := _apply_batch(name, target):
        done += batch
    return done


def _apply_batch(name: str, target: Any) -> int:
    refreshed = QueuedChange.objects.filter(index=name).order_by("id").values_list("source", "key")[:BATCH]
    for source, keys in _by_source(refreshed).items():
        source.refresh(keys)
    with transaction.atomic():
        taken = _take(name)
        for source, keys in _by_source((source, key) for source, key in taken).items():
            found = source.documents(keys)
            present = {(document.kind, document.key) for document in found}
            target.remove([(kind, key) for key in keys for kind in source.kinds if (kind, key) not in present])
            target.write(found) if hasattr(target, "write") else target.add(found)
    return len(taken)


def _take(name: str) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM site_search_queuedchange WHERE id IN (
                 SELECT id FROM site_search_queuedchange WHERE index = %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
               ) RETURNING source, key""",
            [name, BATCH],
        )
        return list(cursor.fetchall())


def _by_source(changes: Iterable[tuple[str, int]]) -> dict[Source, list[int]]:
    grouped: dict[str, set[int]] = defaultdict(set)
    for name, key in changes:
        grouped[name].add(key)
    found = ((source_named(name), sorted(keys)) for name, keys in grouped.items())
    return {source: keys for source, keys in found if source is not None}


def apply_everywhere() -> int:
    """Apply what waits for every active index; an engine that fails is noted and tried again next time."""
    done = 0
    for active in ActiveIndex.objects.exclude(name__endswith=NEXT):
        try:
            done += rebuild(active.name) if _too_many(active.name) else apply_changes(active.name)
        except EngineUnavailable as failed:
            ActiveIndex.objects.filter(pk=active.pk).update(problem=str(failed)[:300], problem_at=clock.now())
        else:
            if active.problem:
                ActiveIndex.objects.filter(pk=active.pk).update(problem="", problem_at=None)
    return done


def _too_many(name: str) -> bool:
    """Whether so much waits, after a large import, that building anew is cheaper."""
    return QueuedChange.objects.filter(index=name).order_by("id")[MANY : MANY + 1].exists()


def rebuild(name: str, *, tell: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Build the index called `name` from zero beside the one in use, catch up with what changed meanwhile, and swap.

    `tell` is called with (documents done, documents expected). Returns the number of documents.
    """
    draft = name + NEXT
    total = sum(source.total() for source in sources())
    ActiveIndex.objects.update_or_create(name=draft, defaults={"done": 0, "total": total, "problem": "", "rebuilt_at": None})
    generation = None
    try:
        _let_older_writers_finish()
        seen = QueuedChange.objects.filter(index=name).aggregate(last=Max("id"))["last"] or 0
        generation = choice.make(name).begin()
        done = _fill(generation, draft, total, tell)
        apply_changes(draft, generation)
        generation.swap()
    except BaseException as failed:
        ActiveIndex.objects.filter(name=draft).delete()
        QueuedChange.objects.filter(index=draft).delete()
        ActiveIndex.objects.update_or_create(name=name, defaults={"problem": str(failed)[:300], "problem_at": clock.now()})
        if generation is not None:
            generation.drop()
        raise
    with transaction.atomic():
        # What had been noted before the first page was read is in it.
        QueuedChange.objects.filter(index=name, id__lte=seen).delete()
        QueuedChange.objects.filter(index=draft).update(index=name)
        ActiveIndex.objects.filter(name=draft).delete()
        ActiveIndex.objects.update_or_create(
            name=name, defaults={"done": done, "total": done, "rebuilt_at": clock.now(), "problem": "", "problem_at": None}
        )
    return done


def _fill(generation: Any, draft: str, total: int, tell: Callable[[int, int], None]) -> int:
    done = 0
    for source in sources():
        after = 0
        while keys := source.keys(after=after, limit=BATCH * 2):
            after = keys[-1]
            done += generation.add(source.documents(keys))
            ActiveIndex.objects.filter(name=draft).update(done=done)
            tell(done, total)
    return done


def _let_older_writers_finish() -> None:
    """Wait for transactions that began before the new index was made known: their triggers did not see it.

    Raises TimeoutError after ten minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_current_xact_id_if_assigned()::text::bigint")
        horizon, own = cursor.fetchone()
        ends = time.monotonic() + PATIENCE
        while True:
            cursor.execute(
                "SELECT count(*) FROM pg_snapshot_xip(pg_current_snapshot()) x WHERE x::text::bigint < %s AND x::text::bigint <> coalesce(%s, 0)",
                [horizon, own],
            )
            if not cursor.fetchone()[0]:
                return
            if time.monotonic() > ends:
                raise TimeoutError("a transaction older than the rebuild is still open")
            time.sleep(0.2)
