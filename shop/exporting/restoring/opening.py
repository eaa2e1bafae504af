"""Opens an archive that somebody brings: every name, size and digest is checked before anything of it is written.

Nothing is unpacked to the disk, and no file is read beyond the size that the manifest says (zip-slip, bombs).
"""

import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from shop.exporting.making import FORMAT

MOST_FILES = 200_000
MOST_BYTES = 64 * 1024**3
MOST_OF_A_SHEET = 1024**3
MOST_OF_A_LINE = 4 * 1024**2
MOST_OF_THE_MANIFEST = 64 * 1024**2
# What is larger than a megabyte and shrinks more than this was made to fill a disk.
MOST_RATIO = 200
CHUNK = 1 << 20


class HostileArchive(Exception):
    """Not an archive of ours, or no longer what it was; the message says which file and why."""


class OpenArchive:
    """Files by name. Use as a context manager; `check` before believing anything."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as broken:
            raise HostileArchive(f"no readable ZIP: {broken}") from broken

    def __enter__(self) -> "OpenArchive":
        return self

    def __exit__(self, *_reason: object) -> None:
        self.zip.close()

    def check(self) -> dict[str, Any]:
        """The manifest, once every file is known to be what it says. Raises HostileArchive."""
        infos = self.zip.infolist()
        _check_names(infos)
        _check_sizes(infos)
        manifest = self._manifest()
        files = manifest["files"]
        names = {info.filename for info in infos} - {"manifest.json"}
        if set(files) != names:
            raise HostileArchive(f"files and manifest differ: {sorted(set(files) ^ names)[:3]}")
        for info in infos:
            if info.filename != "manifest.json":
                self._check_digest(info, files[info.filename])
        return manifest

    def json(self, name: str) -> Any:
        try:
            return json.loads(self._read(name, MOST_OF_A_SHEET))
        except ValueError as broken:
            raise HostileArchive(f"{name}: no JSON") from broken

    def lines(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """(number, object) of each line, one at a time; nothing where the file is not there."""
        if name not in self.zip.namelist():
            return
        with self.zip.open(name) as raw:
            number = 0
            while line := raw.readline(MOST_OF_A_LINE):
                number += 1
                try:
                    facts = json.loads(line)
                except ValueError as broken:
                    raise HostileArchive(f"{name}, line {number}: no JSON, or too long") from broken
                if not isinstance(facts, dict):
                    raise HostileArchive(f"{name}, line {number}: no object")
                yield number, facts

    def file(self, name: str, most: int) -> io.BytesIO:
        return io.BytesIO(self._read(name, most))

    def _manifest(self) -> dict[str, Any]:
        try:
            manifest = json.loads(self._read("manifest.json", MOST_OF_THE_MANIFEST))
            if manifest["format"] != FORMAT:
                raise HostileArchive(f"format {manifest['format']}: this reads {FORMAT}")
            if not isinstance(manifest["files"], dict):
                raise HostileArchive("manifest.json names no files")
        except (ValueError, KeyError, TypeError) as broken:
            raise HostileArchive("manifest.json cannot be read") from broken
        return dict(manifest)

    def _read(self, name: str, most: int) -> bytes:
        try:
            info = self.zip.getinfo(name)
            if info.file_size > most:
                raise HostileArchive(f"{name}: too large")
            with self.zip.open(info) as source:
                return source.read(most + 1)[: most + 1]
        except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as broken:
            raise HostileArchive(f"{name}: missing or broken") from broken

    def _check_digest(self, info: zipfile.ZipInfo, facts: Any) -> None:
        digest, size = hashlib.sha256(), 0
        try:
            with self.zip.open(info) as source:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as broken:
            raise HostileArchive(f"{info.filename}: broken") from broken
        if not isinstance(facts, dict) or (digest.hexdigest(), size) != (facts.get("sha256"), facts.get("bytes")):
            raise HostileArchive(f"{info.filename}: not what the manifest says")


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_FILES:
        raise HostileArchive(f"more than {MOST_FILES} files")
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise HostileArchive("a name stands there twice")
    for info in infos:
        path = PurePosixPath(info.filename)
        strange = path.is_absolute() or ".." in path.parts or str(path) != info.filename or "\\" in info.filename or ":" in info.filename
        if strange or not info.filename.isprintable():
            raise HostileArchive(f"{info.filename!r}: no name of ours")
        if stat.S_ISLNK(info.external_attr >> 16) or info.is_dir() or info.flag_bits & 1:
            raise HostileArchive(f"{info.filename}: no plain file")


def _check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise HostileArchive("too large in all")
    for info in infos:
        if info.file_size > CHUNK and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise HostileArchive(f"{info.filename}: swells more than {MOST_RATIO} times")
