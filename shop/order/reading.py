"""What was sold from each page in which creations were met: sums by page, never by person.

An order cancelled or taken back sold nothing; of the others, what was refunded is taken off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Sum, When
from django.db.models.functions import Cast
from lapinblanc.money import Money

from shop.order.models import Line, OrderState

UNSOLD = (OrderState.CANCELLED, OrderState.RETURNED)


@dataclass(frozen=True, slots=True)
class PageSales:
    """What one page sold: pieces kept by their buyers, their price incl. VAT, orders, and different creations."""

    page: int
    pieces: int
    amount: Money
    orders: int
    listings: int


def sold_from_pages(*, since: datetime, until: datetime | None = None, pages: Sequence[int] | None = None) -> list[PageSales]:
    """Sums since a moment, the largest first; of these pages when they are named. One query."""
    rows = _lines_sold(since, until)
    if pages is not None:
        rows = rows.filter(read_in__in=list(pages))
    found = rows.values("read_in").annotate(
        pieces=Sum(F("quantity") - F("returned_quantity") - F("cancelled_quantity")),
        cents=Sum("kept"),
        orders=Count("order", distinct=True),
        listings=Count("whole", distinct=True),
    )
    return [
        PageSales(row["read_in"], row["pieces"], Money(row["cents"]), row["orders"], row["listings"])
        for row in found.order_by("-cents", "read_in")
    ]


def pages_that_sold(*, since: datetime) -> Any:
    """A subquery: the numbers of the pages from which something was sold."""
    return _lines_sold(since, None).values("read_in")


def _lines_sold(since: datetime, until: datetime | None) -> Any:
    """Lines that count, with the cents that the buyer did not get back, and the listing behind a variant."""
    rows = Line.objects.filter(read_in__isnull=False, order__date_placed__gte=since).exclude(order__status__in=UNSOLD)
    if until is not None:
        rows = rows.filter(order__date_placed__lt=until)
    cents = Cast(F("line_price_incl_tax") * 100, IntegerField()) - F("refunded_cents")
    return rows.annotate(
        kept=cents, whole=Case(When(product__parent__isnull=False, then=F("product__parent_id")), default=F("product_id"))
    ).filter(kept__gt=0)
