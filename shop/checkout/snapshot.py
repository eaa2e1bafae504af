"""The frozen quote of a checkout session: what the buyer saw is what is charged and what the orders say.

JSON both ways; cents everywhere. `digest` names it in the purchase's evidence (LAW P10).
"""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from shop.baskets.quote import LineQuote, ParcelQuote, Quote


def freeze(*, quote: Quote, address: dict[str, str], notes: dict[int, str], relays: dict[int, str]) -> dict[str, Any]:
    """The snapshot of a quote with the buyer's address and, per vendor, a note and a pick-up point."""
    return {
        "total_cents": quote.total.cents,
        "address": address,
        "parcels": [_parcel(parcel, notes, relays) for parcel in quote.parcels],
    }


def digest(snapshot: dict[str, Any]) -> str:
    """A short name of exactly this snapshot."""
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _parcel(parcel: ParcelQuote, notes: dict[int, str], relays: dict[int, str]) -> dict[str, Any]:
    chosen = parcel.chosen
    if chosen is None:
        raise ValueError(f"vendor {parcel.seller.vendor_id} has no shipping option")
    return {
        "seller": asdict(parcel.seller),
        "note": notes.get(parcel.seller.vendor_id, ""),
        "relay": relays.get(parcel.seller.vendor_id, ""),
        "shipping": {
            "code": chosen.code,
            "label": chosen.label,
            "kind": chosen.kind,
            "cents": parcel.shipping.cents,
            "vat_cents": parcel.shipping_vat.cents,
        },
        "coupon": _coupon(parcel),
        "dispatch_due": parcel.dispatch_due.isoformat(),
        "goods_cents": parcel.goods.cents,
        "vat_cents": parcel.vat.cents,
        "lines": [_line(line) for line in parcel.lines],
    }


def _coupon(parcel: ParcelQuote) -> dict[str, Any] | None:
    """The code that took something off, and how much; None when none did."""
    code = parcel.code
    if code is None or code.problem:
        return None
    return {
        "coupon_id": code.coupon_id,
        "code": code.code,
        "words": code.words,
        "goods_cents": parcel.discount.cents,
        "shipping_cents": parcel.shipping_discount.cents,
    }


def _line(line: LineQuote) -> dict[str, Any]:
    return {
        "line_id": line.line_id,
        "product_id": line.product_id,
        "stockrecord_id": line.stockrecord_id,
        "tracks_stock": line.tracks_stock,
        "sku": line.sku,
        "title": line.title,
        "variant": line.variant,
        "personalisation": dict(line.personalisation),
        "picture": asdict(line.picture) if line.picture else {},
        "quantity": line.quantity,
        "unit_cents": line.unit.cents,
        "discount_cents": line.discount.cents,
        "total_cents": line.total.cents,
        "vat_rate": line.vat_rate,
        "vat_cents": line.vat.cents,
        "made_to_order": line.made_to_order,
        "withdrawal": line.withdrawal,
        "read_in": line.read_in,
    }
