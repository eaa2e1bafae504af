"""How a boutique sends: its shipping options with price and days. Rates are computed in `rates.py`, pure.

Adds ShippingOption to Oscar's models, which stay unused.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices
from lapinblanc.money import Money

from shop.shipping import zones
from shop.shipping.rates import RateFacts
from shop.shipping.steps import is_steps


class ShippingKind(TextChoices):
    HOME = "home", _("home delivery")
    RELAY = "relay", _("pick-up point")
    HAND = "hand", _("hand delivery at the workshop")


class Zone(TextChoices):
    MAINLAND = zones.MAINLAND, _("mainland France")
    CORSICA = zones.CORSICA, _("Corsica")
    OVERSEAS = zones.OVERSEAS, _("overseas")


def near() -> list[str]:
    """Where most carriers have one price."""
    return [Zone.MAINLAND, Zone.CORSICA]


class ShippingOption(models.Model):
    """One choice that a buyer has for the parcels of one boutique. Amounts in cents incl. VAT, days are working days."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.CASCADE, related_name="shipping_options")
    code = models.SlugField(max_length=40)
    label = models.CharField(_("label"), max_length=80)
    kind = models.CharField(max_length=6, choices=ShippingKind, default=ShippingKind.HOME)
    zones = ArrayField(models.CharField(max_length=10, choices=Zone), verbose_name=_("goes to"), default=near)
    base_cents = models.PositiveIntegerField(_("first piece (cents)"))
    per_extra_cents = models.PositiveIntegerField(_("each further piece (cents)"), default=0)
    # [[grams, cents], …], the lightest first: the price up to that weight. Where it is empty, or a weight is unknown, pieces are counted.
    weight_steps = models.JSONField(_("prices by weight"), default=list, blank=True)
    free_from_cents = models.PositiveIntegerField(_("free from (cents)"), null=True, blank=True)
    min_days = models.PositiveSmallIntegerField(_("days, at least"), default=2)
    max_days = models.PositiveSmallIntegerField(_("days, at most"), default=4)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vendor", "code"], name="shipping_option_code_once"),
            models.CheckConstraint(condition=Q(max_days__gte=F("min_days")), name="shipping_days_in_order"),
            models.CheckConstraint(condition=Q(zones__contained_by=Zone.values) & ~Q(zones=[]), name="shipping_zones_known"),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Raises ValidationError for steps that no form of ours wrote, such as those of an archive."""
        super().clean()
        if not is_steps(self.weight_steps):
            raise ValidationError({"weight_steps": _("Steps are pairs of grams and cents, the lightest first.")})

    @property
    def from_cents(self) -> int:
        """The price of the lightest or smallest parcel."""
        return int(self.weight_steps[0][1]) if self.weight_steps else self.base_cents

    @property
    def where(self) -> str:
        """« mainland France, Corsica », in words."""
        return ", ".join(str(label) for zone, label in Zone.choices if zone in self.zones)

    @property
    def rate(self) -> RateFacts:
        """As the arithmetic of `rates.py` takes it."""
        return RateFacts(
            code=self.code,
            label=self.label,
            kind=self.kind,
            base=Money(self.base_cents),
            per_extra=Money(self.per_extra_cents),
            free_from=Money(self.free_from_cents) if self.free_from_cents is not None else None,
            min_days=self.min_days,
            max_days=self.max_days,
            zones=tuple(self.zones),
            steps=tuple((grams, Money(cents)) for grams, cents in self.weight_steps),
        )


from oscar.apps.shipping.models import *  # noqa: E402,F403  last, as Oscar's forks ask
