"""Undoing a whole import: the drafts that it made go again, unless they were sold, shown or changed here since."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from shop.catalogue.models import ListingState, Product
from shop.importing.models import ImportedListing, ImportRun, Stage


@dataclass(frozen=True, slots=True)
class Undone:
    removed: int
    kept: int


def undo(*, run: ImportRun) -> Undone:
    """One listing at a time, under its lock; harmless twice."""
    removed = kept = 0
    for known in ImportedListing.objects.filter(created_by=run, vendor=run.vendor).order_by("product_id"):
        with transaction.atomic():
            product: Any = Product.objects.select_for_update(of=["self"]).filter(pk=known.product_id).first()
            if product is None:
                continue
            if product.state != ListingState.DRAFT or product.revision != known.revision or _sold(product):
                kept += 1
                continue
            # Files of its pictures stay in the storage, as everywhere.
            product.children.all().delete()
            product.delete()
            removed += 1
    ImportRun.objects.filter(pk=run.pk).update(stage=Stage.UNDONE)
    return Undone(removed, kept)


def _sold(product: Any) -> bool:
    pieces = Product.objects.filter(pk=product.pk) | Product.objects.filter(parent=product.pk)
    return any(piece.line_set.exists() or piece.basket_lines.exists() for piece in pieces)
