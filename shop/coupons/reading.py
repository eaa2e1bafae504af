"""Sales and codes of a boutique as its pages show them, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.hours import in_paris_words
from lapinblanc.money import Money

from shop.catalogue.joining import titled
from shop.coupons.models import Coupon, RedemptionState, Sale
from shop.coupons.words import taken_off
from shop.prices.models import PriceWindow
from shop.vendors.models import Vendor

MOST = 100


@dataclass(frozen=True, slots=True)
class Said:
    """`state` in words, `tone` its badge; `can_stop` and whether that gives up what has not begun."""

    pk: int
    title: str
    state: str
    tone: str
    when: str
    can_stop: bool
    coming: bool


@dataclass(frozen=True, slots=True)
class SaleSaid:
    said: Said
    pieces: int


@dataclass(frozen=True, slots=True)
class CodeSaid:
    """A code with its uses, what the orders made with it were paid, and the address to share."""

    said: Said
    words: str
    minimum: Money | None
    listings: int | None
    people: int
    used: int
    most: int | None
    brought: Money
    taken: Money
    url: str


def sales_said(vendor: Vendor) -> list[SaleSaid]:
    """The newest first; two queries."""
    sales = list(Sale.objects.filter(vendor=vendor)[:MOST])
    rows = PriceWindow.objects.filter(campaign__in=[sale.key for sale in sales]).values("campaign").annotate(n=Count("pk"))
    pieces: Mapping[str, int] = {row["campaign"]: row["n"] for row in rows}
    return [SaleSaid(said_of(sale), pieces.get(sale.key, 0)) for sale in sales]


def codes_said(vendor: Vendor) -> list[CodeSaid]:
    """The newest first; one query."""
    used = Q(redemptions__state=RedemptionState.USED)
    rows = Coupon.objects.filter(vendor=vendor).annotate(
        used=Count("redemptions", filter=used, distinct=True), taken=Sum("redemptions__cents", filter=used),
        brought=Sum("redemptions__order__goods_cents", filter=used),
    )
    people = dict(Coupon.objects.filter(vendor=vendor, is_personal=True).annotate(n=Count("people")).values_list("pk", "n"))
    address = settings.BASE_URL + reverse("basket:code", args=[vendor.slug])
    return [
        CodeSaid(
            said=said_of(row), words=taken_off(row.terms), minimum=Money(row.minimum_cents) if row.minimum_cents else None,
            listings=None if row.listings is None else len(row.listings), people=people.get(row.pk, 0), used=row.used, most=row.most_uses,
            brought=Money(row.brought or 0), taken=Money(row.taken or 0), url=f"{address}?{urlencode({'code': row.code})}",
        )
        for row in rows[:MOST]
    ]


def sale_pieces(sale: Sale) -> list[tuple[str, Money]]:
    """What is lowered and to how much; one query."""
    rows = PriceWindow.objects.filter(campaign=sale.key).select_related("stockrecord__product__parent")
    return sorted((titled(row.stockrecord.product), Money(row.price_cents)) for row in rows)


def said_of(row: Any) -> Said:
    """Of a sale or a code, where it is in its life."""
    now = clock.now()
    over = min((moment for moment in (row.ends_at, row.stopped_at) if moment is not None), default=None)
    if over is not None and over <= max(now, row.starts_at) and (over <= now or row.stopped_at is not None):
        state, tone = (_("given up"), "") if over <= row.starts_at else (_("over"), "")
    elif row.starts_at > now:
        state, tone = _("coming"), "warning"
    else:
        state, tone = _("running"), "success"
    start, end = in_paris_words(row.starts_at), in_paris_words(over) if over is not None else ""
    when = _("from %(start)s to %(end)s") % {"start": start, "end": end} if end else _("since %(start)s") % {"start": start}
    return Said(row.pk, str(row), state, tone, when, can_stop=bool(tone), coming=row.starts_at > now)
