"""Etsy's « download your listings »: one row a listing, variants folded in cells, headers in the language of the account.

The order of its columns never changes: seven facts, ten pictures, two or three groups of a variation, the reference.
That is what a language that no list knows is read by.
"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from shop.catalogue.whole.values import WholeVariant
from shop.importing import amounts, cells, words
from shop.importing.formats.shape import (
    Columns,
    Draft,
    Sample,
    Ties,
    axis_name,
    common_facts,
    crossed,
    shared_out,
    title_key,
)
from shop.importing.incoming import Cells, Incoming, Reading

FACTS = ["title", "description", "price", "currency", "quantity", "tags", "materials"]
GROUP = ("type", "name", "values")
CODE = re.compile(r"[A-Z]{3}")


def columns_for(count: int) -> Columns:
    """The columns of a file of 23, 24, 26 or 27."""
    groups = 3 if count >= 26 else 2
    names = [*FACTS, *["image"] * 10, *(f"option{number}_{part}" for number in range(1, groups + 1) for part in GROUP)]
    return [*names, *["sku"] * (count - len(names))][:count]


class Etsy:
    name = "etsy"
    label = "Etsy"

    def recognise(self, sample: Sample) -> tuple[int, Columns]:
        count = len(sample.headers)
        places = [place for place, name in enumerate(sample.names) if name == "image"]
        if {"title", "price", "currency", "quantity"} <= set(sample.names) and (len(places) >= 5 or "option1_type" in sample.names):
            # A header that no list knows stands where Etsy always puts it.
            by_place = columns_for(count) if count in (23, 24, 26, 27) else []
            return 98, [name or (by_place[place] if by_place else "") for place, name in enumerate(sample.names)]
        if count not in (23, 24, 26, 27):
            return 0, []
        score = 0
        money = [row for row in sample.rows if len(row) > 3]
        score += 40 if money and all(CODE.fullmatch(row[3].strip()) or _shifted(row) for row in money) else 0
        score += 25 if all(str(place - 6) in sample.headers[place] for place in range(7, 17)) else 0
        pictures = [cell for row in sample.rows for cell in row[7:17] if cell.strip()]
        score += 20 if pictures and all(cell.strip().startswith(("http://", "https://")) for cell in pictures) else 0
        score += 10 if sample.names[1] == "description" or sample.names[2] == "price" or sample.names[4] == "quantity" else 0
        return score, columns_for(count)

    def ties(self, row: Cells) -> Ties | None:
        return Ties(own=(f"line:{row.line}",))

    def read(self, rows: Sequence[Cells]) -> Incoming:
        row, said = rows[0], Reading()
        pictures = row.every("image")
        draft = Draft(self._key(row, pictures), rows, said, title=row.get("title"), facts=common_facts(row, said))
        price, stock = amounts.price(row.get("price"), said, row.get("currency")), cells.pieces(row.get("quantity"), said)
        for address in pictures:
            draft.picture(address)
        axes = _axes(row)
        if axes:
            self._vary(draft, axes, price, stock, row.get("sku"))
        else:
            draft.facts.update(price_cents=price, stock=stock if stock is not None else 0, sku=row.get("sku"))
        draft.facts["colours"] = words.colours_in(*(" ".join(values) for name, values in axes if words.words_of(name) in _COLOUR_AXES))
        draft.category_words = f"{draft.title} ; {row.get('tags')}"
        return draft.finished()

    def _vary(self, draft: Draft, axes: list[tuple[str, tuple[str, ...]]], price: int | None, stock: int | None, skus: str) -> None:
        chosen = crossed(axes)
        stocks = shared_out(stock, len(chosen))
        draft.variants = [WholeVariant(values, price, stocks[place]) for place, values in enumerate(chosen)]
        draft.said.note(_("Etsy's file has one price and one stock for all variants: the stock was shared out, please check both."))
        if skus:
            draft.said.note(_("Etsy's file does not say which reference is whose (%(skus)s): none was taken.") % {"skus": skus[:80]})

    def _key(self, row: Cells, pictures: list[str]) -> str:
        skus = sorted({sku.strip() for sku in row.get("sku").split(",") if sku.strip()})
        return "sku:" + ",".join(skus) if skus else title_key(row.get("title"), pictures[0] if pictures else "")


_COLOUR_AXES = {"couleur", "couleurs", "color", "colour", "colors", "primary color", "couleur principale", "farbe", "colore", "kleur", "kolor", "цвет", "cor"}


def _axes(row: Cells) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for number in (1, 2, 3):
        values = cells.listed(row.get(f"option{number}_values"), separators=",", most=60, count=101)
        if values:
            found.append((axis_name(row.get(f"option{number}_name") or row.get(f"option{number}_type"), number), values))
    if len(found) != len({name for name, _values in found}):
        found = [(f"{name} {place}" if place > 1 else name, values) for place, (name, values) in enumerate(found, start=1)]
    return found


def _shifted(row: list[str]) -> bool:
    """« 12,99 » without quotes: the cents stand where the currency should."""
    return len(row) > 4 and re.fullmatch(r"[\d .]+", row[2].strip()) is not None and re.fullmatch(r"\d{2}", row[3].strip()) is not None and CODE.fullmatch(row[4].strip()) is not None


def unshifted(row: list[str]) -> list[str]:
    """The row as it was meant, when an unquoted decimal comma had shifted it."""
    return [*row[:2], f"{row[2].strip()},{row[3].strip()}", *row[4:]] if _shifted(row) else row
