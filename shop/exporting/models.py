"""Archives of boutiques being made, ready or gone. One at a time for a boutique; a ready one has its file and its end."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc.jobs.tracked import Tracked


class ExportRun(Tracked):
    """Everything that a boutique owns, as one file under EXPORTS_ROOT; the file goes after seven days, the row stays."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.CASCADE, related_name="exports")
    file = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("archive of a boutique")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vendor"], condition=Q(state__in=("waiting", "running")), name="one_archive_at_a_time"),
            models.CheckConstraint(condition=Q(file="") | Q(expires_at__isnull=False, size__gt=0), name="archive_with_a_file_has_an_end"),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_id} · {self.pk}"
