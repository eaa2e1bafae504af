"""The report of an import: its lines on the page, some at a time, and all of them as a table to keep."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from lapinblanc.sheets import plain_cell

from shop.catalogue.models import ListingState, Product
from shop.importing.models import ImportedListing, ImportLine, ImportRun, Outcome
from shop.vendors.models import Vendor

PAGE = 50
FILTERS = ("", "refused", "warned", "fine", "pictures")


def filtered(run: ImportRun, *, trial: bool, only: str) -> QuerySet[ImportLine]:
    lines = run.lines.filter(trial=trial)
    if only == "refused":
        return lines.filter(outcome=Outcome.REFUSED)
    if only == "warned":
        return lines.filter(warned=True)
    if only == "fine":
        return lines.filter(warned=False).exclude(outcome=Outcome.REFUSED)
    return lines.exclude(lost=[]) if only == "pictures" else lines


def page_of(run: ImportRun, *, trial: bool, only: str, after: int) -> tuple[list[ImportLine], int]:
    """(lines, the number to go on after; 0 at the end)."""
    found = list(filtered(run, trial=trial, only=only).filter(number__gt=after).order_by("number")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else 0


def as_table(run: ImportRun, *, trial: bool) -> Iterator[str]:
    """Rows of a CSV that no spreadsheet takes for formulas (FAULTS S19)."""
    room = io.StringIO()
    writer = csv.writer(room, delimiter=";")

    def row(*cells: Any) -> str:
        room.seek(0)
        room.truncate()
        writer.writerow([plain_cell(str(cell)) for cell in cells])
        return room.getvalue()

    yield "\ufeff" + row(_("Line"), _("Creation"), _("What became of it"), _("Why"), _("Pictures that did not come"))
    for line in run.lines.filter(trial=trial).order_by("number").iterator(chunk_size=500):
        yield row(line.first_line, line.title or line.key, line.get_outcome_display(), " ".join(line.sentences), " ".join(f"{address} : {why}" for address, why in line.lost))


def lacking(vendor: Vendor, *, after: int = 0, count: int = PAGE) -> tuple[list[dict[str, Any]], int]:
    """Imported drafts and what they lack, in a fixed number of questions; (rows, the number to go on after)."""
    imported = ImportedListing.objects.filter(vendor=vendor, product__state=ListingState.DRAFT, product_id__gt=after).values("product_id")
    found = list(Product.objects.filter(pk__in=imported).order_by("pk").prefetch_related("images", "categories", "stockrecords", "children__stockrecords")[: count + 1])
    rows = [{"product": product, "lacks": lacks} for product in found[:count] if (lacks := _lacks(product))]
    return rows, found[count - 1].pk if len(found) > count else 0


def _lacks(product: Any) -> list[str]:
    pieces = list(product.children.all()) if product.is_parent else [product]
    records = [next(iter(piece.stockrecords.all()), None) for piece in pieces]
    checks = (
        (bool(product.images.all()), _("pictures")), (product.description.strip(), _("a description")), (product.materials, _("materials")), (bool(product.categories.all()), _("a category")),
        (all(record is not None and record.price for record in records), _("a price")), (product.weight_g or all(piece.weight_g for piece in pieces), _("a weight")),
    )
    return [what for fine, what in checks if not fine]
