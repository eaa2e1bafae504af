"""The sandbox's own books: what a payment company would hold on its side. Nothing of the shop reads these tables."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from lapinblanc import clock


class SandboxPayment(models.Model):
    """A PaymentIntent of the sandbox. `request_digest` refuses another request under a used key."""

    reference = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=120, unique=True)
    request_digest = models.CharField(max_length=64)
    amount_cents = models.PositiveIntegerField()
    refunded_cents = models.PositiveIntegerField(default=0)
    transfer_group = models.CharField(max_length=120)
    description = models.CharField(max_length=200)
    email = models.EmailField()
    return_url = models.URLField(max_length=500)
    state = models.CharField(max_length=12, default="created")
    capture = models.CharField(max_length=10, default="automatic")
    capture_key = models.CharField(max_length=120, blank=True)
    # What the bank will answer when a promise is taken: nothing, or the code of its refusal.
    capture_refusal = models.CharField(max_length=60, blank=True)
    # A promise made with some cards ends by itself at this moment.
    authorized_until = models.DateTimeField(null=True, blank=True)
    method = models.CharField(max_length=60, blank=True)
    # The card waiting for its 3-D Secure answer; only the last four digits are ever kept.
    pending_card = models.CharField(max_length=20, blank=True)
    last_error = models.CharField(max_length=60, blank=True)
    # A payment under way settles by itself at this moment, as bank debits do.
    settles_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(refunded_cents__lte=F("amount_cents")), name="sandbox_never_refunds_beyond_captured"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class SandboxMovement(models.Model):
    """A refund, a transfer, or the reversal of one; `key` makes asking twice one movement."""

    reference = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10)
    payment = models.ForeignKey(SandboxPayment, on_delete=models.CASCADE, related_name="movements")
    account = models.CharField(max_length=80, blank=True)
    amount_cents = models.PositiveIntegerField()
    reversed_cents = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reversed_cents__lte=F("amount_cents")), name="sandbox_never_reverses_beyond_moved"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class SandboxAccount(models.Model):
    """A vendor's account at the sandbox. A real bank keeps the IBAN; a sandbox has no use for more than its end."""

    reference = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=120, unique=True)
    holder_kind = models.CharField(max_length=12)
    holder_name = models.CharField(max_length=200)
    email = models.EmailField()
    country = models.CharField(max_length=2, default="FR")
    bank_name = models.CharField(max_length=120, blank=True)
    iban_last4 = models.CharField(max_length=4, blank=True)
    state = models.CharField(max_length=12, default="created")
    currently_due = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    return_url = models.URLField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.reference


class SandboxEvent(models.Model):
    """An event to be delivered, signed, to the shop: once, late, twice or out of order. About a payment, or an account."""

    event_id = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=60)
    payment = models.ForeignKey(SandboxPayment, on_delete=models.CASCADE, related_name="events", null=True, blank=True)
    account = models.ForeignKey(SandboxAccount, on_delete=models.CASCADE, related_name="events", null=True, blank=True)
    occurred_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now, db_index=True)
    copies = models.PositiveSmallIntegerField(default=1)
    delivered = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(payment__isnull=True) ^ Q(account__isnull=True), name="sandbox_event_is_about_one_thing")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
