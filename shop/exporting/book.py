"""The archive while it is written: every file with its SHA-256, media stored as they are, the rest deflated.

Lines and tables go to a folder beside the archive first, since a ZIP takes one file at a time; nothing is held in memory.
"""

import csv
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from lapinblanc import clock

from shop.vendors.models import Vendor

PHOTOS = "photos/"
CHUNK = 1 << 20


@dataclass(slots=True)
class Lines:
    """JSON Lines under way; `count` tells the manifest how many."""

    out: IO[str]
    count: int = 0

    def add(self, facts: Mapping[str, Any]) -> None:
        self.out.write(json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n")
        self.count += 1


@dataclass(slots=True)
class Table:
    """A CSV under way."""

    writer: Any
    count: int = 0

    def add(self, row: Sequence[Any]) -> None:
        self.writer.writerow(row)
        self.count += 1


@dataclass(slots=True)
class Book:
    """`step` reports progress and may raise Cancelled."""

    vendor: Vendor
    archive: zipfile.ZipFile
    folder: Path
    step: Callable[[int], None]
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @contextmanager
    def lines(self, name: str) -> Iterator[Lines]:
        with self._sheet(name) as (out, facts):
            lines = Lines(out)
            yield lines
            facts["count"] = lines.count

    @contextmanager
    def table(self, name: str, header: Sequence[str], *, delimiter: str = ",", mark: bool = False) -> Iterator[Table]:
        """`mark`: the sign by which spreadsheets know UTF-8."""
        with self._sheet(name) as (out, facts):
            if mark:
                out.write("\ufeff")
            writer = csv.writer(out, delimiter=delimiter)
            writer.writerow(header)
            table = Table(writer)
            yield table
            facts["count"] = table.count

    @contextmanager
    def _sheet(self, name: str) -> Iterator[tuple[IO[str], dict[str, Any]]]:
        path, facts = self.folder / name, dict[str, Any]()
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out, facts
        with path.open("rb") as source:
            self._add(name, source, zipfile.ZIP_DEFLATED, facts)
        path.unlink()

    def text(self, name: str, text: str) -> None:
        self._add(name, io.BytesIO(text.encode()), zipfile.ZIP_DEFLATED, {})

    def media(self, name: str) -> str:
        """A file of the media storage, once however often it is named; returns its path in the archive, "" when it is lost."""
        return self._file(default_storage, name, PHOTOS + name.lstrip("/")) if name else ""

    def private(self, storage: Any, name: str) -> str:
        """The same of a storage that nobody reads by address; its names are kept."""
        return self._file(storage, name, name.lstrip("/"))

    def _file(self, storage: Any, name: str, path: str) -> str:
        if path in self.files:
            return path
        try:
            with storage.open(name) as source:
                self._add(path, source, zipfile.ZIP_STORED, {})
        except OSError:
            if path not in self.missing:
                self.missing.append(path)
            return ""
        return path

    def _add(self, name: str, source: Any, how: int, facts: dict[str, Any]) -> None:
        digest, size = hashlib.sha256(), 0
        now = clock.now()
        info = zipfile.ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, now.second))
        info.compress_type, info.external_attr = how, 0o644 << 16
        with self.archive.open(info, "w", force_zip64=True) as entry:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                entry.write(chunk)
        self.files[name] = {"sha256": digest.hexdigest(), "bytes": size, **facts}


def empty(folder: Path) -> Path:
    """A folder for sheets under way, without what a killed job left there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return folder
