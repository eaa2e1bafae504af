"""One table of the creations at once, without an archive: ours, or another platform's, row by row as it is read."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.catalogue.whole import columns
from shop.exporting.platforms import etsy, shopify, woocommerce
from shop.exporting.platforms.listing import ExportedListing
from shop.exporting.reading import Categories, batches, exported
from shop.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class Kind:
    """`file` names the download; `mark` is the sign by which spreadsheets know UTF-8."""

    label: Any
    file: str
    header: Sequence[str]
    rows_of: Callable[[ExportedListing], list[list[str]]]
    delimiter: str = ","
    mark: str = ""


def _ours(listing: ExportedListing) -> list[list[str]]:
    return columns.rows_of(str(listing.id), listing.whole, state=listing.state, published=listing.published_at or "")


KINDS: dict[str, Kind] = {
    "lapinblanc": Kind(_("For a spreadsheet"), "creations-lapinblanc", columns.HEADER, _ours, delimiter=";", mark="\ufeff"),
    "etsy": Kind("Etsy", "etsy", etsy.HEADER, etsy.rows_of),
    "shopify": Kind("Shopify", "shopify", shopify.HEADER, shopify.rows_of),
    "woocommerce": Kind("WooCommerce", "woocommerce", woocommerce.HEADER, woocommerce.rows_of),
}


class _Line:
    """What a CSV writer writes into, to give it on."""

    def write(self, text: str) -> str:
        return text


def lines_of(kind: Kind, vendor: Vendor) -> Iterator[str]:
    writer: Any = csv.writer(_Line(), delimiter=kind.delimiter)
    categories = Categories()
    yield kind.mark + writer.writerow(kind.header)
    for batch in batches(vendor):
        for product in batch:
            if product.state != "removed":
                for row in kind.rows_of(exported(product, vendor=vendor, categories=categories)):
                    yield writer.writerow(row)
