"""When codes for everybody lowered which pieces: what the history of prices is told (LAW P7).

A code that is for named persons is none of these, nor is free shipping: a price is compared without shipping.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import Product
from shop.coupons.models import Coupon
from shop.coupons.terms import SHIPPING
from shop.partner.models import StockRecord
from shop.prices.lowest import Code
from shop.prices.models import PriceWindow


def codes_for_everybody(stockrecord_ids: Sequence[int]) -> dict[int, list[Code]]:
    """By stock record the codes that lowered it at some time; two queries."""
    rows = StockRecord.objects.filter(pk__in=list(stockrecord_ids)).values_list("pk", "product_id", "product__parent_id", "product__vendor_id", "product__parent__vendor_id")
    pieces = [(pk, parent or product, vendor or parent_vendor) for pk, product, parent, vendor, parent_vendor in rows]
    by_vendor: dict[int, list[Coupon]] = defaultdict(list)
    for coupon in Coupon.objects.filter(vendor_id__in={vendor for _pk, _listing, vendor in pieces}, is_personal=False).exclude(kind=SHIPPING):
        by_vendor[coupon.vendor_id].append(coupon)
    return {
        pk: [code for coupon in by_vendor[vendor] if coupon.terms.is_for(listing) for code in _period(coupon)]
        for pk, listing, vendor in pieces
    }


def refreeze_concerned(coupon: Coupon) -> int:
    """Cards that hold a reduction which this code may change: those with a lower price agreed for later."""
    if coupon.is_personal or coupon.kind == SHIPPING:
        return 0
    agreed = PriceWindow.objects.filter(left_at=None, ends_at__gt=coupon.starts_at, stockrecord__partner=coupon.vendor.partner_id)
    rows = agreed.values_list("stockrecord__product__parent_id", "stockrecord__product_id")
    ids = {parent or product for parent, product in rows}
    mine = Product.objects.filter(pk__in=ids, vendor=coupon.vendor).values_list("pk", flat=True)
    return freeze_listings(sorted(pk for pk in mine if coupon.terms.is_for(pk)))


def _period(coupon: Coupon) -> Iterable[Code]:
    """Nothing of a code that was stopped before it could be used."""
    over = coupon.over_at
    if over is None or over > coupon.starts_at:
        yield Code(coupon.starts_at, over, coupon.percent, coupon.amount_cents, coupon.minimum_cents)
