"""Listings that cannot be bought now, and why: what the editors' report says of the creations in their pages.

It lies above the catalogue because what was sold out is dated by its last sale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices

from shop.catalogue.models import ListingState, Product
from shop.order.models import Line
from shop.order.reading import UNSOLD
from shop.vendors.models import VendorState


class Reason(TextChoices):
    """Why, the widest first: a closed boutique explains more than a paused listing."""

    CLOSED = "closed", _("boutique closed")
    SUSPENDED = "suspended", _("boutique suspended")
    REMOVED = "removed", _("removed")
    PAUSED = "paused", _("paused")
    UNPUBLISHED = "unpublished", _("not published")
    SOLD = "sold", _("nothing left")


@dataclass(frozen=True, slots=True)
class Unavailable:
    """`since` is known for what was sold out: the moment of its last sale."""

    title: str
    boutique: str
    reason: Reason
    since: datetime | None


def unavailable_listings() -> Any:
    """A subquery: the numbers of listings that nobody can buy now."""
    buyable = Q(state=ListingState.PUBLISHED, sellable=True, vendor__state=VendorState.APPROVED)
    return Product.objects.listings().exclude(buyable).values("pk")


def why_unavailable(ids: Sequence[int]) -> dict[int, Unavailable]:
    """Facts by number, of those among `ids` that cannot be bought: three queries."""
    rows = Product.objects.filter(pk__in=unavailable_listings()).filter(pk__in=list(ids)).values("pk", "title", "state", "vendor__name", "vendor__state")
    reasons = {row["pk"]: (row, _reason(row["state"], row["vendor__state"])) for row in rows}
    sold = _last_sales([pk for pk, (_row, reason) in reasons.items() if reason == Reason.SOLD])
    return {pk: Unavailable(row["title"], row["vendor__name"] or "", reason, sold.get(pk)) for pk, (row, reason) in reasons.items()}


def _reason(state: str, boutique: str) -> Reason:
    if boutique != VendorState.APPROVED:
        return Reason.SUSPENDED if boutique == VendorState.SUSPENDED else Reason.CLOSED
    known = {ListingState.PUBLISHED: Reason.SOLD, ListingState.PAUSED: Reason.PAUSED, ListingState.REMOVED: Reason.REMOVED}
    return known.get(ListingState(state), Reason.UNPUBLISHED)


def _last_sales(ids: Sequence[int]) -> dict[int, datetime]:
    """The last sale of each listing that still counts, of its variants too."""
    if not ids:
        return {}
    lines = Line.objects.exclude(order__status__in=UNSOLD)
    found: dict[int, datetime] = {}
    for key in ("product_id", "product__parent_id"):
        rows = lines.filter(**{f"{key}__in": list(ids)}).values(key).annotate(last=Max("order__date_placed"))
        for row in rows:
            found[row[key]] = max(row["last"], found.get(row[key], row["last"]))
    return found
