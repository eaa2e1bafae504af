"""Versions of a listing: what it was after each write, so that any of them can be brought back.

Writes of one person within ten minutes are one version, so that autosave does not bury the others. Kept a year.
A live listing that changed is told to whoever screens, here and nowhere else: words, pictures and prices alike.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from lapinblanc import clock

from shop.catalogue import screening
from shop.catalogue.models import ListingState, ListingVersion, Product
from shop.catalogue.whole.reading import category_paths, read_whole, with_everything
from shop.catalogue.whole.values import WholeListing

TOGETHER = timedelta(minutes=10)
KEPT = timedelta(days=365)


def keep_version(*, product: Product, by: Any, why: str) -> None:
    """Call inside the writing transaction, with the listing locked and its revision raised."""
    now: Any = with_everything(Product.objects.filter(pk=product.pk).select_related("vendor")).get()
    facts = read_whole(now).to_json()
    last = product.versions.first()
    if last is not None and why == "autosave" and last.why == "autosave" and last.by_id == getattr(by, "pk", None) and last.at > clock.now() - TOGETHER:
        last.delete()
    ListingVersion.objects.create(product=product, revision=product.revision, facts=facts, why=why, by=by)
    if now.state == ListingState.PUBLISHED:
        screening.changed(now, since=product.revision - 1)


def keep_first(*, products: Sequence[Product], by: Any, why: str) -> None:
    """The first version of listings that were just made, as many as there are, in a fixed number of queries."""
    paths = category_paths()
    rows = with_everything(Product.objects.filter(pk__in=[product.pk for product in products]))
    ListingVersion.objects.bulk_create(ListingVersion(product=row, revision=row.revision, facts=read_whole(row, paths=paths).to_json(), why=why, by=by) for row in rows)


def keep_before(*, product: Product) -> None:
    """What a listing is before its first change by the editor, where no version says so. Call with the listing locked."""
    if not product.versions.filter(revision=product.revision).exists():
        facts = read_whole(with_everything(Product.objects.filter(pk=product.pk)).get()).to_json()
        ListingVersion.objects.create(product=product, revision=product.revision, facts=facts, why="before", by=None)


def whole_of(version: ListingVersion) -> WholeListing:
    return WholeListing.from_json(version.facts)


def forget_old() -> int:
    """Versions older than a year; the last one of each listing stays. Returns how many went."""
    old = ListingVersion.objects.filter(at__lt=clock.now() - KEPT)
    latest = old.order_by("product_id", "-revision").distinct("product_id").values("pk")
    return int(old.exclude(pk__in=latest).delete()[0])
