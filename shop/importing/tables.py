"""A file that somebody sends, as rows of text with their line numbers, a few at a time: memory stays flat whatever comes.

CSV in any encoding and with any separator, gzip, a zip with one table, xlsx, JSON Lines. What cannot be read is told in
one sentence (`Unreadable`); a row that cannot is a row without cells, with a sentence of its own.
"""

import csv
import io
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from shop.importing.decoding import STRAY, encoding_of, mended

MOST_BYTES = 50 * 1024 * 1024
MOST_OPENED = 200 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 2_000
MOST_OF_A_ROW = 2 * 1024 * 1024
SEPARATORS = (",", ";", "\t", "|")
csv.field_size_limit(MOST_OF_A_ROW)


class Unreadable(Exception):
    """`message`: why nothing can be read, and what to send instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Row:
    """`line`: where it begins in the file; `wrong`: why its cells could not be read."""

    line: int
    cells: list[str]
    wrong: str = ""


def too_long() -> str:
    return _("This row is too long to be a creation: a quote is probably opened and never closed.")


def rows_of_csv(file: IO[bytes], *, separator: str = "", encoding: str = "") -> Iterator[Row]:
    """Rows that hold something. `separator`, `encoding`: known already."""
    encoding = encoding or encoding_of(file)
    separator = separator or separator_of(file, encoding)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors=STRAY if encoding.startswith("utf-8") else "replace", newline="")
    try:
        yield from _Records(text, separator)
    finally:
        text.detach()


class _Records:
    """Records of `csv.reader`, which may span lines; a quote that is never closed costs its own line and not the rest."""

    def __init__(self, text: IO[str], separator: str) -> None:
        self.text, self.separator = text, separator
        self.line = 0
        self.waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.size = 0
        self.over = False
        self.width = 0
        self.inner: str | None = None

    def _lines(self) -> Iterator[str]:
        while True:
            line = self.waiting.popleft() if self.waiting else self._next()
            if not line:
                self.over = True
                return
            self.taken.append(line)
            self.size += len(line)
            if self.size > MOST_OF_A_ROW and len(self.taken) > 1:
                raise csv.Error("record too long")
            yield line

    def _next(self) -> str:
        line = self.text.readline(MOST_OF_A_ROW * 4)
        return line.replace("\0", "") or ("\n" if line else "")

    def __iter__(self) -> Iterator[Row]:
        while not self.over:
            reader = csv.reader(self._lines(), delimiter=self.separator, strict=True)
            while True:
                self.taken, self.size = [], 0
                try:
                    cells = next(reader)
                except StopIteration:
                    break
                except csv.Error:
                    yield from self._broken()
                    break
                yield from self._taken(cells)

    def _taken(self, cells: list[str]) -> Iterator[Row]:
        begins = self.line + 1
        self.line += len(self.taken)
        if self.inner is None:
            self.inner = _inner(cells)
        if self.inner:
            cells = next(csv.reader(io.StringIO(cells[0], newline=""), delimiter=self.inner), [])
        self.width = self.width or len(cells)
        if len(cells) > MOST_COLUMNS:
            while cells and not cells[-1].strip():
                cells.pop()
        if len(cells) > MOST_COLUMNS:
            yield Row(begins, [], _("This row has %(count)s columns: it is no creation.") % {"count": len(cells)})
        elif any(cell.strip() for cell in cells):
            yield Row(begins, [mended(cell) for cell in cells])

    def _broken(self) -> Iterator[Row]:
        """Quotes that do not close, or stand within a text: read leniently if that gives a whole row, else it costs its first line."""
        for lines in (None, 1):
            kept = self.taken
            self.waiting.extendleft(reversed(self.taken))
            self.over, self.taken, self.size = False, [], 0
            try:
                feed = self._lines() if lines is None else iter([kept[0]])
                cells = next(csv.reader(feed, delimiter=self.separator))
            except (csv.Error, StopIteration):
                cells = []
            if lines == 1:
                self.waiting.popleft()
                self.taken, self.over = [kept[0]], False
            if cells and len(cells) == self.width and (lines == 1 or not self.over):
                yield from self._taken(cells)
                return
        self.line += 1
        yield Row(self.line, [], too_long())


def _inner(cells: list[str]) -> str:
    """The separator within, where a spreadsheet took whole lines for cells and saved them so: « "Titre,Prix" »."""
    from shop.importing.formats.headers import known_words

    if not cells or any(cell.strip() for cell in cells[1:]):
        return ""
    try:
        found = [(known_words(next(csv.reader([cells[0]], delimiter=one), [])), one) for one in SEPARATORS]
    except csv.Error:
        return ""
    known, separator = max(found)
    return separator if known >= 2 else ""


def separator_of(file: IO[bytes], encoding: str, known: "Callable[[list[str]], int] | None" = None) -> str:
    """The separator under which the first rows are most alike, and whose header says most. `csv.Sniffer` errs where lists stand in cells."""
    from shop.importing.formats.headers import known_words

    file.seek(0)
    head = file.read(256 * 1024)
    text = head.decode(encoding, errors="ignore").replace("\0", "").lstrip("\ufeff")
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    # The last row may be cut.
    text = text[: text.rfind("\n")] if len(head) == 256 * 1024 and "\n" in text else text
    return max(SEPARATORS, key=lambda separator: _alike(text, separator, known or known_words))


def _alike(text: str, separator: str, known: "Callable[[list[str]], int]") -> tuple[int, int, int]:
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cells):
                rows.append(cells)
            if len(rows) > 60:
                break
    except csv.Error:
        pass
    if not rows:
        return (0, 0, 0)
    header = max(rows[:30], key=lambda cells: (known(cells), len(cells)))
    body = [cells for cells in rows if cells is not header]
    same = sum(1 for cells in body if len(cells) == len(header))
    even = 100 * same // len(body) if body else 100
    # One column only is alike by nature: it says nothing.
    return (known(header), even * min(len(header), 40) if len(header) > 1 else 0, len(header))


def opened_gzip(file: IO[bytes], room: IO[bytes]) -> IO[bytes]:
    """The gzip file unpacked into `room`, never more than it may hold."""
    file.seek(0)
    unpacker = zlib.decompressobj(wbits=31)
    size = 0
    try:
        while block := file.read(64 * 1024):
            piece = unpacker.decompress(block, MOST_OPENED)
            size += len(piece)
            if size > MOST_OPENED or unpacker.unconsumed_tail:
                raise Unreadable(_("Unpacked, this file would be above %(most)d MB: please send it in several parts.") % {"most": MOST_OPENED // 1024**2})
            room.write(piece)
    except zlib.error as broken:
        raise Unreadable(_("This compressed file is damaged: please send it again, or unpack it first.")) from broken
    room.seek(0)
    return room
