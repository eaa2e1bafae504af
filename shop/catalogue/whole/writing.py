"""Writing a `WholeListing`: one transaction, the listing's lock, a version kept, cards frozen again.

A variant is known by its values: the one that stays keeps its stock record, its price history and its sales. One that
goes is hidden when it was ever sold, deleted otherwise. Stock is written only where `stock=True`: an older version
brought back must not undo what was sold since.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from lapinblanc.money import Money

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import (
    LET_GO,
    Category,
    ListingState,
    PersonalisationField,
    Product,
    ProductClass,
    ProductImage,
)
from shop.catalogue.whole.reading import LISTS, PLAIN
from shop.catalogue.whole.values import WholeListing, WholeVariant
from shop.catalogue.whole.versions import keep_before, keep_version
from shop.partner.models import StockRecord
from shop.vendors.models import Section, Vendor


class StockBelowReserved(Exception):
    """Fewer pieces than are set aside for orders under way."""


class ChangedMeanwhile(Exception):
    """Another window or person wrote the listing since it was read; `revision` is the present one."""

    def __init__(self, revision: int) -> None:
        super().__init__(str(revision))
        self.revision = revision


class SkuTaken(Exception):
    """Another piece of this boutique has this reference; `sku` says which."""

    def __init__(self, sku: str) -> None:
        super().__init__(sku)
        self.sku = sku


@transaction.atomic
def create_whole(*, vendor: Vendor, whole: WholeListing, by: Any, why: str = "create") -> Product:
    """A draft of this vendor's. Raises SkuTaken."""
    product = Product(vendor=vendor, structure=Product.STANDALONE, state=ListingState.DRAFT, title=whole.title, slug="creation")
    product.product_class = _class(whole)
    product.save()
    write_whole(product=product, whole=whole, by=by, why=why, first=True)
    return product


@transaction.atomic
def write_whole(*, product: Product, whole: WholeListing, by: Any, why: str = "edit", stock: bool = True, revision: int | None = None, first: bool = False) -> int:
    """Make the listing what `whole` says; returns its new revision. `revision`: what the writer had read.

    Raises ChangedMeanwhile, StockBelowReserved, SkuTaken.
    """
    locked = Product.objects.select_for_update(of=["self"]).select_related("vendor").get(pk=product.pk)
    if revision is not None and revision != locked.revision:
        raise ChangedMeanwhile(locked.revision)
    if not first:
        keep_before(product=locked)
    locked.structure = Product.PARENT if whole.variants else Product.STANDALONE
    for name in PLAIN:
        setattr(locked, name, getattr(whole, name))
    for name in LISTS:
        setattr(locked, name, list(getattr(whole, name)))
    locked.variant_values = {"axes": list(whole.variants[0].values)} if whole.variants else {}
    locked.legal = dict(whole.legal or {})
    locked.slug = slugify(whole.title)[:120] or "creation"
    locked.product_class = _class(whole)
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


def category_by_path(path: str) -> Any:
    """The category that a path of slugs names from the root; the last slug alone is enough where it is the only one."""
    slugs = [slug for slug in path.split("/") if slug]
    if not slugs:
        return None
    found = list(Category.objects.filter(slug=slugs[-1]))
    for category in found:
        if [*category.get_ancestors().values_list("slug", flat=True), category.slug] == slugs:
            return category
    return found[0] if len(found) == 1 else None


def _class(whole: WholeListing) -> ProductClass:
    return ProductClass.objects.get(slug="made-to-order" if whole.made_to_order else "stocked")


def _write_pictures(product: Product, whole: WholeListing) -> dict[str, ProductImage]:
    """Rows by key, kept where the key or the file is known, in the order given; files of rows that go stay in the storage."""
    known = {str(image.pk): image for image in product.images.all()}
    by_file = {image.original.name: image for image in known.values()}
    kept: dict[str, ProductImage] = {}
    for place, picture in enumerate(whole.pictures):
        image = known.get(picture.key) or by_file.get(picture.original) or ProductImage(product=product)
        if not image.pk and not picture.original:
            continue
        if not image.pk or (picture.original and picture.original != image.original.name):
            image.original, image.master, image.digest, image.source_url = picture.original, picture.master, picture.digest, picture.source_url
            image.derivatives, image.crop = dict(picture.derivatives or {}), dict(picture.crop or {})
            image.width, image.height = picture.width, picture.height
        image.alt, image.display_order = picture.alt[:250], place
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
        field.kind, field.required, field.max_length = facts.kind, facts.required, facts.max_length
        field.choices, field.position = list(facts.choices), place
        field.save()


def _write_pieces(product: Product, whole: WholeListing, keys: dict[str, ProductImage], stock: bool) -> None:
    """The stock record of the whole, or a child with its own for each variant; the whole's own record then rests, for what it sold."""
    children = {_known_by(child.variant_values): child for child in product.children.all()}
    if not whole.variants:
        _let_go(list(children.values()))
        _write_record(product, product, WholeVariant({}, whole.price_cents, whole.stock, whole.sku), whole, stock)
        return
    wanted = {_known_by(variant.values) for variant in whole.variants}
    _let_go([child for values, child in children.items() if values not in wanted])
    for place, variant in enumerate(whole.variants):
        child = children.get(_known_by(variant.values)) or Product(structure=Product.CHILD, parent=product)
        label = ", ".join(variant.values.values())
        child.title, child.slug = f"{whole.title}, {label}"[:255], slugify(f"{whole.title} {label}")[:120] or "creation"
        child.variant_values, child.position, child.is_public = dict(variant.values), place, variant.shown
        child.weight_g, child.picture = variant.weight_g, keys.get(variant.picture)
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
    record.partner_sku = (variant.sku.strip() or record.partner_sku or f"{vendor.slug}-{piece.pk}")[:128]
    record.price = Money(variant.price_cents).decimal if variant.price_cents is not None else None
    tracked = None if whole.made_to_order else (variant.stock or 0)
    if made or stock or (tracked is None) != (record.num_in_stock is None):
        record.num_in_stock = tracked
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
