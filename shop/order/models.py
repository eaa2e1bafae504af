"""What was bought: a Purchase (one payment) and, per vendor, one Oscar Order with its own number, state and parcels.

Overrides Oscar's Order and Line; adds Purchase, Parcel, ParcelLine; what leaves an order again is in `leaving.py`. States move through `states.py` alone.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices
from lapinblanc.money import Money
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from shop.order.leaving import Removal, RemovalKind, Withdrawal, WithdrawalLine  # noqa: F401  models of this room in a file of their own
from shop.order.querysets import OrderQuerySet
from shop.order.tracking import tracking_address


class Purchase(models.Model):
    """One basket paid once. Its orders are contracts of their own; `token` opens it to a guest by mailed address."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    checkout_key = models.UUIDField(unique=True, editable=False)
    token = models.CharField(max_length=64, unique=True, editable=False)
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="purchases"
    )
    email = models.EmailField(_("e-mail address"))
    payment = models.OneToOneField("psp.Payment", on_delete=models.PROTECT, related_name="purchase")
    total_cents = models.PositiveIntegerField()
    language = models.CharField(max_length=5, default="fr")
    # The digest of what was shown when the buyer pressed the button (LAW P10).
    evidence = models.CharField(max_length=64, blank=True)
    placed_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("purchase")
        ordering: ClassVar = ["-placed_at", "-id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(total_cents__gt=0), name="purchase_has_an_amount")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("purchases:detail", args=[self.token])


class OrderState(TextChoices):
    PLACED = "placed", _("placed")
    MAKING = "making", _("in the making")
    SHIPPED = "shipped", _("shipped")
    DELIVERED = "delivered", _("delivered")
    CANCELLED = "cancelled", _("cancelled")
    RETURNED = "returned", _("returned")


class Order(AbstractOrder):
    """One vendor's part of a purchase. Amounts in cents incl. VAT, frozen when placed; `status` is an OrderState."""

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="orders", null=True)
    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.PROTECT, related_name="orders", null=True)
    position = models.PositiveSmallIntegerField(default=1)
    goods_cents = models.PositiveIntegerField(default=0)
    shipping_cents = models.PositiveIntegerField(default=0)
    vat_cents = models.PositiveIntegerField(default=0)
    refunded_cents = models.PositiveIntegerField(default=0)
    # The code of the boutique and what it took off: goods and shipping above are what was paid.
    coupon_code = models.CharField(_("code"), max_length=24, blank=True)
    discount_cents = models.PositiveIntegerField(default=0)
    shipping_discount_cents = models.PositiveIntegerField(default=0)
    # The commission as voted on the day of the sale: a later vote changes nothing here.
    commission_rate = models.PositiveIntegerField(default=0)
    commission_cents = models.PositiveIntegerField(default=0)
    commission_vat_cents = models.PositiveIntegerField(default=0)
    # Who sold, as declared that day (LAW M2): legal name, status, SIRET, VAT regime, address.
    seller_facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    shipping_kind = models.CharField(max_length=6, blank=True)
    relay_point = models.CharField(_("pick-up point"), max_length=200, blank=True)
    buyer_note = models.TextField(_("note from the buyer"), blank=True)
    dispatch_due = models.DateField(_("to be sent by"), null=True, blank=True)
    state_changed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[OrderQuerySet] = OrderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(AbstractOrder.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=OrderState.values), name="order_state_known"),
            models.UniqueConstraint(fields=["purchase", "vendor"], name="one_order_per_vendor_and_purchase"),
            models.CheckConstraint(
                condition=Q(refunded_cents__lte=F("goods_cents") + F("shipping_cents")),
                name="order_never_refunded_beyond_its_total",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["vendor", "status", "-date_placed"], name="order_of_vendor_by_state")]

    @property
    def total_cents(self) -> int:
        return self.goods_cents + self.shipping_cents

    @property
    def taken_off_cents(self) -> int:
        return self.discount_cents + self.shipping_discount_cents

    @property
    def withdrawal_waits(self) -> bool:
        """Whether a withdrawal waits for the boutique; lines must have been fetched."""
        return any(line.waiting_quantity for line in self.lines.all())

    def get_status_label(self) -> str:
        """The state in the reader's language."""
        return str(OrderState(self.status).label)

    def set_status(self, new_status: str) -> None:
        """Oscar's door, closed: states move through `shop.order.states.move`, which logs and tells."""
        raise NotImplementedError("Use shop.order.states.move()")

    set_status.alters_data = True  # type: ignore[attr-defined]


class Line(AbstractLine):
    """A listing as it was bought: VAT, variant, personalisation and picture are frozen with it."""

    vat_rate = models.PositiveSmallIntegerField(default=0)
    vat_cents = models.PositiveIntegerField(default=0)
    variant = models.CharField(max_length=200, blank=True)
    # {"Prénom à graver": "Zoé"}
    personalisation = models.JSONField(default=dict, blank=True)
    picture = models.JSONField(default=dict, blank=True)
    made_to_order = models.BooleanField(default=False)
    withdrawal = models.CharField(max_length=14, default="allowed")
    refunded_cents = models.PositiveIntegerField(default=0)
    returned_quantity = models.PositiveIntegerField(default=0)
    cancelled_quantity = models.PositiveIntegerField(default=0)
    # Of which the buyer withdrew, or which were gone before: what is above what is gone waits for the boutique.
    withdrawn_quantity = models.PositiveIntegerField(default=0)
    # The page (a number, no key: the shop knows no pages) in which the buyer met the creation. It is summed by page
    # for the editors and shown to nobody beside a name.
    read_in = models.PositiveIntegerField(null=True, blank=True, editable=False)

    @property
    def discount_cents(self) -> int:
        """What the code took off this line: its price is what was paid."""
        before = self.line_price_before_discounts_incl_tax
        return Money.from_decimal(before - self.line_price_incl_tax).cents

    @property
    def due_quantity(self) -> int:
        """Pieces that the buyer is to receive, or received."""
        return self.quantity - self.cancelled_quantity

    @property
    def kept_quantity(self) -> int:
        return self.due_quantity - self.returned_quantity

    @property
    def waiting_quantity(self) -> int:
        """Pieces that the buyer withdrew from and that the boutique has not refunded yet."""
        return max(0, self.withdrawn_quantity - (self.quantity - self.kept_quantity))

    class Meta(AbstractLine.Meta):
        indexes: ClassVar = [models.Index(fields=["read_in"], condition=Q(read_in__isnull=False), name="line_by_page_read")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(returned_quantity__lte=F("quantity")), name="line_never_returned_beyond_bought"
            ),
            models.CheckConstraint(condition=Q(withdrawn_quantity__lte=F("quantity")), name="line_never_withdrawn_beyond_bought"),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("returned_quantity") + F("cancelled_quantity")), name="line_never_gone_beyond_bought"
            ),
            models.CheckConstraint(
                condition=Q(num_allocated__isnull=True) | Q(num_allocated__gte=0), name="line_allocation_not_negative"
            ),
        ]


class Parcel(models.Model):
    """What left the workshop together."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parcels")
    carrier = models.CharField(_("carrier"), max_length=60)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    shipped_at = models.DateTimeField(default=clock.now)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("parcel")
        ordering: ClassVar = ["shipped_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(delivered_at__gte=F("shipped_at")),
                name="parcel_delivered_after_it_left",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking}".strip()

    @property
    def tracking_url(self) -> str:
        return tracking_address(carrier=self.carrier, number=self.tracking)


class ParcelLine(models.Model):
    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="parcel_lines")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parcel", "line"], name="parcel_names_a_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="parcel_line_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line}"


class MailSent(models.Model):
    """A mail by its key: sent once. Without `sent_at` it waits to be tried again, with the reason in `error`."""

    key = models.CharField(max_length=160, unique=True)
    to = models.EmailField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("mail")

    def __str__(self) -> str:
        return self.key

    def mark_sent(self) -> None:
        self.sent_at, self.error = clock.now(), ""
        self.save(update_fields=["sent_at", "error"])


from oscar.apps.order.models import *  # noqa: E402,F403  last, as Oscar's forks ask

if TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Oscar builds the rest of this module when it loads."""
