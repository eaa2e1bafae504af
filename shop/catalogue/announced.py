"""What lists and pages announce beside lower prices, held against the history that allows it (LAW P7)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lapinblanc import clock

from shop.catalogue.models import Product
from shop.partner.models import StockRecord
from shop.prices.clocked import freeze_windows

BATCH = 500


def unlawful_reductions() -> Iterator[str]:
    """Cards whose struck price is higher than the history allows, or that hold a lower price nobody agreed to."""
    rows = StockRecord.objects.filter(price_windows__isnull=False).values_list("product__parent_id", "product_id")
    ids = sorted({parent or product for parent, product in rows})
    for start in range(0, len(ids), BATCH):
        batch = Product.objects.filter(pk__in=ids[start : start + BATCH]).prefetch_related("stockrecords__price_windows", "children__stockrecords__price_windows")
        records = {record.product_id: record for product in batch for piece in (product, *product.children.all()) for record in piece.stockrecords.all()}
        allowed = freeze_windows(records.values())
        for product in batch:
            for offer in product.card.get("offers", ()):
                record = records.get(offer["id"])
                known = allowed.get(record.pk, []) if record is not None else []
                if not all(_is_lawful(window, known) for window in offer["windows"] if datetime.fromisoformat(window[1]) > clock.now()):
                    yield f"listing {product.pk}: announces what its history does not allow"


def _is_lawful(frozen: list[Any], known: list[list[Any]]) -> bool:
    """A window that was agreed to, with nothing struck or at most what may be."""
    starts, ends, cents, prior = frozen
    found = next((window for window in known if window[:3] == [starts, ends, cents]), None)
    return found is not None and (prior is None or (found[3] is not None and prior <= found[3]))
