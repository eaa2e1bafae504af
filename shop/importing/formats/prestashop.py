"""PrestaShop: products with `;` between columns and `,` inside lists; combinations in a file of their own.

« Taille:select:0,Couleur:color:1 » and « Petit:0,Bleu:1 » make one combination, which adds to the price of its product.
"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from shop.importing import amounts, cells
from shop.importing.formats.shape import (
    Columns,
    Draft,
    Sample,
    Ties,
    axis_name,
    common_facts,
    price_of,
    title_key,
    weight_of,
)
from shop.importing.incoming import Cells, Combination, Incoming, Reading, Refused, lines_of

UNIT_PRICE = re.compile(r"\s*(?:unit price|prix unitaire|prix à l.unité|precio unitario|prezzo unitario|einzelpreis|preis pro einheit|cena za jednostkę|eenheidsprijs|preço unitário)", re.IGNORECASE)


class PrestaShop:
    name = "prestashop"
    label = "PrestaShop"

    def recognise(self, sample: Sample) -> tuple[int, Columns]:
        names = list(sample.names)
        if {"combination_names", "combination_values"} <= set(names):
            return 97, names
        by_values = [place for place in range(len(names)) if _is_combination(sample, place)]
        if len(by_values) >= 2 and names and sample.among(0, set(sample.column(0))) and all(cell.isdigit() for cell in sample.column(0)):
            names[0], names[by_values[0]], names[by_values[1]] = "id", "combination_names", "combination_values"
            return 85, names
        marks = sum(1 for header in sample.headers if re.search(r"\((?:x,y,z|0/1|0 (?:lub|o|ou|oder|or|of) 1|0 ?=|aaaa-mm-jj|yyyy-mm-dd|rrrr-mm-dd|jjjj-mm-tt)", header.casefold()))
        # What a litre or a kilogram costs is not what the piece costs.
        names = ["" if name == "price" and UNIT_PRICE.match(header) else name for name, header in zip(names, sample.headers, strict=True)]
        if "title" in names and {"net_price", "price", "net_or_gross"} & set(names) and (marks >= 2 or ("id" in names and "net_price" in names)):
            for place, header in enumerate(sample.headers):
                names[place] = "id" if place == 0 and all(cell.isdigit() for cell in sample.column(0)) and sample.column(0) else names[place]
                names[place] = "" if re.search(r"fournisseur|supplier", header.casefold()) else names[place]
            return 95 if marks >= 2 else 75, names
        return _by_place(sample)

    def ties(self, row: Cells) -> Ties | None:
        number = row.get("id") or row.get("sku") or f"line:{row.line}"
        return Ties(own=(f"id:{number}",))

    def read(self, rows: Sequence[Cells]) -> Incoming:
        said = Reading()
        if any(row.get("combination_values") for row in rows):
            return self._combined(rows, said)
        row = rows[0]
        if len(rows) > 1:
            said.note(_("Several rows had the same number: the first was taken."))
        draft = Draft(f"id:{row.get('id')}" if row.get("id") else f"sku:{row.get('sku')}" if row.get("sku") else title_key(row.get("title")), rows, said, title=row.get("title"), facts=common_facts(row, said))
        price, draft.net = price_of(row, said)
        stock = cells.pieces(row.get("quantity"), said)
        draft.facts.update(price_cents=price, stock=stock if stock is not None else 0, sku=row.get("sku"), weight_g=weight_of(row, said))
        for cell in row.every("image"):
            for address in cell.split(","):
                draft.picture(address)
        if row.get("sale_price"):
            said.note(_("The reduction was left: a price is struck out here only when it is true of the last thirty days."))
        if cells.truth(row.get("published")) is False:
            said.note(_("It was not shown in the other shop."))
        draft.category_words = f"{row.get('category').replace(',', ' ; ')} ; {draft.title} ; {row.get('tags')}"
        return draft.finished()

    def _combined(self, rows: Sequence[Cells], said: Reading) -> Incoming:
        """Variants of a product that came before, from a file that has nothing else of it."""
        made = []
        for row in rows:
            names = [part.split(":")[0] for part in row.get("combination_names").split(",")]
            values = [part.rsplit(":", 1)[0] if part.rsplit(":", 1)[-1].strip().isdigit() else part for part in row.get("combination_values").split(",")]
            if len(names) != len(values):
                raise Refused(_("« %(names)s » and « %(values)s » do not have the same number of parts.") % {"names": row.get("combination_names")[:60], "values": row.get("combination_values")[:60]})
            chosen = {axis_name(name, place): cells.line(value, 60) for place, (name, value) in enumerate(zip(names, values, strict=True), start=1)}
            text = row.get("price_impact")
            impact = (-1 if text.startswith("-") else 1) * (amounts.cents(text.lstrip("+-")) or 0)
            grams = cells.measure(row.get("weight_impact"), "", cells.GRAMS, said) if row.get("weight_impact").strip("0., ") else None
            picture = row.get("image").split(",")[0].strip()
            made.append(Combination(chosen, impact, cells.pieces(row.get("quantity"), said) or 0, row.get("sku")[:100], grams or 0, picture))
        if len(made) > 100 or len({axis for one in made for axis in one.values}) > 3:
            raise Refused(_("There are %(count)d variants: a hundred at most are possible. Make several creations of it.") % {"count": len(made)})
        return Incoming(key=f"id:{rows[0].get('id')}"[:200], lines=lines_of(rows), notes=tuple(said.notes), combinations=tuple(made), title=rows[0].get("title")[:255])


def _is_combination(sample: Sample, place: int) -> bool:
    found = sample.column(place)
    return bool(found) and all(re.fullmatch(r"[^:]+(:[\w]+)?:\d+(\s*,\s*[^:]+(:[\w]+)?:\d+)*", cell) for cell in found)


def _by_place(sample: Sample) -> tuple[int, Columns]:
    """The sample file of PrestaShop in a language that no list knows: number, shown, name, categories, price, tax, …"""
    if len(sample.headers) < 20 or not sample.rows:
        return 0, []
    numbered = bool(sample.column(0)) and all(cell.isdigit() for cell in sample.column(0))
    shown = sample.among(1, {"0", "1"})
    priced = bool(sample.column(4)) and all(re.fullmatch(r"\d+([.,]\d+)?", cell) for cell in sample.column(4))
    if not (numbered and shown and priced):
        return 0, []
    names = ["" if name in ("id", "published", "title", "category", "net_price") else name for name in sample.names]
    names[:5] = ["id", "published", "title", "category", "net_price"]
    if "image" not in names:
        picture = next((place for place in range(5, len(names)) if any(cell.startswith(("http://", "https://")) for cell in sample.column(place))), -1)
        if picture >= 0:
            names[picture] = "image"
    if "description" not in names:
        texts = sorted(range(5, len(names)), key=lambda place: -max((len(cell) for cell in sample.column(place)), default=0))
        names[texts[0]] = names[texts[0]] or "description"
    return 60, names
