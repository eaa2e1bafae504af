"""A picture of the editorial house as the facts that `components/_picture.html` shows.

Renditions are made when a page is saved, so that no reader waits for one.
"""

from typing import Any

from shop.api import PictureFacts

WIDE, SMALL = "width-1200", "width-400"


def picture_of(image: Any) -> PictureFacts | None:
    """Addresses in WebP and AVIF, two widths; None without an image."""
    if image is None:
        return None
    full = image.get_rendition(f"{WIDE}|format-webp")
    return PictureFacts(
        src=full.url,
        src_avif=image.get_rendition(f"{WIDE}|format-avif").url,
        src_small=image.get_rendition(f"{SMALL}|format-webp").url,
        src_small_avif=image.get_rendition(f"{SMALL}|format-avif").url,
        width=full.width,
        height=full.height,
        alt=image.default_alt_text,
    )
