"""How a `WholeListing` lies on rows, field by field, for those that are new and those that are written again. Nothing is saved here."""

from typing import Any

from django.utils.text import slugify
from lapinblanc.money import Money

from shop.catalogue.models import Category, PersonalisationField, Product, ProductClass, ProductImage
from shop.catalogue.whole.reading import LISTS, PLAIN
from shop.catalogue.whole.values import WholeField, WholeListing, WholePicture, WholeVariant
from shop.partner.models import StockRecord


class SkuTaken(Exception):
    """Another piece of this boutique has this reference; `sku` says which."""

    def __init__(self, sku: str) -> None:
        super().__init__(sku)
        self.sku = sku


def fill_listing(product: Product, whole: WholeListing) -> None:
    """All of its own but what points to other rows."""
    product.structure = Product.PARENT if whole.variants else Product.STANDALONE
    for name in PLAIN:
        setattr(product, name, getattr(whole, name))
    for name in LISTS:
        setattr(product, name, list(getattr(whole, name)))
    product.variant_values = {"axes": list(whole.variants[0].values)} if whole.variants else {}
    product.legal = dict(whole.legal or {})
    product.slug = slugify(whole.title)[:120] or "creation"


def fill_picture(image: ProductImage, picture: WholePicture, place: int) -> None:
    """A row that is new, or whose file changed, takes the files; each its words and its place."""
    if not image.pk or (picture.original and picture.original != image.original.name):
        image.original, image.master, image.digest, image.source_url = picture.original, picture.master, picture.digest, picture.source_url
        image.derivatives, image.crop = dict(picture.derivatives or {}), dict(picture.crop or {})
        image.width, image.height = picture.width, picture.height
    image.alt, image.display_order = picture.alt[:250], place


def fill_field(field: PersonalisationField, facts: WholeField, place: int) -> None:
    field.kind, field.required, field.max_length = facts.kind, facts.required, facts.max_length
    field.choices, field.position = list(facts.choices), place


def fill_child(child: Product, whole: WholeListing, variant: WholeVariant, place: int, picture: ProductImage | None) -> None:
    label = ", ".join(variant.values.values())
    child.title, child.slug = f"{whole.title}, {label}"[:255], slugify(f"{whole.title} {label}")[:120] or "creation"
    child.variant_values, child.position, child.is_public = dict(variant.values), place, variant.shown
    child.weight_g, child.picture = variant.weight_g, picture


def fill_record(record: StockRecord, piece: Product, slug: str, variant: WholeVariant, whole: WholeListing, *, stock: bool) -> None:
    """`slug`: of the boutique, for a reference where none is given. `stock` False leaves what is counted already."""
    record.partner_sku = (variant.sku.strip() or record.partner_sku or f"{slug}-{piece.pk}")[:128]
    record.price = Money(variant.price_cents).decimal if variant.price_cents is not None else None
    tracked = None if whole.made_to_order else (variant.stock or 0)
    if not record.pk or stock or (tracked is None) != (record.num_in_stock is None):
        record.num_in_stock = tracked


def as_variant(whole: WholeListing) -> WholeVariant:
    """What a listing without variants keeps on its own stock record."""
    return WholeVariant({}, whole.price_cents, whole.stock, whole.sku)


def class_of(made_to_order: bool) -> ProductClass:
    return ProductClass.objects.get(slug="made-to-order" if made_to_order else "stocked")


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
