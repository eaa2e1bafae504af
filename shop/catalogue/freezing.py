"""Rewrites what is frozen on listings and boutiques for lists: cards, lowest price, sellable, ancestors of categories.

Addresses are frozen in French, whoever's request freezes them; cards put the reader's language before them.

Call after a listing, its stock, its pictures, its reviews or its boutique changed; may run twice.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Avg, Count, Q
from django.utils import translation
from lapinblanc.money import Money

from shop.catalogue.cards import freeze, lowest_offer
from shop.catalogue.models import Category, Product, ProductImage
from shop.catalogue.pictures import PictureFacts
from shop.catalogue.reviews.models import ProductReview
from shop.prices.clocked import freeze_windows
from shop.vendors.models import Vendor

BATCH = 500
# One statement for a batch, with a list a column: the same text whatever the number of rows, so that the database plans it once.
WRITE = """
UPDATE catalogue_product AS listing
SET card = frozen.card::jsonb, price_cents = frozen.price_cents, sellable = frozen.sellable, category_ids = frozen.above::bigint[]
FROM unnest(%s::bigint[], %s::text[], %s::integer[], %s::boolean[], %s::text[]) AS frozen (id, card, price_cents, sellable, above)
WHERE listing.id = frozen.id
"""


def freeze_listings(ids: Iterable[int]) -> int:
    """Freeze the listings with these numbers, in batches; returns how many."""
    done = 0
    wanted = list(ids)
    for start in range(0, len(wanted), BATCH):
        batch = list(_with_facts(wanted[start : start + BATCH]))
        ancestors = _ancestors()
        windows = freeze_windows(record for product in batch for record in _records(product))
        with translation.override(settings.LANGUAGE_CODE):
            for product in batch:
                _freeze_one(product, ancestors, windows)
        _write(batch)
        done += len(batch)
    return done


def freeze_vendor(vendor: Vendor) -> None:
    """Freeze a boutique's own card; its listings' cards are frozen by `freeze_listings`."""
    vendor.card = vendor_card_facts(vendor)
    vendor.save(update_fields=["card"])


def vendor_card_facts(vendor: Vendor) -> dict[str, Any]:
    """The card as it would be frozen now: a preview asks for it without writing."""
    with translation.override(settings.LANGUAGE_CODE):
        address = vendor.get_absolute_url()
    leave = [str(vendor.leave_from), str(vendor.leave_to)] if vendor.leave_from and vendor.leave_to else None
    return {
        "url": address,
        "name": vendor.name,
        "tagline": vendor.tagline,
        "place": f"{vendor.city} ({vendor.department})",
        "picture": vendor.portrait_facts or None,
        "listing_count": Product.objects.on_sale().by(vendor).count(),
        "since_year": vendor.since.year,
        "leave": leave,
    }


def picture_facts(image: Any) -> PictureFacts:
    """Addresses of a listing's picture in its sizes; derivatives that are missing fall back on the original."""
    names = {key: default_storage.url(name) for key, name in image.derivatives.items()}
    original = default_storage.url(image.original.name)
    return PictureFacts(
        src=original,
        src_avif=names.get("full_avif", ""),
        src_small=names.get("small", original),
        src_small_avif=names.get("small_avif", ""),
        width=image.width,
        height=image.height,
        alt=image.alt,
    )


def _with_facts(ids: list[int]) -> Any:
    return (
        Product.objects.listings()
        .filter(pk__in=ids)
        .select_related("vendor")
        .prefetch_related("stockrecords__price_windows", "children__stockrecords__price_windows", "images", "categories")
        .annotate(
            mean=Avg("reviews__score", filter=Q(reviews__status=ProductReview.APPROVED)),
            voices=Count("reviews", filter=Q(reviews__status=ProductReview.APPROVED), distinct=True),
        )
    )


def _records(product: Any) -> list[Any]:
    """The stock records that a buyer may choose between."""
    variants = [child for child in product.children.all() if child.is_public] if product.is_parent else [product]
    return [record for variant in variants for record in variant.stockrecords.all() if record.price is not None]


def _freeze_one(product: Any, ancestors: dict[int, list[int]], windows: dict[int, list[list[Any]]]) -> None:
    records = _records(product)
    stock = [(Money.from_decimal(record.price).cents, None if product.made_to_order else record.net_stock_level) for record in records]
    offers = [{"id": record.product_id, "base": Money.from_decimal(record.price).cents, "windows": windows.get(record.pk, [])} for record in records]
    images: list[ProductImage] = list(product.images.all())
    product.card = freeze(
        product=product,
        vendor=product.vendor,
        stock=stock,
        offers=offers if any(offer["windows"] for offer in offers) else [],
        picture=picture_facts(images[0]) if images else None,
        rating=product.mean,
        review_count=product.voices,
    )
    product.price_cents = lowest_offer(product.card)
    product.sellable = product.card["available"]
    product.category_ids = sorted({pk for category in product.categories.all() for pk in ancestors[category.pk]})


def _write(batch: list[Any]) -> None:
    if not batch:
        return
    columns = (
        [product.pk for product in batch], [json.dumps(product.card, cls=DjangoJSONEncoder) for product in batch], [product.price_cents for product in batch],
        [product.sellable for product in batch], [f"{{{','.join(map(str, product.category_ids))}}}" for product in batch],
    )
    with connection.cursor() as cursor:
        cursor.execute(WRITE, columns)


def _ancestors() -> dict[int, list[int]]:
    """Each category's number with those of its ancestors, from the paths of the tree in one query."""
    by_path = dict(Category.objects.values_list("path", "pk"))
    steps = Category.steplen
    found: dict[int, list[int]] = defaultdict(list)
    for path, pk in by_path.items():
        for end in range(steps, len(path) + 1, steps):
            found[pk].append(by_path[path[:end]])
    return found
