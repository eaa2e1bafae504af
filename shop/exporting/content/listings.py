"""The creations: JSON Lines with all their pictures, four CSVs, and the history of their prices (evidence, LAW P7)."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.catalogue.models import Product
from shop.catalogue.whole import columns
from shop.exporting.book import Book, Lines
from shop.exporting.platforms import etsy, shopify, woocommerce
from shop.exporting.reading import Categories, batches, exported, line_of
from shop.prices.models import PriceChange
from shop.vendors.models import Vendor


class Listings:
    name = "creations"
    files: Sequence[str] = ("creations.jsonl", "creations-lapinblanc.csv", "etsy.csv", "shopify.csv", "woocommerce.csv", "prix.jsonl", "photos/")
    about = _("Your creations with their variants, texts, stocks and pictures, in our format and as Etsy, Shopify and WooCommerce read them; the history of your prices.")

    def size(self, vendor: Vendor) -> int:
        return Product.objects.listings().filter(vendor=vendor).count()

    def write(self, book: Book) -> None:
        """One walk over the listings fills every file."""
        categories = Categories()
        with ExitStack() as open_files:
            lines = open_files.enter_context(book.lines("creations.jsonl"))
            prices = open_files.enter_context(book.lines("prix.jsonl"))
            ours = open_files.enter_context(book.table("creations-lapinblanc.csv", columns.HEADER, delimiter=";", mark=True))
            theirs = [
                (open_files.enter_context(book.table(name, kind.HEADER)), kind)
                for name, kind in (("etsy.csv", etsy), ("shopify.csv", shopify), ("woocommerce.csv", woocommerce))
            ]
            for batch in batches(book.vendor):
                for product in batch:
                    listing = exported(product, vendor=book.vendor, categories=categories, media=book.media)
                    lines.add(line_of(listing))
                    if listing.state != "removed":
                        for row in columns.rows_of(str(listing.id), listing.whole, state=listing.state, published=listing.published_at or ""):
                            ours.add(row)
                        for table, kind in theirs:
                            for row in kind.rows_of(listing):
                                table.add(row)
                    book.step(1)
                _prices(batch, prices)


def _prices(batch: Sequence[Any], lines: Lines) -> None:
    """What each piece was offered at, and since when; one query for a batch."""
    pieces: dict[int, dict[str, Any]] = {}
    for product in batch:
        for piece in [product, *product.children.all()]:
            for record in piece.stockrecords.all():
                pieces[record.pk] = {"listing": product.pk, "sku": record.partner_sku, "values": piece.variant_values}
    changes = PriceChange.objects.filter(stockrecord__in=list(pieces)).order_by("stockrecord_id", "at", "id")
    for record, cents, at in changes.values_list("stockrecord_id", "price_cents", "at").iterator():
        lines.add(pieces[record] | {"price_cents": cents, "at": at.isoformat()})
