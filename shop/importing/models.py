"""An import of a file: the run with its choices and counts, a line for each listing of the file, and what came from where."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices
from lapinblanc.jobs.tracked import Tracked
from lapinblanc.private import private_storage


class Stage(TextChoices):
    """What a run's work is now: `Tracked.state` says how far that is."""

    CHOOSING = "choosing", _("columns to be checked")
    TRYING = "trying", _("dry run")
    IMPORTING = "importing", _("import")
    PICTURES = "pictures", _("pictures")
    UNDONE = "undone", _("undone")


class Outcome(TextChoices):
    IMPORTED = "imported", _("new")
    UPDATED = "updated", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    KEPT = "kept", _("kept as it is here")
    REFUSED = "refused", _("refused")


class ImportRun(Tracked):
    """`columns`: the meaning of each column, as recognised or corrected; `cursor`: the last group of rows that was done."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.CASCADE, related_name="imports")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.CHOOSING)
    filename = models.CharField(max_length=120)
    file = models.FileField(storage=private_storage, max_length=200, blank=True)
    pictures_file = models.FileField(storage=private_storage, max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    format = models.CharField(max_length=20)
    confidence = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    header_line = models.PositiveIntegerField(default=0)
    options = models.JSONField(default=dict)
    cursor = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("import of a file")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(stage__in=Stage.values), name="import_stage_known")]

    def __str__(self) -> str:
        return f"{self.vendor_id} · {self.filename}"


class ImportLine(models.Model):
    """What became of one listing of the file. `pictures`: addresses that still wait; `lost`: [address, sentence]."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    trial = models.BooleanField(default=False)
    number = models.PositiveIntegerField()
    first_line = models.PositiveIntegerField(default=0)
    last_line = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=255, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    sentences = models.JSONField(default=list)
    warned = models.BooleanField(default=False)
    product = models.ForeignKey("catalogue.Product", on_delete=models.SET_NULL, null=True, related_name="+")
    pictures = models.JSONField(default=list)
    lost = models.JSONField(default=list)

    class Meta:
        verbose_name = _("line of an import")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "trial", "number"], name="import_line_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="import_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} · {self.number}"


class ImportedListing(models.Model):
    """A listing here and its name in the other shop: the same file again finds it. `revision`: of the listing, when it was last imported."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    created_by = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="created")

    class Meta:
        verbose_name = _("imported listing")
        constraints: ClassVar = [models.UniqueConstraint(fields=["vendor", "source", "key"], name="imported_listing_once")]

    def __str__(self) -> str:
        return f"{self.source} · {self.key}"
