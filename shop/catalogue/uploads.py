"""Pictures that vendors send: type, size and pixels checked before decoding, metadata dropped, derivatives written at once."""

import io
import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Max
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import Product, ProductImage

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_PICTURES = 12
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
FULL, SMALL = 1200, 400


class RefusedPicture(Exception):
    """`message` says why, and what to send instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def add_uploaded_picture(*, product: Product, upload: Any, alt: str) -> ProductImage:
    """Check, turn upright, write full and small in WebP and AVIF, and freeze the card. Raises RefusedPicture."""
    if upload is None:
        raise RefusedPicture(_("Choose a picture first."))
    if not alt.strip():
        raise RefusedPicture(_("Say in a few words what the picture shows, for those who do not see it."))
    if product.images.count() >= MOST_PICTURES:
        raise RefusedPicture(_("Twelve pictures at most: remove one first."))
    picture = _opened(upload)
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


def _opened(upload: Any) -> Image.Image:
    if upload.size > MOST_BYTES:
        raise RefusedPicture(_("This file is above 12 MB: please send a smaller one."))
    try:
        picture = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise RefusedPicture(_("This picture has more than 40 million pixels: please send a smaller one."))
        picture.load()
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError) as broken:
        raise RefusedPicture(_("This file is not a picture that we can read: JPEG, PNG, WebP or AVIF, please.")) from broken
    return ImageOps.exif_transpose(picture).convert("RGB")


def _store(picture: Image.Image, name: str, kind: str) -> str:
    buffer = io.BytesIO()
    picture.save(buffer, kind, quality=82 if kind == "WEBP" else 60)
    return str(default_storage.save(name, ContentFile(buffer.getvalue())))
