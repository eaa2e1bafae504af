"""What a piece was offered at, and lower prices agreed for a time. The current price stays on the stock record.

`PriceChange` is written by the database alone (see the migration) and never changes. A `PriceWindow` is a vendor's agreement
to a campaign: it can be left before it starts or cut short, never moved, raised or deleted. Two of one record never overlap:
an exclusion constraint over ranges (`int8range(id, id) && …`), which needs no extension.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

# The least that a card can be charged.
LEAST_CENTS = 50


class PriceChange(models.Model):
    """From `at` on, the piece was offered at `price_cents`; null: not on sale. Outlives the stock record: it is evidence."""

    stockrecord = models.ForeignKey("partner.StockRecord", on_delete=models.DO_NOTHING, db_constraint=False, related_name="price_changes")
    price_cents = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["stockrecord", "at", "id"], name="price_change_in_order")]

    def __str__(self) -> str:
        return f"{self.stockrecord_id}: {self.price_cents}"


class PriceWindow(models.Model):
    """A lower price of one stock record during a campaign, agreed by its vendor: who and when."""

    stockrecord = models.ForeignKey("partner.StockRecord", on_delete=models.CASCADE, related_name="price_windows")
    price_cents = models.PositiveIntegerField(_("price during the campaign"))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # The room of campaigns gives the key; the shop knows no more of it.
    campaign = models.CharField(max_length=60)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="price_window_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(agreed_at__lte=F("starts_at")), name="price_window_agreed_before_it_starts"),
            models.CheckConstraint(condition=~Q(campaign=""), name="price_window_names_its_campaign"),
            models.CheckConstraint(condition=Q(price_cents__gte=LEAST_CENTS), name="price_window_is_a_price"),
            ExclusionConstraint(
                name="price_windows_never_overlap",
                expressions=[
                    (Func(F("stockrecord"), F("stockrecord"), Value("[]"), function="int8range", output_field=BigIntegerRangeField()), RangeOperators.OVERLAPS),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField()), RangeOperators.OVERLAPS),
                ],
                condition=Q(left_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign"], name="price_window_by_campaign")]

    def __str__(self) -> str:
        return f"{self.stockrecord_id}: {self.price_cents} ({self.campaign})"
