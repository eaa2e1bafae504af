"""The making, shown in confidence: two to four pictures kept in the private folder, a few words, and the charter signed."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.images.reading import RefusedPicture, random_name, read_picture, written

from shop.opening.answering import NotPreparing, answer
from shop.opening.charter import current
from shop.opening.models import Application, MakingPicture
from shop.opening.readiness import MOST_PICTURES
from shop.vendors.models import Vendor, VendorState

MOST_SIDE = 1600
MOST_BYTES = 12 * 1024 * 1024


def add_pictures(*, vendor: Vendor, uploads: list[Any]) -> list[str]:
    """Read each, write it anew; returns a sentence for each that was refused. Those already kept stay."""
    refused = []
    for upload in uploads:
        try:
            _add_one(vendor, upload)
        except RefusedPicture as refusal:
            refused.append(f"{upload.name[:60]} : {refusal.message}")
    return refused


def _add_one(vendor: Vendor, upload: Any) -> None:
    picture = read_picture(upload, most_side=MOST_SIDE, most_bytes=MOST_BYTES).convert("RGB")
    content = ContentFile(written(picture, "WEBP", quality=80))
    with transaction.atomic():
        application = _locked(vendor)
        taken = set(application.pictures.values_list("position", flat=True))
        free = next((place for place in range(MOST_PICTURES) if place not in taken), None)
        if free is None:
            raise RefusedPicture(_("Four pictures at most: remove one first."))
        made = MakingPicture(application=application, width=picture.width, height=picture.height, position=free)
        made.file.save(f"making/{vendor.pk}/{random_name('webp')}", content, save=False)
        made.save()


@transaction.atomic
def remove_picture(*, vendor: Vendor, picture: MakingPicture) -> None:
    """Its file goes once the row has gone."""
    _locked(vendor)
    file = picture.file
    picture.delete()
    transaction.on_commit(lambda: file.delete(save=False))


@transaction.atomic
def sign(*, vendor: Vendor, data: dict[str, Any]) -> None:
    """The words of the making, and the charter of today signed now; signing the same version again keeps the first hour."""
    application = _locked(vendor)
    application.made_by, application.made_where, application.bought_parts = (data[key] for key in ("made_by", "made_where", "bought_parts"))
    application.save(update_fields=["made_by", "made_where", "bought_parts"])
    unsigned = Vendor.objects.filter(pk=vendor.pk).exclude(charter_version=current().version, charter_signed_at__isnull=False)
    unsigned.update(charter_version=current().version, charter_signed_at=clock.now())
    answer(vendor=vendor, step="charte", data={})


def _locked(vendor: Vendor) -> Application:
    """The application, under the vendor's lock. Raises NotPreparing."""
    locked = Vendor.objects.select_for_update().get(pk=vendor.pk)
    if locked.state != VendorState.PREPARING:
        raise NotPreparing
    return Application.objects.get_or_create(vendor=locked)[0]
