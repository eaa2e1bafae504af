"""A picture of the editorial house as the facts that `components/_picture.html` shows.

No rendition is made here: jobs make them (`renditions.py`), and until they have run the kept original is shown.
"""

from typing import Any

from lapinblanc import clock

from editorial.images.renditions import SHARED, SMALL_AVIF, SMALL_WEBP, WIDE_AVIF, WIDE_WEBP, existing
from shop.api import PictureFacts


def picture_of(image: Any) -> PictureFacts | None:
    """Addresses in WebP and AVIF, two widths; None without an image and once its rights have run out."""
    if not may_show(image):
        return None
    made = existing(image)
    full = made.get(WIDE_WEBP)
    small = made.get(SMALL_WEBP)
    avif, small_avif = made.get(WIDE_AVIF), made.get(SMALL_AVIF)
    src = full.url if full else image.file.url
    return PictureFacts(
        src=src,
        src_avif=avif.url if avif else "",
        src_small=small.url if small else src,
        src_small_avif=small_avif.url if small_avif else "",
        width=full.width if full else image.width,
        height=full.height if full else image.height,
        alt=image.default_alt_text,
    )


def shared_picture(image: Any) -> tuple[str, int, int] | None:
    """Address, width and height of what is shown where the page is shared; the original until the job has run."""
    if not may_show(image):
        return None
    made = existing(image).get(SHARED)
    return (made.url, made.width, made.height) if made else (image.file.url, image.width, image.height)


def may_show(image: Any) -> bool:
    """A picture is shown until the last day of its rights."""
    return image is not None and (image.rights_until is None or image.rights_until >= clock.today())
