"""Banner and portrait of a boutique: read and written anew like every picture that people send, cropped around a chosen point."""

import secrets
from dataclasses import asdict
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.images.reading import RefusedPicture, read_picture, written
from PIL import Image, ImageOps

from shop.catalogue.freezing import freeze_vendor
from shop.catalogue.pictures import PictureFacts
from shop.vendors.models import Vendor

MOST_BYTES = 12 * 1024 * 1024
SMALL = 400
# Width, height and the least width that still looks sharp.
SHAPES = {"banner": (1600, 400, 800), "portrait": (1200, 900, 400)}
FOCUS = {
    "centre": (gettext_lazy("the middle"), (0.5, 0.5)), "top": (gettext_lazy("the top"), (0.5, 0.0)), "bottom": (gettext_lazy("the bottom"), (0.5, 1.0)),
    "left": (gettext_lazy("the left"), (0.0, 0.5)), "right": (gettext_lazy("the right"), (1.0, 0.5)),
}


def set_boutique_picture(*, vendor: Vendor, kind: str, upload: Any, alt: str, focus: str) -> None:
    """Write the picture in its shape, keep `focus` in it, and freeze the card. Raises RefusedPicture."""
    if upload is None:
        raise RefusedPicture(_("Choose a picture first."))
    if not alt.strip():
        raise RefusedPicture(_("Say in a few words what the picture shows, for those who do not see it."))
    width, height, least = SHAPES[kind]
    picture = read_picture(upload, most_side=2 * width, most_bytes=MOST_BYTES).convert("RGB")
    # Never drawn larger than it came: the shape is taken out of what is there.
    width = min(width, picture.width, picture.height * width // height)
    if width < least:
        raise RefusedPicture(_("This picture is too small: %(least)d pixels wide at least, please.") % {"least": least})
    shaped = ImageOps.fit(picture, (width, width * height // SHAPES[kind][0]), centering=FOCUS[focus][1])
    _keep(vendor, kind, *_stored(vendor, shaped, alt.strip()[:250]))


def remove_boutique_picture(*, vendor: Vendor, kind: str) -> None:
    _keep(vendor, kind, "", {})


def _stored(vendor: Vendor, shaped: Image.Image, alt: str) -> tuple[str, dict[str, Any]]:
    stem = f"vendors/{vendor.pk}/{secrets.token_hex(8)}"
    small = ImageOps.contain(shaped, (SMALL, SMALL))
    name = _store(shaped, f"{stem}.webp", "WEBP")
    facts = PictureFacts(
        src=default_storage.url(name),
        src_avif=default_storage.url(_store(shaped, f"{stem}.avif", "AVIF")),
        src_small=default_storage.url(_store(small, f"{stem}-400.webp", "WEBP")),
        src_small_avif=default_storage.url(_store(small, f"{stem}-400.avif", "AVIF")),
        width=shaped.width, height=shaped.height, alt=alt,
    )
    return name, asdict(facts)


def _store(picture: Image.Image, name: str, kind: str) -> str:
    return str(default_storage.save(name, ContentFile(written(picture, kind, quality=82 if kind == "WEBP" else 60))))


@transaction.atomic
def _keep(vendor: Vendor, kind: str, name: str, facts: dict[str, Any]) -> None:
    """The row first; the files of the picture before go once that is certain, unless others share them."""
    locked = Vendor.objects.select_for_update().get(pk=vendor.pk)
    before = getattr(locked, kind)
    setattr(locked, kind, name)
    setattr(locked, f"{kind}_facts", facts)
    locked.save(update_fields=[kind, f"{kind}_facts"])
    freeze_vendor(locked)
    if before.startswith(f"vendors/{vendor.pk}/"):
        stem = before.removesuffix(".webp")
        transaction.on_commit(lambda: [default_storage.delete(f"{stem}{end}") for end in (".webp", ".avif", "-400.webp", "-400.avif")])
