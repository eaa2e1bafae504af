"""The commission's rate: dated, versioned, never edited; each version names the decision that set it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock


class CommissionRateQuerySet(models.QuerySet["CommissionRate"]):
    def at(self, moment: datetime) -> "CommissionRate":
        """The rate in force at `moment`. Raises DoesNotExist before the first one."""
        return self.filter(valid_from__lte=moment).latest("valid_from")

    def current(self) -> "CommissionRate":
        return self.at(clock.now())


class CommissionRate(models.Model):
    """`rate` on the goods before shipping, `vat_rate` on top of the commission; both in basis points."""

    rate = models.PositiveIntegerField(_("rate (basis points)"))
    vat_rate = models.PositiveIntegerField(_("VAT on it (basis points)"), default=2000)
    valid_from = models.DateTimeField(_("in force from"), unique=True)
    decided_by = models.CharField(_("decision"), max_length=200, help_text=_("The resolution that set this rate."))
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[CommissionRateQuerySet] = CommissionRateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(rate__lte=3000), name="commission_rate_at_most_30_per_cent")
        ]

    def __str__(self) -> str:
        return f"{self.rate / 100:g} % · {self.valid_from:%Y-%m-%d}"
