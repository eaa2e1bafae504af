"""What people asked about their data: copies being made, and erasures that wait their seven days."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapinblanc import clock
from lapinblanc.choices import TextChoices


class ExportState(TextChoices):
    ASKED = "asked", _("waiting")
    READY = "ready", _("ready")
    GONE = "gone", _("removed")


class Export(models.Model):
    """A copy of a person's data, as one archive; `done` of `total` rooms are written."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.ASKED)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    file = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("copy of data")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_known"),
            models.UniqueConstraint(fields=["user"], condition=Q(state="asked"), name="one_export_at_a_time"),
            models.CheckConstraint(condition=~Q(state="ready") | (Q(expires_at__isnull=False) & ~Q(file="")), name="export_ready_has_file_and_end"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class ErasureState(TextChoices):
    WAITING = "waiting", _("waiting")
    UNDONE = "undone", _("called off")
    DONE = "done", _("done")


class Erasure(models.Model):
    """An account to be erased when `due_at` has come, unless its owner signs in before."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasures")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=ErasureState, default=ErasureState.WAITING)
    asked_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # What each room erased and kept, in numbers: {"searches": {"erased": 2, "kept": 0}}.
    report = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("erasure")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ErasureState.values), name="erasure_state_known"),
            models.UniqueConstraint(fields=["user"], condition=Q(state="waiting"), name="one_erasure_at_a_time"),
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="erasure_leaves_time_to_undo"),
            models.CheckConstraint(condition=Q(state="waiting", ended_at__isnull=True) | (~Q(state="waiting") & Q(ended_at__isnull=False)), name="erasure_ends_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(state="waiting"), name="erasure_due")]

    def __str__(self) -> str:
        return f"{self.pk}"
