"""A listing of the database as a `WholeListing`: nothing is left out but its state, its dates and its sales."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from lapinblanc.money import Money

from shop.catalogue.models import LET_GO, Category, Product
from shop.catalogue.whole.values import WholeField, WholeListing, WholePicture, WholeVariant

PLAIN = (
    "title", "summary", "description", "made_to_order", "lead_days", "technique", "making", "care", "made_by", "made_in",
    "bought_parts", "second_life", "weight_g", "length_mm", "width_mm", "height_mm", "diameter_mm", "vat_rate", "withdrawal",
)
# What `order.Line.variant` holds: a purchase that was paid for must never stumble over a name.
LONGEST_SAID = 200
LISTS = ("materials", "colours", "occasions", "tags")


def with_everything(rows: QuerySet[Any]) -> QuerySet[Any]:
    """In a fixed number of queries, whatever the number of listings."""
    return rows.select_related("section").prefetch_related("images", "stockrecords", "personalisation_fields", "categories", "children__stockrecords")


def read_whole(product: Any, *, paths: dict[str, str] | None = None) -> WholeListing:
    """`paths`: from `category_paths()`, where many are read."""
    pictures = list(product.images.all())
    record = None if product.is_parent else next(iter(product.stockrecords.all()), None)
    category = next(iter(product.categories.all()), None)
    facts: dict[str, Any] = {name: getattr(product, name) for name in PLAIN} | {name: tuple(getattr(product, name)) for name in LISTS}
    return WholeListing(
        **facts,
        category=(paths or category_paths([category.path])).get(category.path, "") if category else "",
        section=product.section.name if product.section else "",
        price_cents=cents_of(record),
        stock=_stock(record, product),
        sku=record.partner_sku if record else "",
        legal=dict(product.legal),
        variants=tuple(_variant(child, product) for child in children_of(product)),
        fields=tuple(WholeField(field.label, field.kind, field.required, field.max_length, tuple(field.choices)) for field in product.personalisation_fields.all()),
        pictures=tuple(_picture(image) for image in pictures),
    )


def children_of(product: Any) -> list[Any]:
    """The variants in the order of the grid, those not shown too, without those that a later grid let go."""
    return sorted((child for child in product.children.all() if child.position != LET_GO), key=lambda child: (child.position, child.pk)) if product.is_parent else []


def values_in_order(child: Any, product: Any) -> dict[str, str]:
    """A variant's values by axis, in the order that the vendor gave the axes: PostgreSQL keeps none inside a JSON object."""
    order = {axis: place for place, axis in enumerate(product.variant_values.get("axes", ()))}
    return dict(sorted(child.variant_values.items(), key=lambda row: (order.get(row[0], len(order)), row[0])))


def named(axis: str, value: str) -> str:
    """« Taille : S »"""
    return _("%(axis)s: %(value)s") % {"axis": axis, "value": value}


def values_said(child: Any, product: Any) -> str:
    """« Taille : S · Couleur : Lait », as baskets, orders and slips name a variant; without the axes, then cut, where an order's line has no room for them."""
    values = values_in_order(child, product)
    said = " · ".join(named(axis, value) for axis, value in values.items())
    return said if len(said) <= LONGEST_SAID else " · ".join(values.values())[:LONGEST_SAID]


def category_paths(of: Sequence[str] = ()) -> dict[str, str]:
    """Slugs from the root by the tree's own path: {"00010002": "creations/bols"}. One query."""
    slugs = dict(Category.objects.values_list("path", "slug"))
    step = Category.steplen
    wanted = of or slugs
    return {path: "/".join(slugs[path[:end]] for end in range(step, len(path) + 1, step)) for path in wanted}


def cents_of(record: Any) -> int | None:
    return Money.from_decimal(record.price).cents if record is not None and record.price is not None else None


def _stock(record: Any, product: Any) -> int | None:
    return None if product.made_to_order or record is None else record.num_in_stock


def _variant(child: Any, product: Product) -> WholeVariant:
    record = next(iter(child.stockrecords.all()), None)
    return WholeVariant(
        values=values_in_order(child, product),
        price_cents=cents_of(record),
        stock=_stock(record, product),
        sku=record.partner_sku if record else "",
        weight_g=child.weight_g,
        picture=str(child.picture_id or ""),
        shown=child.is_public,
    )


def _picture(image: Any) -> WholePicture:
    return WholePicture(
        key=str(image.pk), alt=image.alt, original=image.original.name, master=image.master, derivatives=dict(image.derivatives),
        width=image.width, height=image.height, crop=dict(image.crop), digest=image.digest, source_url=image.source_url,
    )
