"""What a backer saw when they pressed the button, frozen in the shape of a checkout's snapshot.

An order is later written from it by the same verb as any purchase; a free amount has no counterpart, hence no parcel.
"""

import calendar
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from lapinblanc.money import Money, split_vat

from shop.baskets.pricing import seller_facts
from shop.funding.models import Project, Tier


def freeze(*, project: Project, tier: Tier | None, amount: Money, email: str, address: dict[str, str], note: str) -> dict[str, Any]:
    """The snapshot of a pledge: total, condition and, for a tier, one parcel with one line."""
    return {
        "total_cents": amount.cents,
        "email": email,
        "address": address,
        "funding": {"project": project.title, "goal_cents": project.goal_cents, "closes_at": project.closes_at.isoformat()},
        "parcels": [] if tier is None else [_parcel(project, tier, note)],
    }


def last_day(month: date) -> date:
    """The last day of the month that a tier promises."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def vat_of(tier: Tier, vendor: Any) -> int:
    """Basis points: the tier's rate when its boutique owes VAT, else 0 (LAW P3)."""
    return tier.vat_rate if vendor.vat_regime == "normal" else 0


def _parcel(project: Project, tier: Tier, note: str) -> dict[str, Any]:
    amount, rate = Money(tier.amount_cents), vat_of(tier, project.vendor)
    vat = split_vat(amount, rate).vat.cents
    return {
        "seller": asdict(seller_facts(project.vendor)),
        "note": note,
        "relay": "",
        "shipping": {
            "code": "funding",
            "label": _("Delivery included") if tier.needs_address else _("Nothing is sent by post"),
            "kind": "",
            "cents": 0,
            "vat_cents": 0,
        },
        "dispatch_due": last_day(tier.delivery_month).isoformat(),
        "goods_cents": amount.cents,
        "vat_cents": vat,
        "lines": [
            {
                "line_id": None,
                "product_id": None,
                "stockrecord_id": None,
                "tracks_stock": False,
                "sku": f"palier-{tier.pk}",
                "title": tier.title,
                "variant": project.title,
                "personalisation": {},
                "picture": {},
                "quantity": 1,
                "unit_cents": amount.cents,
                "total_cents": amount.cents,
                "vat_rate": rate,
                "vat_cents": vat,
                "made_to_order": True,
                "withdrawal": "allowed",
            }
        ],
    }
