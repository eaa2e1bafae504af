"""I9: no code is used more often than it may be, and every use says what its order says."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from shop.coupons.models import Coupon, Redemption, RedemptionState
from shop.order.models import Order

COUNTED = Q(redemptions__state__in=(RedemptionState.RESERVED, RedemptionState.USED))


def uses_within_limits() -> Iterator[str]:
    """Counters are the rows; rows stay within the limits; orders with a code have their use, of the same amount."""
    for coupon in Coupon.objects.annotate(counted=Count("redemptions", filter=COUNTED)).exclude(uses=F("counted"), most_uses=None):
        if coupon.uses != coupon.counted:
            yield f"code {coupon.pk}: {coupon.uses} uses counted, {coupon.counted} known"
        if coupon.most_uses is not None and coupon.counted > coupon.most_uses:
            yield f"code {coupon.pk}: used {coupon.counted} times of {coupon.most_uses}"
    rows = Redemption.objects.exclude(state=RedemptionState.RELEASED).exclude(person="").exclude(coupon__most_per_person=None)
    for row in rows.order_by().values("coupon", "person", "coupon__most_per_person").annotate(n=Count("pk")).filter(n__gt=F("coupon__most_per_person")):
        yield f"code {row['coupon']}: used {row['n']} times by one person of {row['coupon__most_per_person']}"
    for order in Order.objects.exclude(coupon_code="").filter(Q(redemption=None) | ~Q(redemption__cents=F("discount_cents") + F("shipping_discount_cents"))):
        yield f"order {order.number}: its code has no use of that amount"
    for use in Redemption.objects.filter(order__isnull=False, order__coupon_code=""):
        yield f"use {use.pk}: its order names no code"
