"""What leaves an order again: withdrawals that buyers declare, and pieces that boutiques take out and refund."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices


class RemovalKind(TextChoices):
    CANCELLED = "cancelled", _("cancelled by the boutique")
    RETURNED = "returned", _("came back")


class Removal(models.Model):
    """Pieces of a line that left the contract, and what went back for them (shipping apart); written by `removals.py` alone."""

    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="removals")
    kind = models.CharField(max_length=9, choices=RemovalKind.choices)
    quantity = models.PositiveIntegerField()
    amount_cents = models.PositiveIntegerField(default=0)
    # One refund for all lines of one click; none when nothing was left to give back.
    refund = models.ForeignKey("psp.Refund", on_delete=models.PROTECT, null=True, blank=True, related_name="removals")
    back_on_sale = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("pieces taken out of an order")
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=RemovalKind.values), name="removal_kind_known"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="removal_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line}"


class Withdrawal(models.Model):
    """A buyer's declaration (LAW R2), written by `withdrawing.py` alone. `key` is its form's: sent twice, it is one."""

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="withdrawals")
    key = models.UUIDField(unique=True, editable=False)
    declared_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("withdrawal")
        ordering: ClassVar = ["declared_at", "id"]

    def __str__(self) -> str:
        return f"{self.order} {self.declared_at:%Y-%m-%d}"


class WithdrawalLine(models.Model):
    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="withdrawals")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["withdrawal", "line"], name="withdrawal_names_a_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="withdrawal_line_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line}"
