"""Pictures of an archive back into the media storage, byte for byte, once each; what is no still picture is refused."""

from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from lapinblanc.images.reading import FORMATS, MOST_BYTES, MOST_PIXELS
from PIL import Image, UnidentifiedImageError

from shop.exporting.book import PHOTOS
from shop.exporting.restoring.opening import HostileArchive, OpenArchive

SUFFIXES = {".webp": "WEBP", ".avif": "AVIF", ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}


class Shelf:
    """Names in the storage by the path in the archive; `written` is what to take away again if the rest fails."""

    def __init__(self, archive: OpenArchive) -> None:
        self.archive = archive
        self.names: dict[str, str] = {}

    @property
    def written(self) -> list[str]:
        return list(self.names.values())

    def name_of(self, path: str) -> str:
        """The name in the storage of a file that a line names; "" for none. Raises HostileArchive."""
        if not path:
            return ""
        if path not in self.names:
            self.names[path] = self._store(path)
        return self.names[path]

    def _store(self, path: str) -> str:
        suffix = PurePosixPath(path).suffix.lower()
        if not path.startswith(PHOTOS) or suffix not in SUFFIXES:
            raise HostileArchive(f"{path}: no picture of ours")
        content = self.archive.file(path, MOST_BYTES)
        try:
            picture = Image.open(content, formats=FORMATS)
            if picture.format != SUFFIXES[suffix] or picture.width * picture.height > MOST_PIXELS:
                raise HostileArchive(f"{path}: not the picture that its name says")
            picture.verify()
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
            raise HostileArchive(f"{path}: no picture") from broken
        return str(default_storage.save(path.removeprefix(PHOTOS), ContentFile(content.getvalue())))

    def give_back(self) -> None:
        for name in self.written:
            default_storage.delete(name)
