"""What an order's timeline tells of its reviews."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.catalogue.reviews.models import ProductReview
from shop.order.timeline import Moment, Reader


def reviews_of(orders: Sequence[Any], reader: Reader) -> Iterator[tuple[int, Moment]]:
    """Each review of a piece of these orders that may be read. One query."""
    rows = ProductReview.objects.approved().filter(order_line__order__in=orders).select_related("order_line", "product")
    tokens = {order.pk: order.purchase.token for order in orders if order.purchase_id}
    for review in rows:
        line: Any = review.order_line
        stars = ngettext("Review: %(n)d star out of five", "Review: %(n)d stars out of five", review.score) % {"n": review.score}
        # The public page: who prepares orders may be closed out of the reviews of the workshop.
        url = reverse("feedback:listing", args=[review.product.slug, review.product_id]) if reader == Reader.VENDOR else reverse("feedback:write", args=[tokens[line.order_id], line.pk])
        yield line.order_id, Moment(review.date_created, "star", stars, detail=line.title, url=url, link=_("Read the review"))
