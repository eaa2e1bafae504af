"""Long work that people watch: a row says how far it is, what it came to and why it failed; it can be run again.

A room's row extends `Tracked`; its job calls `run_tracked`, which lets one worker at a time do it. The work must be
resumable: a killed worker leaves its row « running », and after `PATIENCE` without a sign the next one goes on from there.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapinblanc import clock
from lapinblanc.choices import TextChoices

log = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=2)


class WorkState(TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class Cancelled(Exception):
    """The person called it off while it ran."""


class Tracked(models.Model):
    """`done` of `total` (0: not known yet); `note` is one sentence on what happens now or on what came out."""

    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    error = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        return self.state in (WorkState.DONE, WorkState.FAILED, WorkState.CANCELLED)

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

    def advance(self, done: int, *, total: int | None = None, note: str = "") -> None:
        """Say how far it is; a sign of life. Raises Cancelled when the person called it off."""
        facts: dict[str, Any] = {"done": done, "beat_at": clock.now()} | ({"total": total} if total is not None else {}) | ({"note": note[:300]} if note else {})
        if not type(self)._base_manager.filter(pk=self.pk, state=WorkState.RUNNING).update(**facts):
            raise Cancelled
        for name, value in facts.items():
            setattr(self, name, value)

    def cancel(self) -> bool:
        """Called off by the person; False when it is over already."""
        return bool(type(self)._base_manager.filter(pk=self.pk, state__in=(WorkState.WAITING, WorkState.RUNNING)).update(state=WorkState.CANCELLED, ended_at=clock.now()))

    def again(self) -> bool:
        """Back into the queue after a failure; the caller enqueues its job. False when it did not fail."""
        rows = type(self)._base_manager.filter(pk=self.pk, state__in=(WorkState.FAILED, WorkState.CANCELLED))
        return bool(rows.update(state=WorkState.WAITING, error="", ended_at=None))


def run_tracked(model: type[Any], pk: Any, work: Callable[[Any], str]) -> bool:
    """Do the work of one row, alone; `work` takes the row and returns its last sentence. False when it is not to be done now.

    A failure is written on the row and raised again, so that the job is seen among the failed ones too.
    """
    stale = Q(state=WorkState.RUNNING) & (Q(beat_at__isnull=True) | Q(beat_at__lt=clock.now() - PATIENCE))
    mine = model._base_manager.filter(Q(state=WorkState.WAITING) | stale, pk=pk)
    if not mine.update(state=WorkState.RUNNING, beat_at=clock.now(), error=""):
        return False
    row = model._base_manager.get(pk=pk)
    try:
        said = work(row)
    except Cancelled:
        return False
    except Exception as failure:
        model._base_manager.filter(pk=pk).update(state=WorkState.FAILED, ended_at=clock.now(), error=f"{type(failure).__name__}: {failure}"[:500])
        raise
    model._base_manager.filter(pk=pk, state=WorkState.RUNNING).update(state=WorkState.DONE, ended_at=clock.now(), note=said[:300], total=F("total"))
    return True


def left_behind(model: type[Any]) -> list[Any]:
    """Numbers of rows whose worker was killed, or that never reached the queue: for a room's periodic job."""
    limit = clock.now() - PATIENCE
    cut = Q(state=WorkState.RUNNING, beat_at__lt=limit) | Q(state=WorkState.WAITING, asked_at__lt=limit)
    return list(model._base_manager.filter(cut).order_by("pk").values_list("pk", flat=True))
