"""What was sent, whatever it is packed in, as rows: CSV, gzip, a zip with one table or our archive, xlsx, JSON Lines."""

import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from shop.importing.decoding import encoding_of
from shop.importing.formats.ours import JSON
from shop.importing.tables import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_OF_A_ROW,
    MOST_OPENED,
    MOST_ROWS,
    Row,
    Unreadable,
    opened_gzip,
    rows_of_csv,
    separator_of,
    too_long,
)

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".jsonl")
MOST_MEMBERS = 5_000
# The last row that a spreadsheet can have; a file that names a later one was made to keep us counting.
LAST_ROW = 1_048_576
OTHER = {
    b"%PDF": "PDF", b"\xd0\xcf\x11\xe0": "XLS", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x7fELF": "ELF", b"SQLi": "SQLite",
}

DOCUMENTS = {"content.xml": "LibreOffice", "Index/": "Numbers", "Index.zip": "Numbers", "word/": "Word", "ppt/": "PowerPoint"}


@dataclass(slots=True)
class Source:
    """`kind`: csv, xlsx or json; `archive`: the zip that the pictures of our own archive lie in."""

    kind: str
    file: IO[bytes]
    encoding: str = ""
    separator: str = ""
    archive: IO[bytes] | None = None
    stack: ExitStack = field(default_factory=ExitStack)

    def rows(self) -> Iterator[Row]:
        """From the beginning, each time. Raises Unreadable above the limits."""
        reader = {"csv": self._csv, "xlsx": self._xlsx, "json": self._json}[self.kind]
        for count, row in enumerate(reader()):
            if count > MOST_ROWS:
                raise Unreadable(_("This file has more than %(most)s rows: please send it in several parts.") % {"most": f"{MOST_ROWS:,}".replace(",", " ")})
            yield row

    def _csv(self) -> Iterator[Row]:
        return rows_of_csv(self.file, separator=self.separator, encoding=self.encoding)

    def _xlsx(self) -> Iterator[Row]:
        import openpyxl

        self.file.seek(0)
        try:
            book = openpyxl.load_workbook(self.file, read_only=True, data_only=True, keep_links=False)
            sheet = max(book.worksheets, key=lambda one: (one.max_row or 0) * (one.max_column or 0))
            before: Any = None
            for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
                if number > LAST_ROW:
                    raise Unreadable(_("This spreadsheet cannot be read: please save it as CSV and send that."))
                if cells is before:  # rows that the file leaves out: the library gives the same empty one again
                    continue
                before = cells
                texts = [_text(cell) for cell in cells]
                while texts and not texts[-1]:
                    texts.pop()
                if texts:
                    yield Row(number, texts)
        except Unreadable:
            raise
        except Exception as broken:
            # The library raises what its XML and ZIP readers raise: nothing of the file is trusted.
            raise Unreadable(_("This spreadsheet cannot be read: please save it as CSV and send that.")) from broken

    def _json(self) -> Iterator[Row]:
        self.file.seek(0)
        yield Row(0, [JSON])
        number = 0
        while line := self.file.readline(MOST_OF_A_ROW):
            number += 1
            if len(line) >= MOST_OF_A_ROW and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):
                    line = self.file.readline(MOST_OF_A_ROW)
                yield Row(number, [], too_long())
            elif text := line.decode("utf-8-sig", errors="replace").replace("\0", "").strip():
                yield Row(number, [text])

    def close(self) -> None:
        self.stack.close()


def opened(file: IO[bytes]) -> Source:
    """Raises Unreadable. The caller closes the source; the file stays the caller's."""
    file.seek(0, io.SEEK_END)
    if file.tell() > MOST_BYTES:
        raise Unreadable(_("This file is above %(most)d MB: please send it in several parts.") % {"most": MOST_BYTES // 1024**2})
    stack = ExitStack()
    try:
        return _opened(file, stack, deep=0)
    except BaseException:
        stack.close()
        raise


def _opened(file: IO[bytes], stack: ExitStack, *, deep: int) -> Source:
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise Unreadable(_("This file is empty."))
    if deep < 2 and head.startswith(b"\x1f\x8b"):
        return _opened(opened_gzip(file, stack.enter_context(tempfile.TemporaryFile())), stack, deep=deep + 1)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if deep >= 2:
            raise Unreadable(_("This zip has other zips in it: please send the table of your creations itself."))
        return _unzipped(file, stack, deep)
    for mark, kind in OTHER.items():
        if head.startswith(mark):
            raise Unreadable(_("This is a file of the kind %(kind)s: please send the CSV that your shop exports.") % {"kind": kind})
    plain = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if plain.startswith(b"{"):
        return Source("json", file, stack=stack)
    if plain.startswith(b"[") and plain[1:].lstrip()[:1] in (b"{", b"["):
        raise Unreadable(_("This is a file of the kind %(kind)s: please send the CSV that your shop exports.") % {"kind": "JSON"})
    if plain[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta")):
        raise Unreadable(_("This is a file of the kind %(kind)s: please send the CSV that your shop exports.") % {"kind": "HTML/XML"})
    encoding = encoding_of(file)
    return Source("csv", file, encoding=encoding, separator=separator_of(file, encoding), stack=stack)


def _unzipped(file: IO[bytes], stack: ExitStack, deep: int) -> Source:
    try:
        packed = stack.enter_context(zipfile.ZipFile(file))
        members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
        raise Unreadable(_("This compressed file is damaged: please send it again, or unpack it first.")) from broken
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > 40 * MOST_OPENED:
        raise Unreadable(_("Unpacked, this file would be above %(most)d MB: please send it in several parts.") % {"most": MOST_OPENED // 1024**2})
    names = {member.filename: member for member in members if not member.is_dir()}
    if "xl/workbook.xml" in names:
        if sum(member.file_size for member in members) > MOST_OPENED:
            raise Unreadable(_("Unpacked, this file would be above %(most)d MB: please send it in several parts.") % {"most": MOST_OPENED // 1024**2})
        return Source("xlsx", file, stack=stack)
    own = next((name for name in names if name.rsplit("/", 1)[-1] == "creations.jsonl"), "")
    tables = [name for name in names if name.lower().endswith(TABLES) and not name.startswith("__MACOSX") and not name.rsplit("/", 1)[-1].startswith(".")]
    # A note beside the table is none.
    tables = [name for name in tables if not name.lower().endswith(".txt")] or tables
    if not own and not tables:
        raise Unreadable(_without_table(names))
    if not own and len(tables) != 1:
        raise Unreadable(_("This zip has %(count)d tables: please send the one with your creations.") % {"count": len(tables)})
    room = _member(packed, names[own or tables[0]], stack)
    source = _opened(room, stack, deep=deep + 1)
    source.archive = file
    return source


def _without_table(names: Iterable[str]) -> str:
    """What a zip is that has no table in it: documents of other programs are zips too."""
    other = next((program for mark, program in DOCUMENTS.items() if any(name.startswith(mark) for name in names)), "")
    if other:
        return _("This is a document of %(program)s: please save it as CSV or Excel (.xlsx) and send that.") % {"program": other}
    return _("There is no table in this zip: please send the CSV of your creations, and your pictures in the other field.")


def _member(packed: zipfile.ZipFile, member: zipfile.ZipInfo, stack: ExitStack) -> IO[bytes]:
    """One file of the zip, unpacked into a nameless file: its own name is never used as a path."""
    room: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  closed with the stack
    size = 0
    try:
        with packed.open(member) as packed_file:
            while block := packed_file.read(1024 * 1024):
                size += len(block)
                if size > MOST_OPENED:
                    raise Unreadable(_("Unpacked, this file would be above %(most)d MB: please send it in several parts.") % {"most": MOST_OPENED // 1024**2})
                room.write(block)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as broken:
        raise Unreadable(_("This compressed file is damaged: please send it again, or unpack it first.")) from broken
    return room


def _text(cell: Any) -> str:
    """What a spreadsheet holds as the text that a CSV would."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".")
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).replace("\0", "").replace("_x000D_", "")[:MOST_OF_A_ROW]
