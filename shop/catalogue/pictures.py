"""Pictures of listings: their facts for templates, and the thumbnailer that Oscar's dashboard asks for.

Buyers' pages never make a rendition: derivatives are written when a picture arrives (see `derivatives`).
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from willow.image import Image


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What `components/_picture.html` shows: addresses of one picture in its sizes and formats, size in pixels, alt text."""

    src: str
    src_avif: str
    src_small: str
    src_small_avif: str
    width: int
    height: int
    alt: str

    @classmethod
    def thaw(cls, frozen: dict[str, Any] | None) -> "PictureFacts | None":
        """From the JSON of a card; None when the card has no picture."""
        return cls(**frozen) if frozen else None


class WillowThumbnailer:
    """Oscar's `AbstractThumbnailer` over Willow, for the operators' dashboard: made once, kept in the storage."""

    def generate_thumbnail(self, source: Any, **opts: Any) -> Any:
        """A WebP of `opts["size"]` ("100x100", either side may be missing) beside the source; returns its storage file."""
        width, _x, height = str(opts.get("size", "200x200")).partition("x")
        box = (int(width or 2000), int(height or 2000))
        name = str(PurePosixPath("thumbnails") / f"{box[0]}x{box[1]}" / PurePosixPath(source.name).with_suffix(".webp"))
        if not default_storage.exists(name):
            with default_storage.open(source.name) as opened:
                picture = Image.open(opened)
                scale = min(box[0] / picture.get_size()[0], box[1] / picture.get_size()[1], 1)
                size = tuple(max(1, round(side * scale)) for side in picture.get_size())
                buffer = ContentFile(b"")
                picture.resize(size).save_as_webp(buffer)
            default_storage.save(name, buffer)
        return StoredThumbnail(name=name, url=default_storage.url(name))

    def delete_thumbnails(self, source: Any) -> None:
        """Sizes are few and names deterministic: they go with the media folder."""


@dataclass(frozen=True, slots=True)
class StoredThumbnail:
    name: str
    url: str
