"""A change of many creations at once: what was asked, what each would become, what each became. It is shown before it is done.

`Change` is watched like every long work; its lines hold the value before and after, so that it can be undone.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices
from lapinblanc.jobs.tracked import Tracked


class Step(TextChoices):
    SHOWN = "shown", _("to be confirmed")
    APPLYING = "applying", _("being done")
    DONE = "done", _("done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class LineState(TextChoices):
    WAITING = "waiting", _("to be done")
    REFUSED = "refused", _("cannot be done")
    DONE = "done", _("done")
    KEPT = "kept", _("changed meanwhile, left as it is")
    UNDONE = "undone", _("undone")


class Change(Tracked):
    """`action`: the JSON of `actions.Action`; `asked` lines in all, `refused` cannot be done as they stand."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.CASCADE, related_name="bulk_changes")
    step = models.CharField(max_length=8, choices=Step, default=Step.SHOWN)
    action = models.JSONField()
    asked = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("change of many creations")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(step__in=Step.values), name="bulk_step_known")]
        indexes: ClassVar = [models.Index(fields=["vendor", "-asked_at"], name="bulk_change_of_vendor")]

    def __str__(self) -> str:
        return f"{self.pk}"


class ChangeLine(models.Model):
    """One creation, or one stock record of it (`stockrecord`): its value before and after, and what became of it."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    stockrecord = models.ForeignKey("partner.StockRecord", on_delete=models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=255)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    state = models.CharField(max_length=8, choices=LineState, default=LineState.WAITING)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("line of a change")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="bulk_line_state_known"),
            models.UniqueConstraint(fields=["change", "product", "stockrecord"], name="bulk_line_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.title
