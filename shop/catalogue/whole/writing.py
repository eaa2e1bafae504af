"""Writing a `WholeListing`: one transaction, the listing's lock, a version kept, cards frozen again.

A variant is known by its values: the one that stays keeps its stock record, its price history and its sales. One that
goes is hidden when it was ever sold, deleted otherwise. Stock is written only where `stock=True`: an older version
brought back must not undo what was sold since.
"""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import LET_GO, PersonalisationField, Product, ProductImage
from shop.catalogue.whole.rows import (
    SkuTaken,
    as_variant,
    category_by_path,
    class_of,
    fill_child,
    fill_field,
    fill_listing,
    fill_picture,
    fill_record,
)
from shop.catalogue.whole.values import WholeListing, WholeVariant
from shop.catalogue.whole.versions import keep_before, keep_version
from shop.partner.models import StockRecord
from shop.vendors.models import Section


class StockBelowReserved(Exception):
    """Fewer pieces than are set aside for orders under way."""


class ChangedMeanwhile(Exception):
    """Another window or person wrote the listing since it was read; `revision` is the present one."""

    def __init__(self, revision: int) -> None:
        super().__init__(str(revision))
        self.revision = revision


@transaction.atomic
def write_whole(*, product: Product, whole: WholeListing, by: Any, why: str = "edit", stock: bool = True, revision: int | None = None, only_in: Collection[str] = ()) -> int:
    """Make the listing what `whole` says; returns its new revision. `revision`: what the writer had read; `only_in`: the states in which it may be written.

    Raises ChangedMeanwhile, StockBelowReserved, SkuTaken.
    """
    locked = Product.objects.select_for_update(of=["self"]).select_related("vendor").get(pk=product.pk)
    if (revision is not None and revision != locked.revision) or (only_in and locked.state not in only_in):
        raise ChangedMeanwhile(locked.revision)
    keep_before(product=locked)
    fill_listing(locked, whole)
    locked.product_class = class_of(whole.made_to_order)
    locked.section = Section.objects.filter(vendor=locked.vendor, name=whole.section).first() if whole.section else None
    locked.revision += 1
    locked.save()
    category = category_by_path(whole.category)
    locked.categories.set([category] if category else [])
    keys = _write_pictures(locked, whole)
    _write_fields(locked, whole)
    _write_pieces(locked, whole, keys, stock)
    freeze_listings([locked.pk])
    keep_version(product=locked, by=by, why=why)
    product.refresh_from_db()
    return int(locked.revision)


def _write_pictures(product: Product, whole: WholeListing) -> dict[str, ProductImage]:
    """Rows by key, kept where the key or the file is known, in the order given; files of rows that go stay in the storage."""
    known = {str(image.pk): image for image in product.images.all()}
    by_file = {image.original.name: image for image in known.values()}
    kept: dict[str, ProductImage] = {}
    for place, picture in enumerate(whole.pictures):
        image = known.get(picture.key) or by_file.get(picture.original) or ProductImage(product=product)
        if not image.pk and not picture.original:
            continue
        fill_picture(image, picture, place)
        image.save()
        kept[picture.key] = image
    product.images.exclude(pk__in=[image.pk for image in kept.values()]).delete()
    return kept


def _write_fields(product: Product, whole: WholeListing) -> None:
    known = {field.label: field for field in product.personalisation_fields.all()}
    labels = {field.label for field in whole.fields}
    PersonalisationField.objects.filter(pk__in=[field.pk for label, field in known.items() if label not in labels]).delete()
    for place, facts in enumerate(whole.fields):
        field = known.get(facts.label) or PersonalisationField(product=product, label=facts.label)
        fill_field(field, facts, place)
        field.save()


def _write_pieces(product: Product, whole: WholeListing, keys: dict[str, ProductImage], stock: bool) -> None:
    """The stock record of the whole, or a child with its own for each variant; the whole's own record then rests, for what it sold."""
    children = {_known_by(child.variant_values): child for child in product.children.all()}
    if not whole.variants:
        _let_go(list(children.values()))
        _write_record(product, product, as_variant(whole), whole, stock)
        return
    wanted = {_known_by(variant.values) for variant in whole.variants}
    _let_go([child for values, child in children.items() if values not in wanted])
    for place, variant in enumerate(whole.variants):
        child = children.get(_known_by(variant.values)) or Product(structure=Product.CHILD, parent=product)
        fill_child(child, whole, variant, place, keys.get(variant.picture))
        child.save()
        _write_record(child, product, variant, whole, stock)


def _known_by(values: Any) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(axis), str(value)) for axis, value in values.items()))


def _let_go(children: list[Any]) -> None:
    for child in children:
        if child.line_set.exists():
            Product.objects.filter(pk=child.pk).update(is_public=False, position=LET_GO)
        else:
            child.delete()


def _write_record(piece: Product, product: Product, variant: WholeVariant, whole: WholeListing, stock: bool) -> None:
    vendor: Any = product.vendor
    record = StockRecord.objects.filter(product=piece).first()
    made = record is None
    record = record or StockRecord(product=piece, partner_id=vendor.partner_id)
    fill_record(record, piece, vendor.slug, variant, whole, stock=stock)
    try:
        with transaction.atomic():
            if made:
                record.save()
            else:
                record.save(update_fields=["partner_sku", "price", "num_in_stock", "date_updated"])
    except IntegrityError as refused:
        if "sku" in str(refused):
            raise SkuTaken(record.partner_sku) from refused
        raise StockBelowReserved from refused
