"""The pictures of a listing: order, words, crop, removal. Each verb raises the listing's revision and keeps a version.

A crop is rendered anew from the master, the upload as it was read: nothing is lost by cropping twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from lapinblanc.numbers import whole
from PIL import Image

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import Product, ProductImage
from shop.catalogue.uploads import write_files
from shop.catalogue.whole.versions import keep_before, keep_version

# Thousandths of the master's sides; a frame holds a tenth of each side at least.
FULL, LEAST = 1000, 100
RATIOS = {"1:1": (1, 1), "4:5": (4, 5), "3:2": (3, 2)}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a picture is cut, in thousandths of the master's width and height."""

    x: int = 0
    y: int = 0
    width: int = FULL
    height: int = FULL

    @classmethod
    def read(cls, said: Mapping[str, str], *, ratio: str, image: Any) -> "Frame | None":
        """From numbers that people or scripts send; with `ratio` the largest such frame in the middle. None for nonsense."""
        if ratio == "all":
            return cls()
        if ratio in RATIOS:
            return cls.centred(*RATIOS[ratio], *master_size(image))
        numbers = [whole(said.get(name, "").strip()) for name in ("x", "y", "width", "height")]
        if any(number is None or number > FULL for number in numbers):
            return None
        x, y, width, height = (int(number or 0) for number in numbers)
        fits = width >= LEAST and height >= LEAST and x + width <= FULL and y + height <= FULL
        return cls(x, y, width, height) if fits else None

    @classmethod
    def centred(cls, across: int, down: int, width: int, height: int) -> "Frame":
        """The largest frame of this ratio in a picture of this size."""
        wide = min(FULL, FULL * height * across // (down * width))
        high = min(FULL, FULL * width * down // (across * height))
        wide, high = max(wide, LEAST), max(high, LEAST)
        return cls((FULL - wide) // 2, (FULL - high) // 2, wide, high)

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Pixels of a picture of this size: left, top, right, bottom; never empty."""
        left, top = self.x * width // FULL, self.y * height // FULL
        return left, top, max(left + 1, (self.x + self.width) * width // FULL), max(top + 1, (self.y + self.height) * height // FULL)


def frame_of(image: Any) -> Frame:
    return Frame(**image.crop) if image.crop else Frame()


def master_url(image: Any) -> str:
    return str(default_storage.url(image.master or image.original.name))


def master_size(image: Any) -> tuple[int, int]:
    if not image.master:
        return image.width or 1, image.height or 1
    with default_storage.open(image.master) as opened, Image.open(opened) as picture:
        return picture.size


def revision_of(product: Product) -> int:
    return int(Product.objects.values_list("revision", flat=True).get(pk=product.pk))


@transaction.atomic
def remove_picture(*, product: Product, image: ProductImage, by: Any) -> None:
    _locked(product)
    image.delete()
    _number(list(product.images.order_by("display_order", "pk")))
    _written(product, by)


@transaction.atomic
def arrange(*, product: Product, order: Sequence[int], by: Any) -> None:
    """Pictures that `order` does not name stay behind, as they were; numbers of others' are passed over."""
    _locked(product)
    place = {number: index for index, number in enumerate(order)}
    images = list(product.images.order_by("display_order", "pk"))
    _number(sorted(images, key=lambda image: place.get(image.pk, len(place))))
    _written(product, by)


@transaction.atomic
def move(*, product: Product, picture: int, step: int, by: Any) -> None:
    _locked(product)
    images = list(product.images.order_by("display_order", "pk"))
    here = next((index for index, image in enumerate(images) if image.pk == picture), None)
    if here is None or not 0 <= here + step < len(images):
        return
    images[here], images[here + step] = images[here + step], images[here]
    _number(images)
    _written(product, by)


@transaction.atomic
def describe(*, product: Product, words: Mapping[int, str], by: Any) -> None:
    _locked(product)
    for image in product.images.filter(pk__in=list(words)):
        ProductImage.objects.filter(pk=image.pk).update(alt=words[image.pk].replace("\0", "").strip()[:250])
    _written(product, by)


@transaction.atomic
def crop(*, product: Product, image: ProductImage, frame: Frame, by: Any) -> None:
    """Cut the master and write the files anew; the old ones stay for versions that show them."""
    master = image.master or image.original.name
    with default_storage.open(master) as opened, Image.open(opened) as picture:
        cut = picture.convert("RGB").crop(frame.box(*picture.size))
    files = write_files(product_id=product.pk, picture=cut)
    _locked(product)
    image.master, image.crop = master, {"x": frame.x, "y": frame.y, "width": frame.width, "height": frame.height}
    image.original, image.derivatives, image.width, image.height = files.original, files.derivatives, files.width, files.height
    image.save()
    _written(product, by)


def _locked(product: Product) -> None:
    """One change of pictures at a time; what the listing was before its first one is kept."""
    locked = Product.objects.select_for_update(of=["self"]).get(pk=product.pk)
    keep_before(product=locked)


def _number(images: Sequence[Any]) -> None:
    for place, image in enumerate(images):
        ProductImage.objects.filter(pk=image.pk).update(display_order=place)


def _written(product: Product, by: Any) -> None:
    Product.objects.filter(pk=product.pk).update(revision=F("revision") + 1)
    product.refresh_from_db(fields=["revision"])
    freeze_listings([product.pk])
    keep_version(product=product, by=by, why="pictures")
