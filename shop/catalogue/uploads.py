"""Pictures that vendors send: type, size and pixels checked before decoding, metadata dropped, derivatives written at once.

The same file is not taken twice by one listing: its digest tells. The whole picture is kept as the master of later crops.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from lapinblanc.images.reading import RefusedPicture, read_picture, written
from PIL import Image, ImageOps

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import Product, ProductImage
from shop.catalogue.whole.versions import keep_before, keep_version

__all__ = ["RefusedPicture", "StoredPicture", "add_uploaded_picture", "store_picture"]

MOST_BYTES = 12 * 1024 * 1024
MOST_PICTURES = 12
FULL, SMALL = 1200, 400


@dataclass(frozen=True, slots=True)
class PictureFiles:
    """Names in the media storage of one picture in its sizes, and its size in pixels."""

    original: str
    derivatives: dict[str, str]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture read, checked and written, not yet a listing's: `master` is what later crops are taken from."""

    files: PictureFiles
    master: str
    digest: str


def store_picture(*, product_id: int, upload: Any) -> StoredPicture:
    """Check, turn upright, write master, full and small in WebP and AVIF. Raises RefusedPicture."""
    digest = _digest(upload)
    picture = read_picture(upload, most_side=2 * FULL, most_bytes=MOST_BYTES).convert("RGB")
    files = write_files(product_id=product_id, picture=picture)
    master = _store(picture, f"listings/{product_id}/{secrets.token_hex(8)}-master.webp", "WEBP") if max(picture.size) > FULL else files.original
    return StoredPicture(files, master, digest)


def add_uploaded_picture(*, product: Product, upload: Any, alt: str, by: Any = None, source_url: str = "") -> ProductImage:
    """Store it as the listing's last picture, keep a version and freeze the card. Raises RefusedPicture.

    `alt` may be empty: the picture is asked for its words before the listing is published. A file that the listing has
    already is not taken again: its picture is given back.
    """
    if upload is None:
        raise RefusedPicture(_("Choose a picture first."))
    digest = _digest(upload)
    known = product.images.filter(digest=digest).first()
    if known is not None:
        return known
    if product.images.count() >= MOST_PICTURES:
        raise RefusedPicture(_("Twelve pictures at most: remove one first."))
    stored = store_picture(product_id=product.pk, upload=upload)
    files = stored.files
    with transaction.atomic():
        keep_before(product=Product.objects.select_for_update(of=["self"]).get(pk=product.pk))
        known = product.images.filter(digest=digest).first()
        if known is not None:
            return known
        if product.images.count() >= MOST_PICTURES:
            raise RefusedPicture(_("Twelve pictures at most: remove one first."))
        last = product.images.aggregate(last=Max("display_order"))["last"]
        image = ProductImage.objects.create(
            product=product, original=files.original, alt=alt.replace("\0", "").strip()[:250], width=files.width, height=files.height, derivatives=files.derivatives,
            master=stored.master, digest=digest, source_url=source_url[:1000], display_order=0 if last is None else last + 1,
        )
        Product.objects.filter(pk=product.pk).update(revision=F("revision") + 1)
        product.refresh_from_db(fields=["revision"])
        freeze_listings([product.pk])
        keep_version(product=product, by=by, why="pictures")
    return image


def write_files(*, product_id: int, picture: Image.Image) -> PictureFiles:
    """The sizes that pages show, of a picture that was read and checked."""
    stem = f"listings/{product_id}/{secrets.token_hex(8)}"
    full, small = ImageOps.contain(picture, (FULL, FULL)) if max(picture.size) > FULL else picture, ImageOps.contain(picture, (SMALL, SMALL))
    derivatives = {
        "full_avif": _store(full, f"{stem}.avif", "AVIF"),
        "small": _store(small, f"{stem}-400.webp", "WEBP"),
        "small_avif": _store(small, f"{stem}-400.avif", "AVIF"),
    }
    return PictureFiles(_store(full, f"{stem}.webp", "WEBP"), derivatives, full.width, full.height)


def _digest(upload: Any) -> str:
    found = hashlib.sha256()
    upload.seek(0)
    for chunk in iter(lambda: upload.read(1 << 20), b""):
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()


def _store(picture: Image.Image, name: str, kind: str) -> str:
    return str(default_storage.save(name, ContentFile(written(picture, kind, quality=82 if kind == "WEBP" else 60))))
