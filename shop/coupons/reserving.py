"""Uses of codes, taken when a checkout starts and given back when it ends without an order, as stock is (I9).

One guarded UPDATE per code counts a use and holds the code's row, so that what each person may is counted alone; a CHECK and a
unique place stand behind. Codes are taken after stock, in the order of their numbers. Always inside a transaction.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from shop.coupons.exceptions import CodeRefused
from shop.coupons.finding import person_of, places_taken, why_not_for
from shop.coupons.models import Coupon, Redemption, RedemptionState


def reserve(*, key: UUID, email: str, account: Any, parcels: Iterable[Mapping[str, Any]]) -> None:
    """Take a use of each code that the frozen parcels name. Raises CodeRefused; then nothing is taken.

    Whether a code is in force was decided by the quote: what it said stands, also when it is stopped while paying.
    """
    named = [(parcel["coupon"], parcel["seller"]["vendor_id"]) for parcel in parcels if parcel.get("coupon")]
    for facts, vendor_id in sorted(named, key=lambda pair: int(pair[0]["coupon_id"])):
        _take(key, email, account, facts, vendor_id)


def release(*, key: UUID) -> None:
    """Give back what is still reserved; a second call finds nothing."""
    for row in Redemption.objects.filter(key=key, state=RedemptionState.RESERVED).order_by("coupon_id"):
        if Redemption.objects.filter(pk=row.pk, state=RedemptionState.RESERVED).update(state=RedemptionState.RELEASED):
            Coupon.objects.filter(pk=row.coupon_id).update(uses=F("uses") - 1)


def hand_over(*, key: UUID, orders: Iterable[Any]) -> None:
    """The uses belong to the orders from now on."""
    by_vendor = {order.vendor_id: order for order in orders}
    for row in Redemption.objects.filter(key=key, state=RedemptionState.RESERVED).select_related("coupon"):
        row.state, row.order = RedemptionState.USED, by_vendor[row.coupon.vendor_id]
        row.save(update_fields=["state", "order"])


def _take(key: UUID, email: str, account: Any, facts: Mapping[str, Any], vendor_id: int) -> None:
    left = Q(most_uses=None) | Q(uses__lt=F("most_uses"))
    if not Coupon.objects.filter(left, pk=facts["coupon_id"], vendor_id=vendor_id).update(uses=F("uses") + 1):
        raise CodeRefused(vendor_id=vendor_id, message=_("The code %(code)s has just been used by somebody else for the last time.") % {"code": facts["code"]})
    coupon = Coupon.objects.get(pk=facts["coupon_id"])
    problem = why_not_for(coupon, email=email, account=account)
    if problem:
        raise CodeRefused(vendor_id=vendor_id, message=problem)
    taken = places_taken(coupon, email=email, account=account)
    place = next(number for number in range(1, len(taken) + 2) if number not in taken)
    Redemption.objects.create(
        coupon=coupon, key=key, person=person_of(email), account=account, place=place,
        cents=facts["goods_cents"] + facts["shipping_cents"],
    )
