"""Pictures that vendors send: type, size and pixels checked before decoding, metadata dropped, derivatives written at once."""

import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Max
from django.utils.translation import gettext as _
from lapinblanc.images.reading import RefusedPicture, read_picture, written
from PIL import Image, ImageOps

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import Product, ProductImage

__all__ = ["RefusedPicture", "add_uploaded_picture"]

MOST_BYTES = 12 * 1024 * 1024
MOST_PICTURES = 12
FULL, SMALL = 1200, 400


def add_uploaded_picture(*, product: Product, upload: Any, alt: str) -> ProductImage:
    """Check, turn upright, write full and small in WebP and AVIF, and freeze the card. Raises RefusedPicture."""
    if upload is None:
        raise RefusedPicture(_("Choose a picture first."))
    if not alt.strip():
        raise RefusedPicture(_("Say in a few words what the picture shows, for those who do not see it."))
    if product.images.count() >= MOST_PICTURES:
        raise RefusedPicture(_("Twelve pictures at most: remove one first."))
    picture = read_picture(upload, most_side=2 * FULL, most_bytes=MOST_BYTES).convert("RGB")
    stem = f"listings/{product.pk}/{secrets.token_hex(8)}"
    full = ImageOps.contain(picture, (FULL, FULL))
    small = ImageOps.contain(picture, (SMALL, SMALL))
    original = _store(full, f"{stem}.webp", "WEBP")
    derivatives = {
        "full_avif": _store(full, f"{stem}.avif", "AVIF"),
        "small": _store(small, f"{stem}-400.webp", "WEBP"),
        "small_avif": _store(small, f"{stem}-400.avif", "AVIF"),
    }
    last = product.images.aggregate(last=Max("display_order"))["last"]
    image = ProductImage.objects.create(
        product=product,
        original=original,
        alt=alt.strip()[:250],
        width=full.width,
        height=full.height,
        derivatives=derivatives,
        display_order=0 if last is None else last + 1,
    )
    freeze_listings([product.pk])
    return image


def _store(picture: Image.Image, name: str, kind: str) -> str:
    return str(default_storage.save(name, ContentFile(written(picture, kind, quality=82 if kind == "WEBP" else 60))))
