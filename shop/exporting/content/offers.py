"""Codes and sales of the boutique, as they were agreed to. The people for whom a code is kept stay here: their addresses are theirs."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.coupons.models import Coupon, Sale
from shop.exporting.book import Book
from shop.prices.models import PriceWindow
from shop.vendors.models import Vendor

CODE = (
    "code", "kind", "percent", "amount_cents", "minimum_cents", "listings", "is_personal", "starts_at", "ends_at", "stopped_at", "most_uses",
    "most_per_person", "uses",
)


class Offers:
    name = "codes"
    files: Sequence[str] = ("codes.jsonl", "ventes.jsonl")
    about = _("Your codes and your sales, with the prices that you agreed to.")

    def size(self, vendor: Vendor) -> int:
        return 1

    def write(self, book: Book) -> None:
        with book.lines("codes.jsonl") as lines:
            for facts in Coupon.objects.filter(vendor=book.vendor).order_by("pk").values(*CODE).iterator(chunk_size=500):
                lines.add(facts)
        with book.lines("ventes.jsonl") as lines:
            for sale in Sale.objects.filter(vendor=book.vendor).order_by("pk").iterator(chunk_size=500):
                lines.add(_facts(sale))
        book.step(1)


def _facts(sale: Any) -> dict[str, Any]:
    windows = PriceWindow.objects.filter(campaign=sale.key, stockrecord__product__isnull=False).order_by("pk")
    prices = windows.values_list("stockrecord__partner_sku", "price_cents")
    return {
        "title": sale.title, "starts_at": sale.starts_at, "ends_at": sale.ends_at, "stopped_at": sale.stopped_at,
        "prices": [{"sku": sku, "price_cents": cents} for sku, cents in prices],
    }
