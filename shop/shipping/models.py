"""How a boutique sends: its shipping options with price and days. Rates are computed in `rates.py`, pure.

Adds ShippingOption to Oscar's models, which stay unused.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices


class ShippingKind(TextChoices):
    HOME = "home", _("home delivery")
    RELAY = "relay", _("pick-up point")
    HAND = "hand", _("hand delivery at the workshop")


def metropolitan_france() -> list[str]:
    return ["FR"]


class ShippingOption(models.Model):
    """One choice that a buyer has for the parcels of one boutique. Amounts in cents incl. VAT, days are working days."""

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.CASCADE, related_name="shipping_options")
    code = models.SlugField(max_length=40)
    label = models.CharField(_("label"), max_length=80)
    kind = models.CharField(max_length=6, choices=ShippingKind, default=ShippingKind.HOME)
    countries = ArrayField(models.CharField(max_length=2), default=metropolitan_france)
    base_cents = models.PositiveIntegerField(_("first piece (cents)"))
    per_extra_cents = models.PositiveIntegerField(_("each further piece (cents)"), default=0)
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
        ]

    def __str__(self) -> str:
        return self.label


from oscar.apps.shipping.models import *  # noqa: E402,F403  last, as Oscar's forks ask
