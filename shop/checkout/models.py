"""A checkout under way: what was shown to the buyer, frozen, and the stock set aside while they pay.

`key` comes from the page and makes every step idempotent; at most one session per basket is live (in the database).
"""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from lapinblanc import clock
from lapinblanc.choices import TextChoices


class SessionState(TextChoices):
    OPEN = "open", "open"  # stock reserved, waiting for the payment
    PLACED = "placed", "placed"  # a Purchase exists
    EXPIRED = "expired", "expired"  # stock given back, payment cancelled
    CANCELLED = "cancelled", "cancelled"  # by the buyer, or replaced by another tab
    REFUNDED = "refunded", "refunded"  # paid, but no order could be made of it


class CheckoutSession(models.Model):
    key = models.UUIDField(unique=True)
    basket = models.ForeignKey("basket.Basket", on_delete=models.SET_NULL, null=True, related_name="checkout_sessions")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    email = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.OPEN)
    total_cents = models.PositiveIntegerField()
    # The quote as displayed: parcels, lines, prices, VAT, deliveries, address (see `quote.py`).
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)
    payment = models.OneToOneField("psp.Payment", on_delete=models.PROTECT, null=True, related_name="session")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_known"),
            models.CheckConstraint(condition=Q(total_cents__gt=0), name="session_has_an_amount"),
            models.UniqueConstraint(fields=["basket"], condition=Q(state="open"), name="one_live_session_per_basket"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class StockReservation(models.Model):
    """Pieces set aside for a session: allocated in the stock record, given back or turned into an order's allocation."""

    session = models.ForeignKey(CheckoutSession, on_delete=models.CASCADE, related_name="reservations")
    stockrecord = models.ForeignKey("partner.StockRecord", on_delete=models.PROTECT, related_name="reservations")
    quantity = models.PositiveIntegerField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "stockrecord"], name="reservation_once_per_session_and_stock"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_is_not_empty"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stockrecord"], condition=Q(ended_at__isnull=True), name="reservation_live")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.stockrecord_id}"
