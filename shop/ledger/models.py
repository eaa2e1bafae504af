"""Double entry, append-only: accounts, entries and their postings, in cents.

Only `shop.ledger` imports this module; `journal.py` is its only writer. The database refuses UPDATE and DELETE on
entries and postings, and refuses at commit an entry whose postings do not sum to zero (migration 0002).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices


class AccountKind(TextChoices):
    """A positive posting is a debit. Assets grow by debit, liabilities and income by credit."""

    PSP_CLEARING = "psp_clearing", _("held by the payment provider")
    VENDOR_PENDING = "vendor_pending", _("owed to the boutique, order under way")
    VENDOR_AVAILABLE = "vendor_available", _("owed to the boutique, to be paid out")
    COMMISSION = "commission", _("commission before tax")
    COMMISSION_VAT = "commission_vat", _("VAT on commission")


class Account(models.Model):
    """One account of the cooperative's, or of one vendor when `vendor` is set."""

    kind = models.CharField(max_length=20, choices=AccountKind)
    vendor = models.ForeignKey(
        "vendors.Vendor", on_delete=models.PROTECT, null=True, blank=True, related_name="ledger_accounts"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "vendor"], nulls_distinct=False, name="account_once_per_kind_and_vendor"
            ),
            models.CheckConstraint(
                condition=(Q(kind__startswith="vendor_") & Q(vendor__isnull=False))
                | (~Q(kind__startswith="vendor_") & Q(vendor__isnull=True)),
                name="account_of_a_vendor_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.vendor_id or '-'}"


class EntryKind(TextChoices):
    SALE = "sale", _("sale")
    COMMISSION = "commission", _("commission")
    RELEASE = "release", _("made available after delivery")
    REFUND = "refund", _("refund")
    COMMISSION_REFUND = "commission_refund", _("commission given back")
    PAYOUT = "payout", _("payout")
    CONTRIBUTION = "contribution", _("contribution without counterpart")


class Entry(models.Model):
    """One movement. `key` makes writing it twice a no-op; `order_number` joins it to the order it is about."""

    kind = models.CharField(max_length=20, choices=EntryKind)
    key = models.CharField(max_length=120, unique=True)
    order_number = models.CharField(max_length=128, blank=True, db_index=True)
    purchase_number = models.CharField(max_length=32, blank=True, db_index=True)
    memo = models.CharField(max_length=250, blank=True)
    occurred_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        ordering: ClassVar = ["occurred_at", "id"]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """A signed amount on one account: positive debits, negative credits."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount_cents = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount_cents=0), name="posting_is_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_cents}"
