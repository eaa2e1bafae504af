"""Three months of visits for the demo's boutiques, so that their figures can be read: fewer at first, more on Sundays, the same at every load."""

from datetime import timedelta

from lapinblanc import clock
from shop.catalogue.models import Product
from shop.statistics.models import Source, VisitCount, WordCount
from shop.vendors.models import Vendor

DAYS = 90
SOURCES = (Source.SEARCH, Source.SHELF, Source.EDITORIAL, Source.SOCIAL, Source.ENGINES, Source.DIRECT)
SUNDAY = 6


def create_visits() -> int:
    """Counts of the boutiques' five newest creations and of their own pages; returns how many rows."""
    visits, words = [], []
    today = clock.today()
    for vendor in Vendor.objects.open().order_by("pk"):
        pieces = list(Product.objects.on_sale().by(vendor).order_by("-pk")[:5])
        for age in range(0, DAYS, 2):
            day = today - timedelta(days=age)
            for place, piece in enumerate([None, *pieces]):
                source = SOURCES[(vendor.pk + age + place) % len(SOURCES)]
                count = (vendor.pk * 7 + age * 3 + place * 5) % 9 + (DAYS - age) // 30 + (3 if day.weekday() == SUNDAY else 0)
                visits.append(VisitCount(vendor=vendor, product=piece, day=day, source=source, visits=count))
                if piece is not None and source == Source.SEARCH:
                    words.append(WordCount(vendor=vendor, product=piece, day=day, words=piece.title.split()[0].lower()[:80], visits=max(1, count // 2)))
    VisitCount.objects.bulk_create(visits, batch_size=5000)
    WordCount.objects.bulk_create(words, batch_size=5000)
    return len(visits) + len(words)
