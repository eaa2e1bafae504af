"""What every format is: it recognises a table by its headers and first rows, says which rows belong together, and reads them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Protocol

from django.utils.translation import gettext as _

from shop.catalogue.whole.values import WholeListing, WholeVariant
from shop.importing import amounts, cells, words
from shop.importing.formats.headers import words_of
from shop.importing.incoming import (
    MOST_AXES,
    MOST_PICTURES,
    MOST_VARIANTS,
    Cells,
    Incoming,
    IncomingPicture,
    Reading,
    Refused,
    lines_of,
)

AXIS = 40
Columns = list[str]


@dataclass(frozen=True, slots=True)
class Sample:
    """The header and some rows; `names`: what the lists of words make of each header."""

    headers: list[str]
    rows: list[list[str]]
    names: list[str]

    def column(self, place: int) -> list[str]:
        return [row[place].strip() for row in self.rows if place < len(row) and row[place].strip()]

    def mostly(self, place: int, values: set[str]) -> bool:
        """Four in five of this column are one of these: a row that has slipped unmakes no format."""
        found = self.column(place)
        return bool(found) and 5 * sum(1 for cell in found if cell.casefold() in values) >= 4 * len(found)

    def among(self, place: int, values: set[str]) -> bool:
        """Every value of this column is one of these, and there is one."""
        found = self.column(place)
        return bool(found) and all(part.strip().casefold() in values for cell in found for part in cell.split(","))


@dataclass(frozen=True, slots=True)
class Ties:
    """`own`: names under which other rows may mean this one, none where it belongs to the row before; `parent`: the name of the row that it belongs to."""

    own: tuple[str, ...]
    parent: str = ""


class Format(Protocol):
    name: str
    label: str

    def recognise(self, sample: Sample) -> tuple[int, Columns]:
        """(0 to 100, the meaning of each column)."""
        ...

    def ties(self, row: Cells) -> Ties | None:
        """None: a row to pass over (a note, an empty one)."""
        ...

    def read(self, rows: Sequence[Cells]) -> Incoming:
        """The listing of rows that belong together. Raises Refused."""
        ...


@dataclass(slots=True)
class Draft:
    """What a format gathers; `finished` checks and cuts it to what a listing may hold."""

    key: str
    rows: Sequence[Cells]
    said: Reading
    title: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    variants: list[WholeVariant] = field(default_factory=list)
    pictures: list[IncomingPicture] = field(default_factory=list)
    category_words: str = ""
    net: bool = False

    def picture(self, address: str, alt: str = "") -> str:
        """The address as it is kept, empty when it cannot be one."""
        address = address.strip()
        if not address or len(address) > 1000:
            return ""
        known = {picture.address for picture in self.pictures}
        if address in known:
            return address
        if len(self.pictures) >= MOST_PICTURES:
            self.said.note(_("A creation shows twelve pictures at most: the others were left."))
            return ""
        self.pictures.append(IncomingPicture(address, cells.line(alt, 250)))
        return address

    def finished(self) -> Incoming:
        title = cells.line(self.title, 2000)
        if not title:
            raise Refused(_("There is no title."))
        if len(title) > 255:
            self.said.note(_("The title was above 255 signs: it was cut."))
        facts = self._checked(self.facts)
        if self.variants:
            self._check_variants()
            facts.update(price_cents=None, stock=None, sku="")
        missing = any(v.price_cents is None for v in self.variants) if self.variants else facts.get("price_cents") is None
        if missing:
            self.said.note(_("There is no price: it is asked of you before publishing."))
        whole = WholeListing(title=title[:255].strip(), variants=tuple(self.variants), **facts)
        return Incoming(
            key=self.key[:200], lines=lines_of(self.rows), whole=whole, pictures=tuple(self.pictures), notes=tuple(self.said.notes),
            title=whole.title, category_words=self.category_words[:300], net=self.net,
        )

    def _checked(self, facts: dict[str, Any]) -> dict[str, Any]:
        facts = {name: value for name, value in facts.items() if value is not None}
        description = facts.get("description", "")
        if len(description) > 50_000:
            self.said.note(_("The description was above 50,000 signs: it was cut."))
            facts["description"] = description[:50_000]
        if facts.get("price_cents") == 0:
            self.said.note(_("The price was zero: it was left empty."))
            facts["price_cents"] = None
        if len(facts.get("sku", "")) > 100:
            self.said.note(_("The reference was above 100 signs: it was left out."))
            facts["sku"] = ""
        return facts

    def _check_variants(self) -> None:
        axes = {axis for variant in self.variants for axis in variant.values}
        if len(axes) > MOST_AXES:
            raise Refused(_("There are %(count)d kinds of choices (%(names)s): three at most are possible. Make several creations of it.") % {"count": len(axes), "names": ", ".join(sorted(axes))[:120]})
        if len(self.variants) > MOST_VARIANTS:
            raise Refused(_("There are %(count)d variants: a hundred at most are possible. Make several creations of it.") % {"count": len(self.variants)})
        unique = {tuple(sorted(variant.values.items())): variant for variant in reversed(self.variants)}
        if len(unique) < len(self.variants):
            self.said.note(_("Two variants had the same values: the first was taken."))
            self.variants = list(reversed(unique.values()))
        zero = [variant for variant in self.variants if variant.price_cents == 0]
        if zero:
            self.said.note(_("The price was zero: it was left empty."))
            self.variants = [_without_price(v) if v in zero else v for v in self.variants]


def _without_price(v: WholeVariant) -> WholeVariant:
    return WholeVariant(v.values, None, v.stock, v.sku, v.weight_g, v.picture, v.shown)


def axis_name(text: str, place: int) -> str:
    return cells.line(text.removeprefix("pa_"), AXIS) or _("Choice %(number)d") % {"number": place}


def crossed(axes: list[tuple[str, tuple[str, ...]]]) -> list[dict[str, str]]:
    """Every combination of the values of some axes; refused above what a listing may have."""
    count = 1
    for _name, values in axes:
        count *= len(values)
    if count > MOST_VARIANTS:
        raise Refused(_("There are %(count)d variants: a hundred at most are possible. Make several creations of it.") % {"count": count})
    names = [name for name, _values in axes]
    return [dict(zip(names, chosen, strict=True)) for chosen in product(*(values for _name, values in axes))]


def shared_out(total: int | None, among: int) -> list[int]:
    """One stock for all variants, shared so that the sum stays true."""
    total = total or 0
    return [total // among + (1 if place < total % among else 0) for place in range(among)]


def common_facts(row: Cells, said: Reading) -> dict[str, Any]:
    """What means the same in every format."""
    # « material » and « color » columns exist in few formats; tags and titles say colours too, but only where a word is certain.
    material = cells.listed(row.get("materials"), most=60, separators=",;|/\n", underscores=True)
    description, summary = cells.prose(row.get("description")), cells.line(row.get("summary"), 2000)
    if len(summary) > 200:
        # A long « short description » is text of its own: nothing is lost.
        description = f"{summary}\n\n{description}".strip() if summary not in description else description
        summary = ""
    return {
        "description": description,
        "summary": summary,
        "tags": cells.listed(row.get("tags"), underscores=True),
        "materials": words.materials_in(material),
        "colours": words.colours_in(row.get("colours")),
        "technique": cells.line(row.get("technique"), 120),
        "care": cells.prose(row.get("care"))[:5000],
        "making": cells.prose(row.get("making"))[:5000],
        **{f"{side}_mm": cells.measure(row.get(side), row.units.get(side, ""), cells.MICRONS, said) for side in ("length", "width", "height", "diameter")},
    }


def weight_of(row: Cells, said: Reading, unit: str = "kg") -> int | None:
    """In grams; `unit`: what the source means where its header says none. Empty: guessed from the number, and said."""
    if text := row.get("grams"):
        return cells.measure(text, "g", cells.GRAMS, said)
    text = row.get("weight")
    unit = row.units.get("weight", "") or unit
    if text and not unit:
        digits = cells.plain_number(text)
        if digits.isdigit() and 0 < int(digits[:9]) < 20:
            said.note(_("The weight « %(text)s » has no unit, grams or kilograms: left out.") % {"text": text[:20]})
            return None
        unit = "g" if digits.isdigit() else "kg"
        if digits[-1:].isdigit() and digits.strip("0., "):
            said.note(_("The weight has no unit: it was read as %(unit)s.") % {"unit": unit})
    return cells.measure(text, unit, cells.GRAMS, said)


def price_of(row: Cells, said: Reading) -> tuple[int | None, bool]:
    """(cents, whether they are without tax). The currency may stand in a column of its own or in the header."""
    for name, net in (("price", False), ("net_price", True), ("net_or_gross", False)):
        if text := row.get(name):
            if name == "net_or_gross":
                said.note(_("The file does not say whether its price is with or without tax: it was taken as what the buyer pays, please check it."))
            return amounts.price(text, said, row.get("currency") or row.units.get(name, "")), net
    return None, False


def title_key(title: str, picture: str = "") -> str:
    """Where a source numbers nothing: the title as words, and the file of its first picture."""
    return f"{words_of(title)[:120]}|{picture.rsplit('/', 1)[-1][:60]}"


def place_of(names: Sequence[str], wanted: str) -> int:
    return names.index(wanted) if wanted in names else -1
