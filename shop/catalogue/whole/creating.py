"""New listings, one or a hundred: the same rows in the same number of queries, whatever their number.

A file of five thousand creations is written by these statements; the editor's new creation is a handful of one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import IntegrityError, transaction

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import ListingState, PersonalisationField, Product, ProductImage
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
from shop.catalogue.whole.values import WholeListing
from shop.catalogue.whole.versions import keep_first
from shop.partner.models import StockRecord
from shop.vendors.models import Section, Vendor


@dataclass(slots=True)
class Made:
    """A listing under way and what hangs on it; pictures by their key in the whole."""

    whole: WholeListing
    product: Product
    pictures: dict[str, ProductImage] = field(default_factory=dict)
    children: list[Product] = field(default_factory=list)


def create_whole(*, vendor: Vendor, whole: WholeListing, by: Any, why: str = "create") -> Product:
    """A draft of this vendor's. Raises SkuTaken."""
    product = create_many(vendor=vendor, wholes=[whole], by=by, why=why)[0]
    product.refresh_from_db()
    return product


@transaction.atomic
def create_many(*, vendor: Vendor, wholes: Sequence[WholeListing], by: Any, why: str) -> list[Product]:
    """Drafts in this order, cards frozen, a first version of each. All or none: raises SkuTaken."""
    taken = taken_skus(vendor=vendor, wholes=wholes)
    if taken:
        raise SkuTaken(min(taken))
    made = _products(vendor, wholes)
    _pictures(made)
    _fields(made)
    _children(made)
    try:
        with transaction.atomic():
            _records(vendor, made)
    except IntegrityError as refused:
        # Another window took it since it was looked at.
        raise SkuTaken(min(taken_skus(vendor=vendor, wholes=wholes), default="")) from refused
    freeze_listings([one.product.pk for one in made])
    keep_first(products=[one.product for one in made], by=by, why=why)
    return [one.product for one in made]


def skus_of(whole: WholeListing) -> list[str]:
    """The references that it asks for, as they would be written."""
    asked = [variant.sku for variant in whole.variants] if whole.variants else [whole.sku]
    return [sku.strip()[:128] for sku in asked if sku.strip()]


def taken_skus(*, vendor: Vendor, wholes: Iterable[WholeListing]) -> set[str]:
    """Those that another piece of the boutique has, or that are asked for twice among these. One query."""
    asked = [sku for whole in wholes for sku in skus_of(whole)]
    if not asked:
        return set()
    twice = {sku for sku, count in Counter(asked).items() if count > 1}
    return twice | set(StockRecord.objects.filter(partner=vendor.partner_id, partner_sku__in=asked).values_list("partner_sku", flat=True))


def _products(vendor: Vendor, wholes: Sequence[WholeListing]) -> list[Made]:
    classes, categories = {made_to_order: class_of(made_to_order) for made_to_order in {whole.made_to_order for whole in wholes}}, cache(category_by_path)
    sections = {section.name: section for section in Section.objects.filter(vendor=vendor).order_by("-pk")} if any(whole.section for whole in wholes) else {}
    made = []
    for whole in wholes:
        product = Product(vendor=vendor, state=ListingState.DRAFT, product_class=classes[whole.made_to_order], section=sections.get(whole.section), revision=1)
        fill_listing(product, whole)
        made.append(Made(whole, product))
    Product.objects.bulk_create([one.product for one in made])
    through = Product.categories.through
    found = [(one.product.pk, category.pk) for one in made if (category := categories(one.whole.category))]
    through.objects.bulk_create(through(product_id=product, category_id=category) for product, category in found)
    return made


def _pictures(made: list[Made]) -> None:
    for one in made:
        for place, picture in enumerate(one.whole.pictures):
            if picture.original:
                image = ProductImage(product=one.product)
                fill_picture(image, picture, place)
                one.pictures[picture.key] = image
    ProductImage.objects.bulk_create([image for one in made for image in one.pictures.values()])


def _fields(made: list[Made]) -> None:
    fields = []
    for one in made:
        for place, facts in enumerate(one.whole.fields):
            asked = PersonalisationField(product=one.product, label=facts.label)
            fill_field(asked, facts, place)
            fields.append(asked)
    PersonalisationField.objects.bulk_create(fields)


def _children(made: list[Made]) -> None:
    for one in made:
        for place, variant in enumerate(one.whole.variants):
            child = Product(structure=Product.CHILD, parent=one.product)
            fill_child(child, one.whole, variant, place, one.pictures.get(variant.picture))
            one.children.append(child)
    Product.objects.bulk_create([child for one in made for child in one.children])


def _records(vendor: Vendor, made: list[Made]) -> None:
    records = []
    for one in made:
        pieces = list(zip(one.children, one.whole.variants, strict=True)) if one.children else [(one.product, as_variant(one.whole))]
        for piece, variant in pieces:
            record = StockRecord(product=piece, partner_id=vendor.partner_id)
            fill_record(record, piece, vendor.slug, variant, one.whole, stock=True)
            records.append(record)
    StockRecord.objects.bulk_create(records)
