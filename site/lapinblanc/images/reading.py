"""Pictures that people send: kind, size and pixels are checked before anything is decoded; what is kept is written anew.

Nothing of the file that came survives but its pixels: no place, no camera, no profile, no second life as another kind of file.
"""

import io
import secrets
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")


class RefusedPicture(Exception):
    """`message` says why, and what to send instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_picture(upload: Any, *, most_side: int, most_bytes: int = MOST_BYTES) -> Image.Image:
    """The pixels of an upload, upright, RGB or RGBA, no side above `most_side`. Raises RefusedPicture."""
    if upload.size > most_bytes:
        raise RefusedPicture(_("This file is above %(most)d MB: please send a smaller one.") % {"most": most_bytes // 1024**2})
    try:
        upload.seek(0)
        picture = Image.open(upload, formats=FORMATS)
        _refuse_too_large(picture)
        if picture.format == "JPEG":
            # A large photograph is decoded at the first size that is enough.
            picture.draft("RGB", (most_side, most_side))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        upright = upright.convert("RGBA" if _is_see_through(upright) else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise RefusedPicture(_too_many_pixels()) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError, EOFError) as broken:
        raise RefusedPicture(_("This file is not a picture that we can read: JPEG, PNG, WebP or AVIF, please.")) from broken
    return ImageOps.contain(upright, (most_side, most_side)) if max(upright.size) > most_side else upright


def _refuse_too_large(picture: Image.Image) -> None:
    """By what the header says, before a pixel is decoded."""
    if picture.width < 1 or picture.height < 1:
        raise ValueError("a picture without pixels")
    if picture.width * picture.height > MOST_PIXELS:
        raise RefusedPicture(_too_many_pixels())
    if getattr(picture, "n_frames", 1) > 1:
        raise RefusedPicture(_("This picture moves: please send one that stands still."))


def _too_many_pixels() -> str:
    return _("This picture has more than 40 million pixels: please send a smaller one.")


def _is_see_through(picture: Image.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info


def written(picture: Image.Image, kind: str, *, quality: int) -> bytes:
    """The pixels as a new file of `kind` (WEBP, AVIF, JPEG), without metadata."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, quality=quality)
    return buffer.getvalue()


def random_name(suffix: str) -> str:
    """A name that tells nothing and cannot be guessed."""
    return f"{secrets.token_hex(12)}.{suffix}"
