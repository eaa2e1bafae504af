"""A marketplace as large as asked for, by COPY: listings with stock, picture, category and frozen card, for measurements."""

import json
import time
from datetime import timedelta
from itertools import cycle
from typing import Any

from django.db import connection
from django.utils.text import slugify
from oscar.core.loading import get_model

from lapinblanc import clock
from shop.catalogue.freezing import freeze_vendor
from shop.catalogue.models import Product, ProductClass
from shop.shipping.models import ShippingOption
from shop.vendors.models import LegalStatus, VatRegime, Vendor, VendorState

PRODUCT = (
    "structure", "title", "slug", "description", "summary", "is_public", "is_discountable", "date_created", "date_updated",
    "product_class_id", "vendor_id", "state", "published_at", "materials", "colours", "occasions", "technique", "care", "making",
    "made_to_order", "lead_days", "second_life", "vat_rate", "withdrawal", "variant_values", "category_ids", "price_cents",
    "sellable", "card", "length_mm", "width_mm", "height_mm", "weight_g", "meta_title", "priority",
)


def copy_listings(*, listings: int, vendors: int) -> float:
    """Copy `listings` rows modelled on the demo's over `vendors` new boutiques; returns listings a second."""
    began = time.monotonic()
    boutiques = _boutiques(vendors)
    models = list(Product.objects.on_sale().filter(structure="standalone").prefetch_related("categories", "images"))
    if not models:
        raise ValueError("load the demo first: the copies are modelled on it")
    first = _next_id(listings)
    stocked = ProductClass.objects.get(slug="stocked")
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY catalogue_product (id, {', '.join(PRODUCT)}) FROM STDIN") as rows:
            for number, model, vendor in zip(range(listings), cycle(models), cycle(boutiques)):
                rows.write_row(_product(first + number, number, model, vendor, stocked.pk))
        _copy_around(cursor, first, listings, models, boutiques)
        cursor.execute("ANALYZE catalogue_product, partner_stockrecord, catalogue_productcategory")
    for vendor in boutiques:
        freeze_vendor(vendor)
    return listings / (time.monotonic() - began)


def _product(pk: int, number: int, model: Any, vendor: Vendor, product_class: int) -> list[Any]:
    moment = clock.now() - timedelta(minutes=number % 500_000)
    title = f"{model.title} n° {number + 1}"
    cents = max(300, (model.price_cents or 2000) + (number % 41 - 20) * 50)
    slug = slugify(title)[:200]
    card = {
        **model.card, "url": f"/creations/{slug}-{pk}/", "title": title, "price": cents, "vendor": vendor.name,
        "vendor_url": vendor.get_absolute_url(), "place": f"{vendor.city} ({vendor.department})", "available": True,
        "made_to_order": False, "last_piece": False,
    }
    return [
        pk, "standalone", title, slug, model.description, model.summary, True, True, moment, moment, product_class, vendor.pk,
        "published", moment, model.materials, model.colours, model.occasions, model.technique, model.care, model.making, False,
        model.lead_days, False, 2000, "allowed", "{}", model.category_ids, cents, True, json.dumps(card, default=str),
        model.length_mm, model.width_mm, model.height_mm, model.weight_g, "", 0,
    ]


def _copy_around(cursor: Any, first: int, listings: int, models: list[Any], boutiques: list[Vendor]) -> None:
    """Stock, category and picture of each copy."""
    moment = clock.now()
    with cursor.copy(
        "COPY partner_stockrecord (product_id, partner_id, partner_sku, price_currency, price, num_in_stock, date_created, date_updated) FROM STDIN"
    ) as rows:
        for number, model, vendor in zip(range(listings), cycle(models), cycle(boutiques)):
            cents = max(300, (model.price_cents or 2000) + (number % 41 - 20) * 50)
            rows.write_row([first + number, vendor.partner_id, f"copy-{first + number}", "EUR", f"{cents // 100}.{cents % 100:02d}", 1 + number % 9, moment, moment])
    leaves = [next(iter(model.categories.all())).pk for model in models]
    with cursor.copy("COPY catalogue_productcategory (product_id, category_id) FROM STDIN") as rows:
        for number, leaf in zip(range(listings), cycle(leaves)):
            rows.write_row([first + number, leaf])
    images = [next(iter(model.images.all())) for model in models]
    with cursor.copy(
        "COPY catalogue_productimage (product_id, original, caption, display_order, date_created, alt, width, height, derivatives) FROM STDIN"
    ) as rows:
        for number, image in zip(range(listings), cycle(images)):
            rows.write_row([first + number, image.original.name, "", 0, moment, image.alt, image.width, image.height, json.dumps(image.derivatives)])


def _boutiques(count: int) -> list[Vendor]:
    """Boutiques beside the demo's; a second run adds to the first."""
    known = Vendor.objects.filter(slug__startswith="copie-").count()
    places = list(Vendor.objects.exclude(slug__startswith="copie-").values_list("street", "postcode", "city", "department"))
    made = []
    for number, place in zip(range(known, known + count), cycle(places)):
        partner = get_model("partner", "Partner").objects.create(name=f"Copie {number + 1}", code=f"copie-{number + 1}")
        vendor = Vendor.objects.create(
            partner=partner, slug=f"copie-{number + 1}", name=f"Copie {number + 1}", state=VendorState.APPROVED,
            legal_status=LegalStatus.MICRO, legal_name=f"Copie {number + 1} EI", siret=f"{number + 1:014d}",
            vat_regime=VatRegime.FRANCHISE, street=place[0], postcode=place[1], city=place[2], department=place[3],
            email=f"copie-{number + 1}@demo.lapinblanc.example",
        )
        ShippingOption.objects.create(vendor=vendor, code="suivi", label="Colissimo suivi", base_cents=590)
        made.append(vendor)
    return made


def _next_id(count: int) -> int:
    """Reserve `count` numbers of listings."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('catalogue_product_id_seq', nextval('catalogue_product_id_seq') + %s)", [count])
        return int(cursor.fetchone()[0]) - count
