"""What we know at the provider: one Payment per checkout, refunds, the vendors' accounts, and the events it sent us.

The provider itself is reached through `provider.py` (the port); it is the truth, these rows our memory of it.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices


class PaymentState(TextChoices):
    CREATED = "created", _("waiting for the buyer")
    PROCESSING = "processing", _("being processed")
    AUTHORIZED = "authorized", _("promised, not charged")
    SUCCEEDED = "succeeded", _("paid")
    CANCELLED = "cancelled", _("abandoned")


class Capture(TextChoices):
    AUTOMATIC = "automatic", _("charged at once")
    MANUAL = "manual", _("promised, charged later")


class Payment(models.Model):
    """A PaymentIntent by another name; `reference` is the provider's own id."""

    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=120)
    idempotency_key = models.CharField(max_length=120, unique=True)
    transfer_group = models.CharField(max_length=120)
    amount_cents = models.PositiveIntegerField()
    refunded_cents = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=PaymentState, default=PaymentState.CREATED)
    capture = models.CharField(max_length=10, choices=Capture, default=Capture.AUTOMATIC)
    method = models.CharField(_("means of payment"), max_length=60, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    succeeded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "reference"], name="payment_known_once"),
            models.CheckConstraint(
                condition=Q(refunded_cents__lte=F("amount_cents")), name="payment_never_refunded_beyond_captured"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}:{self.reference}"


class Refund(models.Model):
    """Money going back to the buyer; `idempotency_key` makes asking twice one refund."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    idempotency_key = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=120, blank=True)
    amount_cents = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount_cents__gt=0), name="refund_is_positive")]

    def __str__(self) -> str:
        return self.idempotency_key


class AccountState(TextChoices):
    CREATED = "created", _("opened, identity not given yet")
    KYC_PENDING = "kyc_pending", _("identity being checked")
    RESTRICTED = "restricted", _("something is missing")
    ENABLED = "enabled", _("ready to be paid")
    DISABLED = "disabled", _("closed by the provider")


class ProviderAccount(models.Model):
    """A vendor's account at the provider. The IBAN is theirs to keep: here its last four signs and the bank's name."""

    vendor = models.OneToOneField("vendors.Vendor", on_delete=models.CASCADE, related_name="provider_account")
    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=AccountState, default=AccountState.CREATED)
    currently_due = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    holder_kind = models.CharField(max_length=12, blank=True)
    holder_name = models.CharField(max_length=200, blank=True)
    bank_name = models.CharField(_("bank"), max_length=120, blank=True)
    iban_last4 = models.CharField(max_length=4, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    # When the provider was last asked, and since when the account has been ready.
    asked_at = models.DateTimeField(default=clock.now)
    enabled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "reference"], name="provider_account_known_once"),
            models.CheckConstraint(condition=Q(state__in=AccountState.values), name="provider_account_state_known"),
            models.CheckConstraint(condition=~Q(state="enabled") | Q(enabled_at__isnull=False), name="provider_account_enabled_has_its_date"),
        ]

    def __str__(self) -> str:
        return f"{self.provider}:{self.reference}"

    @property
    def is_enabled(self) -> bool:
        return self.state == AccountState.ENABLED


class ProviderEvent(models.Model):
    """A signed event as received: its id is unique, so that the second copy does nothing."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    payment_reference = models.CharField(max_length=120, blank=True, db_index=True)
    account_reference = models.CharField(max_length=120, blank=True)
    payload = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    processed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="provider_event_received_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
