"""Codes of boutiques and their uses; sales that a boutique makes of its own.

What a code says never changes: it is stopped or ends sooner (a trigger holds it), because a code for everybody is a price of
the last thirty days (LAW P7). `uses` counts reserved and used redemptions; the database refuses one too many (I9).
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices
from lapinblanc.money import Money

from shop.coupons.terms import AMOUNT, PERCENT, SHIPPING, Terms


class Kind(TextChoices):
    PERCENT = PERCENT, _("per cent")
    AMOUNT = AMOUNT, _("amount")
    SHIPPING = SHIPPING, _("free shipping")


class Coupon(models.Model):
    """A code of one boutique. `listings` null: everything; else the listings chosen when it was made."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.PROTECT, related_name="coupons")
    code = models.CharField(_("code"), max_length=24)
    kind = models.CharField(max_length=8, choices=Kind)
    percent = models.PositiveSmallIntegerField(default=0)
    amount_cents = models.PositiveIntegerField(default=0)
    minimum_cents = models.PositiveIntegerField(default=0)
    listings = ArrayField(models.BigIntegerField(), null=True, blank=True)
    # Kept for the people named in CouponPerson: then no price applied to all.
    is_personal = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    most_uses = models.PositiveIntegerField(null=True, blank=True)
    most_per_person = models.PositiveSmallIntegerField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("code")
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["vendor", "code"], name="coupon_code_once_per_vendor"),
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z0-9][A-Z0-9-]{2,23}$"), name="coupon_code_in_capitals"),
            models.CheckConstraint(
                condition=Q(kind=PERCENT, percent__gte=1, percent__lte=99, amount_cents=0)
                | Q(kind=AMOUNT, percent=0, amount_cents__gte=1)
                | Q(kind=SHIPPING, percent=0, amount_cents=0),
                name="coupon_takes_off_one_thing",
            ),
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="coupon_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(most_uses=None) | Q(uses__lte=F("most_uses")), name="coupon_never_used_too_often"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def terms(self) -> Terms:
        listings = None if self.listings is None else frozenset(self.listings)
        return Terms(self.pk, self.code, self.kind, self.percent, Money(self.amount_cents), Money(self.minimum_cents), listings)

    @property
    def over_at(self) -> Any:
        """When it stopped or ends, whichever comes first; None: no end."""
        return min((moment for moment in (self.ends_at, self.stopped_at) if moment is not None), default=None)

    @property
    def is_live(self) -> bool:
        return self.starts_at <= clock.now() and (self.over_at is None or clock.now() < self.over_at)

    @property
    def is_used_up(self) -> bool:
        return self.most_uses is not None and self.uses >= self.most_uses


class CouponPerson(models.Model):
    """Somebody for whom a personal code is kept, by e-mail address in small letters."""

    coupon = models.ForeignKey(Coupon, on_delete=models.CASCADE, related_name="people")
    email = models.EmailField(_("e-mail address"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["coupon", "email"], name="coupon_person_once")]

    def __str__(self) -> str:
        return self.email


class RedemptionState(TextChoices):
    RESERVED = "reserved", "reserved"  # while paying, as stock is
    USED = "used", "used"  # an order was made with it
    RELEASED = "released", "released"  # the checkout ended without an order


class Redemption(models.Model):
    """One use of a code by one checkout, named by its key. `place` numbers the uses of one person, so that none is taken twice."""

    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, related_name="redemptions")
    key = models.UUIDField(db_index=True)
    # A keyed digest of the e-mail address: enough to count by, nothing to read.
    person = models.CharField(max_length=64, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    place = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=RedemptionState, default=RedemptionState.RESERVED)
    order = models.OneToOneField("order.Order", null=True, blank=True, on_delete=models.PROTECT, related_name="redemption")
    # What it took off goods and shipping.
    cents = models.PositiveIntegerField()
    reserved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(state__in=RedemptionState.values), name="redemption_state_known"),
            models.CheckConstraint(condition=Q(state="used", order__isnull=False) | ~Q(state="used") & Q(order=None), name="redemption_used_by_an_order"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="redemption_took_something_off"),
            models.UniqueConstraint(fields=["coupon", "key"], condition=~Q(state="released"), name="redemption_once_per_checkout"),
            models.UniqueConstraint(fields=["coupon", "person", "place"], condition=~Q(state="released") & ~Q(person=""), name="redemption_place_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.coupon_id} · {self.key}"


class Sale(models.Model):
    """Lower prices of a boutique's own choice for a time. The prices are `PriceWindow`s under its key, agreed by whoever made it."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.PROTECT, related_name="sales")
    title = models.CharField(_("name"), max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    # Given up before it started, or cut short.
    stopped_at = models.DateTimeField(null=True, blank=True)
    # When the job put the frozen cards of its creations right, at its start and at its end.
    start_seen_at = models.DateTimeField(null=True, blank=True)
    end_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sale")
        ordering: ClassVar = ["-starts_at", "-id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="sale_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"vente:{self.pk}"
