"""Which format a table has, and where its header stands; the columns that a person corrected by hand win over all of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shop.importing.amounts import cents
from shop.importing.formats.etsy import Etsy
from shop.importing.formats.headers import currency_of, known_words, meaning_of, unit_of
from shop.importing.formats.ours import Ours
from shop.importing.formats.prestashop import PrestaShop
from shop.importing.formats.shape import Columns, Format, Sample
from shop.importing.formats.shopify import Shopify
from shop.importing.formats.spreadsheet import Spreadsheet
from shop.importing.formats.squarespace import Squarespace
from shop.importing.formats.wix import Wix
from shop.importing.formats.woocommerce import WooCommerce
from shop.importing.incoming import Refused
from shop.importing.tables import Row

FORMATS: dict[str, Format] = {one.name: one for one in (Ours(), Etsy(), Shopify(), WooCommerce(), PrestaShop(), Wix(), Squarespace(), Spreadsheet())}
LOOKED_AT = 60
PRICES = {"price", "net_price", "net_or_gross"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """`header_line`: rows up to it are no creations. `confidence` of a hundred."""

    format: str
    confidence: int
    headers: list[str]
    columns: Columns
    header_line: int
    samples: list[list[str]]

    @property
    def units(self) -> dict[str, str]:
        """Of the headers that say one: « kg », « cm », and the currency of prices."""
        pairs = [(name, header) for name, header in zip(self.columns, self.headers, strict=False) if name]
        return {name: unit for name, header in pairs if (unit := currency_of(header) if name in PRICES else unit_of(header))}


def recognised(rows: Sequence[Row], wanted: str = "auto") -> Recognised | None:
    """From the first rows of a file; None when there is no row at all."""
    filled = [row for row in rows[:LOOKED_AT] if row.cells]
    if not filled:
        return None
    place = _header_place([row.cells for row in filled[:30]])
    header, body = filled[place], [row.cells for row in filled[place + 1 :]]
    headers = [cell.strip()[:120] for cell in header.cells]
    sample = Sample(headers, body, [meaning_of(text) for text in headers])
    if place == 0 and not any(sample.names) and _no_header(header.cells):
        return _without_header([row.cells for row in filled])
    tried = [FORMATS[wanted]] if wanted in FORMATS else list(FORMATS.values())
    score, columns, name = max(((*one.recognise(sample), one.name) for one in tried), key=lambda found: found[0])
    if not columns:
        columns = list(sample.names)
    columns = [*columns, *[""] * (len(headers) - len(columns))][: len(headers)]
    samples = [[row[number].strip()[:120] if number < len(row) else "" for row in body[:40] if number < len(row) and row[number].strip()][:3] for number in range(len(headers))]
    return Recognised(name, score, headers, columns, header.line, samples)


def _header_place(rows: Sequence[Sequence[str]]) -> int:
    """The row that knows most words of headers; without any, the first that is about as wide as the table."""
    known = [known_words(cells) for cells in rows]
    if max(known) >= 3 or (max(known) == 2 and known[0] == 0 and len(rows[0]) < 4):
        return known.index(max(known))
    wide = [sum(1 for cell in cells if cell.strip()) for cells in rows]
    return known.index(max(known)) if max(known) and known[0] == max(known) else next(place for place, count in enumerate(wide) if 5 * count >= 3 * max(wide))


def _no_header(cells: Sequence[str]) -> bool:
    """A first row with an amount or an address in it is a creation already."""
    return any(_amount(cell) or cell.strip().startswith(("http://", "https://")) for cell in cells)


def _without_header(rows: Sequence[Sequence[str]]) -> Recognised:
    """Columns by what stands in them: the first texts are titles, the longest descriptions; amounts, addresses, counts."""
    width = max(len(row) for row in rows)
    sample = Sample([""] * width, [list(row) for row in rows], [""] * width)
    columns = [_by_values(sample.column(place)) for place in range(width)]
    texts = [place for place, name in enumerate(columns) if name == "text"]
    longest = max(texts, key=lambda place: sum(map(len, sample.column(place))), default=-1)
    names = {texts[0]: "title"} if texts else {}
    if len(texts) > 1 and longest != texts[0]:
        names[longest] = "description"
    columns = [names.get(place, "" if name == "text" or name in columns[:place] else name) for place, name in enumerate(columns)]
    samples = [sample.column(place)[:3] for place in range(width)]
    return Recognised("spreadsheet", 10, [_("Column %(number)d") % {"number": place + 1} for place in range(width)], columns, 0, samples)


def _by_values(cells: Sequence[str]) -> str:
    if not cells:
        return ""
    if all(cell.startswith(("http://", "https://")) for cell in cells):
        return "image"
    if all(cell.isdigit() and len(cell) < 5 for cell in cells):
        return "quantity"
    return "price" if all(_amount(cell) for cell in cells) else "text" if any(any(sign.isalpha() for sign in cell) for cell in cells) else ""


def _amount(text: str) -> bool:
    """An amount with cents or a sign of money: a bare number could be anything."""
    try:
        return bool(re.search(r"\d[.,]\d\d?\b|€|eur", text.casefold())) and cents(text) is not None
    except Refused:
        return False
