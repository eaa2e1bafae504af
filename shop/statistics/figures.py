"""The figures of a boutique over some days, beside those of as many days before: sums in the database, a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Sum, When
from django.db.models.functions import Cast, TruncDate
from lapinblanc import clock
from lapinblanc.money import Money

from shop.catalogue.models import Product
from shop.favourites.models import Favourite
from shop.order.models import Line, Order
from shop.order.reading import UNSOLD
from shop.statistics.models import Source, VisitCount, WordCount
from shop.vendors.models import Vendor

PERIODS = (7, 30, 90, 365)
# Words asked once might be somebody's own.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Period:
    """Days included; `before` is the period of as many days that ends the day before."""

    first: date
    last: date

    @classmethod
    def of(cls, days: int) -> "Period":
        today = clock.today()
        return cls(today - timedelta(days=days - 1), today)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of this period and of the one before."""

    now: int
    before: int

    @property
    def change(self) -> int | None:
        """Per cent, rounded towards zero; None when there was nothing before."""
        return int(100 * (self.now - self.before) / self.before) if self.before else None


@dataclass(frozen=True, slots=True)
class ListingFigures:
    id: int
    title: str
    visits: int
    favourites: int
    pieces: int
    amount: Money

    @property
    def per_hundred(self) -> str:
        """Pieces sold for a hundred visits, one decimal; "" without visits."""
        return f"{100 * self.pieces / self.visits:.1f}".replace(".", ",") if self.visits else ""


def visits(vendor: Vendor, period: Period) -> Figure:
    both = VisitCount.objects.filter(vendor=vendor, day__range=(period.before.first, period.last))
    facts = both.aggregate(now=Sum("visits", filter=Q(day__gte=period.first)), before=Sum("visits", filter=Q(day__lt=period.first)))
    return Figure(facts["now"] or 0, facts["before"] or 0)


def sales(vendor: Vendor, period: Period) -> tuple[Figure, Figure]:
    """Orders, and cents that their buyers paid and did not get back."""
    both = Order.objects.of_vendor(vendor).exclude(status__in=UNSOLD).annotate(day=TruncDate("date_placed", tzinfo=clock.PARIS)).filter(day__range=(period.before.first, period.last))
    now, kept = Q(day__gte=period.first), F("goods_cents") + F("shipping_cents") - F("refunded_cents")
    facts = both.aggregate(n=Count("pk", filter=now), b=Count("pk", filter=~now), nc=Sum(kept, filter=now), bc=Sum(kept, filter=~now))
    return Figure(facts["n"], facts["b"]), Figure(facts["nc"] or 0, facts["bc"] or 0)


def favourites(vendor: Vendor, period: Period) -> Figure:
    both = Favourite.objects.filter(product__vendor=vendor).annotate(day=TruncDate("at", tzinfo=clock.PARIS)).filter(day__range=(period.before.first, period.last))
    facts = both.aggregate(now=Count("pk", filter=Q(day__gte=period.first)), before=Count("pk", filter=Q(day__lt=period.first)))
    return Figure(facts["now"], facts["before"])


def by_day(vendor: Vendor, period: Period) -> dict[date, tuple[int, int]]:
    """Visits and cents sold of each day that had any."""
    found: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for row in VisitCount.objects.filter(vendor=vendor, day__range=(period.first, period.last)).values("day").annotate(n=Sum("visits")):
        found[row["day"]][0] = row["n"]
    sold = Order.objects.of_vendor(vendor).exclude(status__in=UNSOLD).annotate(day=TruncDate("date_placed", tzinfo=clock.PARIS))
    kept = Sum(F("goods_cents") + F("shipping_cents") - F("refunded_cents"))
    for row in sold.filter(day__range=(period.first, period.last)).order_by().values("day").annotate(cents=kept):
        found[row["day"]][1] = row["cents"]
    return {day: (numbers[0], numbers[1]) for day, numbers in found.items()}


def by_source(vendor: Vendor, period: Period) -> list[tuple[str, int]]:
    rows = VisitCount.objects.filter(vendor=vendor, day__range=(period.first, period.last)).values("source").annotate(n=Sum("visits")).order_by("-n")
    return [(str(Source(row["source"]).label), row["n"]) for row in rows]


def words(vendor: Vendor, period: Period, *, most: int = 20) -> list[tuple[str, int]]:
    """Searches that led here, the most frequent first."""
    rows = WordCount.objects.filter(vendor=vendor, day__range=(period.first, period.last)).values("words").annotate(n=Sum("visits"))
    return [(row["words"], row["n"]) for row in rows.filter(n__gte=FEWEST).order_by("-n", "words")[:most]]


def listings(vendor: Vendor, period: Period, *, most: int = 50) -> list[ListingFigures]:
    """The creations that were read, liked or sold, the most read first."""
    days = (period.first, period.last)
    read = dict(VisitCount.objects.filter(vendor=vendor, product__isnull=False, day__range=days).values_list("product").annotate(n=Sum("visits")))
    liked = dict(Favourite.objects.filter(product__vendor=vendor).annotate(day=TruncDate("at", tzinfo=clock.PARIS)).filter(day__range=days).values_list("product").annotate(n=Count("pk")))
    sold = {row["whole"]: row for row in _lines(vendor, period)}
    wanted = sorted({*read, *liked, *sold} - {None}, key=lambda pk: (-read.get(pk, 0), -sold.get(pk, {"pieces": 0})["pieces"], pk))[:most]
    titles = dict(Product.objects.by(vendor).filter(pk__in=wanted).values_list("pk", "title"))
    return [_listing(pk, titles[pk], read, liked, sold) for pk in wanted if pk in titles]


def _listing(pk: int, title: str, read: dict[Any, int], liked: dict[Any, int], sold: dict[Any, Any]) -> ListingFigures:
    row = sold.get(pk, {"pieces": 0, "cents": 0})
    return ListingFigures(pk, title, read.get(pk, 0), liked.get(pk, 0), row["pieces"], Money(row["cents"]))


def _lines(vendor: Vendor, period: Period) -> Any:
    """Pieces and cents kept by listing, a variant's with its whole."""
    rows = Line.objects.filter(order__vendor=vendor, product__isnull=False).exclude(order__status__in=UNSOLD)
    rows = rows.annotate(day=TruncDate("order__date_placed", tzinfo=clock.PARIS)).filter(day__range=(period.first, period.last))
    whole = Case(When(product__parent__isnull=False, then=F("product__parent_id")), default=F("product_id"))
    kept = Cast(F("line_price_incl_tax") * 100, IntegerField()) - F("refunded_cents")
    return rows.annotate(whole=whole).order_by().values("whole").annotate(pieces=Sum(F("quantity") - F("returned_quantity") - F("cancelled_quantity")), cents=Sum(kept))
