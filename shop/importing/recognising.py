"""Which format a table has, and where its header stands; the columns that a person corrected by hand win over all of it."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    place = _header_place([row.cells for row in filled[:10]])
    header, body = filled[place], [row.cells for row in filled[place + 1 :]]
    headers = [cell.strip()[:120] for cell in header.cells]
    sample = Sample(headers, body, [meaning_of(text) for text in headers])
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
