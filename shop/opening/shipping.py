"""Ways to send, proposed with prices to correct: suggestions of ours, dated, not a carrier's tariff."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from lapinblanc.money import Money

from shop.opening.answering import answer
from shop.shipping.models import ShippingKind, ShippingOption
from shop.vendors.models import Vendor

SUGGESTED_ON = date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Preset:
    """Cents incl. VAT, working days."""

    code: str
    label: str
    kind: str
    base_cents: int
    extra_cents: int
    min_days: int
    max_days: int
    about: Any


PRESETS = (
    Preset("lettre-suivie", "Lettre suivie", ShippingKind.HOME, 390, 60, 2, 3, _("Up to 3 cm thick: jewellery, stationery, textiles.")),
    Preset("colissimo", "Colissimo suivi", ShippingKind.HOME, 690, 150, 2, 3, _("At home, with a tracking number.")),
    Preset("mondial-relay", "Mondial Relay", ShippingKind.RELAY, 490, 120, 3, 5, _("In a pick-up point near the buyer.")),
    Preset("main-propre", "Remise en main propre", ShippingKind.HAND, 0, 0, 0, 14, _("At the workshop or at a market, by appointment.")),
)


@transaction.atomic
def choose_shipping(*, vendor: Vendor, data: dict[str, Any]) -> None:
    """Ticked presets become options at the prices typed; unticked ones are taken out of the choices. Raises NotPreparing."""
    answer(vendor=vendor, step="livraison", data={})
    for position, preset in enumerate(PRESETS):
        if not data[f"{preset.code}-on"]:
            ShippingOption.objects.filter(vendor=vendor, code=preset.code).update(is_active=False)
            continue
        ShippingOption.objects.update_or_create(
            vendor=vendor,
            code=preset.code,
            defaults={
                "label": preset.label,
                "kind": preset.kind,
                "base_cents": Money.from_decimal(data[f"{preset.code}-base"]).cents,
                "per_extra_cents": Money.from_decimal(data[f"{preset.code}-extra"]).cents,
                "min_days": preset.min_days,
                "max_days": preset.max_days,
                "position": position,
                "is_active": True,
            },
        )
