"""Rows that belong together, though they may be far apart and children stand before parents: sorted in a file, not in memory."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from shop.importing.formats.etsy import unshifted
from shop.importing.formats.headers import of_persons, words_of
from shop.importing.formats.shape import Format
from shop.importing.incoming import Cells, Incoming, Refused, refused
from shop.importing.recognising import FORMATS, LOOKED_AT, Recognised, recognised
from shop.importing.sources import Source
from shop.importing.tables import Row, Unreadable

SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; PRAGMA temp_store = FILE;
CREATE TABLE rows (n INTEGER PRIMARY KEY, line INTEGER, cells TEXT, wrong TEXT, grp INTEGER, parent TEXT, note TEXT);
CREATE TABLE names (name TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
"""
MEND = """
UPDATE rows SET grp = coalesce((SELECT n FROM names WHERE name = parent), (SELECT min(n) FROM rows other WHERE other.parent = rows.parent)) WHERE parent != '';
CREATE INDEX by_group ON rows (grp, n);
"""


@dataclass(frozen=True, slots=True)
class Group:
    """`number`: its place in the file, the same each time it is read."""

    number: int
    incoming: Incoming


def first_rows(source: Source) -> list[Row]:
    rows = []
    for row in source.rows():
        rows.append(row)
        if len(rows) >= LOOKED_AT:
            break
    return rows


def recognise(source: Source, wanted: str = "auto") -> Recognised:
    """Raises Unreadable when the file holds no table at all."""
    rows = first_rows(source)
    found = recognised(rows, wanted)
    if found is None:
        raise Unreadable(next((row.wrong for row in rows if row.wrong), "") or _("There is no row that can be read in this file."))
    if rows[0].wrong and not any(found.columns):
        raise Unreadable(rows[0].wrong)  # its header is what could not be read
    if of_persons(found.headers):
        raise Unreadable(_("This is a table of orders or of customers, with what is personal in it: we did not keep it. Please send the table of your creations."))
    if not any(row.line > found.header_line for row in rows):
        raise Unreadable(_("This file has a header and no creation below it: please export it again, or send another one."))
    return found


class Sorted:
    """A file's rows by listing. Use as a context: the sorting room is a file that goes with it."""

    def __init__(self, source: Source, how: Recognised) -> None:
        self.source, self.how = source, how
        self.format: Format = FORMATS[how.format]
        self.room = tempfile.NamedTemporaryFile(prefix="lapinblanc-import-")  # noqa: SIM115  closed with the context
        self.base = sqlite3.connect(self.room.name)
        self.units = how.units

    def __enter__(self) -> "Sorted":
        self.base.executescript(SCHEMA)
        self.base.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", self._sorted())
        self.base.executescript("CREATE INDEX by_parent ON rows (parent);" + MEND)
        self._note_shared()
        self.base.commit()
        return self

    def __exit__(self, *_about: object) -> None:
        self.base.close()
        self.room.close()

    def _note_shared(self) -> None:
        """References that several creations share: alone they name none of them."""
        self.base.execute("CREATE TABLE shared (sku TEXT PRIMARY KEY) WITHOUT ROWID")
        if "sku" in self.how.columns:
            place = f"$[{self.how.columns.index('sku')}]"
            self.base.execute("INSERT INTO shared SELECT trim(json_extract(cells, ?)) AS sku FROM rows WHERE wrong = '' GROUP BY sku HAVING sku != '' AND count(DISTINCT grp) > 1", (place,))

    def _sorted(self) -> Iterator[tuple[Any, ...]]:
        number = before = 0
        first = self.how.headers[0] if self.how.headers else ""
        for row in self.source.rows():
            if row.line <= self.how.header_line and not row.wrong:
                continue
            if not row.wrong and row.cells[0].strip()[:120] == first and [cell.strip()[:120] for cell in row.cells] == self.how.headers:
                continue  # two files put together: the header once more
            number += 1
            if row.wrong:
                yield number, row.line, "[]", row.wrong, number, "", ""
                continue
            values, wrong = self._straight(row.cells)
            note = _("A decimal comma without quotes had shifted the cells: they were put back in their places.") if not wrong and values != row.cells[: len(values)] else ""
            ties = None if wrong else self.format.ties(self._cells(row.line, values))
            if wrong or ties is None:
                if wrong:
                    yield number, row.line, "[]", wrong, number, "", ""
                continue
            group = number
            if not ties.own:
                group = before or number
            elif not ties.parent:
                known = self.base.execute("SELECT n FROM names WHERE name = ?", (ties.own[0],)).fetchone()
                group = known[0] if known else number
                self.base.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", [(name, group) for name in ties.own])
            before = group
            yield number, row.line, json.dumps(values, ensure_ascii=False), "", group, ties.parent, note

    def _straight(self, values: list[str]) -> tuple[list[str], str]:
        """Cells under their headers; a row that is longer is mended where a decimal comma explains it."""
        width = len(self.how.headers)
        if len(values) > width:
            values = unshifted(values) if self.how.format == "etsy" else _joined_cents(values, self.how.columns)
            if any(cell.strip() for cell in values[width:]):
                return values, _("This row has more cells than the header has columns: a separator stands in a text without quotes.")
        elif self.how.format == "etsy":
            values = unshifted(values)
        return values[:width], ""

    def _cells(self, line: int, values: Sequence[str]) -> Cells:
        by_name: dict[str, list[str]] = {}
        for name, value in zip(self.how.columns, values, strict=False):
            if name:
                by_name.setdefault(name, []).append(value)
        return Cells(line, by_name, self.units)

    def count(self) -> int:
        return int(self.base.execute("SELECT count(DISTINCT grp) FROM rows").fetchone()[0])

    def groups(self, after: int = 0) -> Iterator[Group]:
        """In the order of the file; `after`: the number of the last one that was done."""
        rows = self.base.execute("SELECT grp, line, cells, wrong, note FROM rows WHERE grp > ? ORDER BY grp, n", (after,))
        for number, together in groupby(rows, key=lambda row: int(row[0])):
            yield Group(number, self._read(together))

    def _read(self, together: Iterator[tuple[int, int, str, str, str]]) -> Incoming:
        rows: list[Cells] = []
        notes: list[str] = []
        for _number, line, text, wrong, note in together:
            if wrong:
                return Incoming(key=f"line:{line}", lines=(line, line), refused=wrong)
            rows.append(self._cells(line, json.loads(text)))
            notes += [note] if note else []
            if len(rows) > 2000:
                return refused(f"line:{line}", rows, _("More than two thousand rows belong together: it is no creation."))
        try:
            found = self.format.read(rows)
            if found.key.startswith("sku:") and self.base.execute("SELECT 1 FROM shared WHERE sku = ?", (rows[0].get("sku"),)).fetchone():
                found = replace(found, key=f"{found.key[:100]}|{words_of(found.title)[:90]}")
            return replace(found, notes=(*found.notes, *notes[:1]))
        except Refused as why:
            return refused(f"line:{rows[0].line}", rows, why.message, rows[0].get("title"))


def _joined_cents(values: list[str], columns: Sequence[str]) -> list[str]:
    place = columns.index("price") if "price" in columns else -1
    if place >= 0 and len(values) == len(columns) + 1 and values[place].strip().isdigit() and len(values[place + 1].strip()) == 2 and values[place + 1].strip().isdigit():
        return [*values[:place], f"{values[place].strip()},{values[place + 1].strip()}", *values[place + 2 :]]
    return values
