"""Files that people attach: pictures written anew, PDF by their signature; in the private storage, under names of ours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from lapinblanc.images.reading import RefusedPicture, random_name, read_picture, written
from lapinblanc.private import private_storage

from shop.messaging.models import AttachmentKind

MOST_FILES = 4
MOST_SIDE = 2000
MOST_PDF_BYTES = 5 * 1024 * 1024
FOLDER = "messages"
# Steering characters, and what some file system or header would read as more than a letter.
UNFIT = re.compile(r'[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]')


class RefusedFile(Exception):
    """`message` says why, and what to send instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it will be stored."""

    kind: str
    name: str
    data: bytes
    width: int = 0
    height: int = 0

    def store(self) -> str:
        suffix = "pdf" if self.kind == AttachmentKind.PDF else "webp"
        return str(private_storage().save(f"{FOLDER}/{random_name(suffix)}", ContentFile(self.data)))


def read_files(uploads: Sequence[Any]) -> list[Kept]:
    """What may be kept of the uploads of one message. Raises RefusedFile."""
    if len(uploads) > MOST_FILES:
        raise RefusedFile(_("At most %(most)d files with one message, please.") % {"most": MOST_FILES})
    return [_read(upload) for upload in uploads]


def _read(upload: Any) -> Kept:
    upload.seek(0)
    if upload.read(5) == b"%PDF-":
        return _pdf(upload)
    try:
        picture = read_picture(upload, most_side=MOST_SIDE)
    except RefusedPicture as refused:
        if str(getattr(upload, "name", "")).lower().endswith(".pdf"):
            raise RefusedFile(_("« %(name)s » is not a PDF document that we can read.") % {"name": shown_name(upload.name, "pdf")}) from refused
        raise RefusedFile(refused.message) from refused
    data = written(picture, "WEBP", quality=82)
    return Kept(AttachmentKind.PICTURE, shown_name(upload.name, "webp"), data, picture.width, picture.height)


def _pdf(upload: Any) -> Kept:
    name = shown_name(upload.name, "pdf")
    if upload.size > MOST_PDF_BYTES:
        raise RefusedFile(_("« %(name)s » is above 5 MB: please send a smaller one.") % {"name": name})
    upload.seek(0)
    data = upload.read()
    if b"%%EOF" not in data[-2048:]:
        raise RefusedFile(_("« %(name)s » is not a whole PDF document: please make it again.") % {"name": name})
    return Kept(AttachmentKind.PDF, name, data)


def shown_name(name: Any, suffix: str) -> str:
    """The file's own name without folders, steering characters or a second suffix; never empty."""
    stem = PurePosixPath(UNFIT.sub(" ", str(name).replace("\\", "/").rpartition("/")[2])).stem
    return f"{' '.join(stem.split()).strip('. ')[:100] or 'fichier'}.{suffix}"


def remove_files(paths: Sequence[str]) -> None:
    for path in paths:
        private_storage().delete(path)
