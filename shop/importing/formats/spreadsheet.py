"""A table of one's own making: columns by whatever names. What no list of words knows is mapped by hand.

One row a creation, or a row a variant: rows of the same title that differ in size, colour, scent or version are one creation.
Headings between the rows, totals below them and notes are none.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from shop.catalogue.whole.values import WholeVariant
from shop.importing import cells, words
from shop.importing.formats.headers import words_of
from shop.importing.formats.shape import (
    AXIS,
    Columns,
    Draft,
    Sample,
    Ties,
    common_facts,
    crossed,
    price_of,
    shared_out,
    title_key,
    weight_of,
)
from shop.importing.incoming import Cells, Incoming, Reading, Refused

AXES = ("size", "variant", "scent", "colours")
ONLY_ONE = {"", "regular", "normal", "standard", "default", "default title", "unique", "taille unique", "one size", "tu", "non", "sans", "fixedprice", "auction"}
TOTALS = {"total", "totaux", "sous total", "total general", "somme", "summe", "gesamt", "totale", "totals", "grand total"}


class Spreadsheet:
    name = "spreadsheet"
    label = "Tableur"

    def recognise(self, sample: Sample) -> tuple[int, Columns]:
        known = {name for name in sample.names if name}
        names = list(sample.names)
        if "variant" in known and "option1_values" in known:
            # Square names each variation and its choices too: the choices say more.
            names = ["" if name == "variant" else name for name in names]
        if "title" in known:
            return 30 + min(30, 5 * len(known)), names
        return 5, names

    def ties(self, row: Cells) -> Ties | None:
        if group := row.get("group"):
            return Ties(own=(f"group:{group}",))
        chosen = any(row.get(name) for name in AXES) or row.get("option1_values")
        if not row.get("title") and chosen:
            return Ties(own=())
        if chosen and (title := words_of(row.get("title"))):
            return Ties(own=(f"title:{title}",))
        return Ties(own=(f"line:{row.line}",))

    def read(self, rows: Sequence[Cells]) -> Incoming:
        row, said = next((row for row in rows if row.get("title")), rows[0]), Reading()
        _check(row)
        number = row.get("group") or row.get("id") or row.get("handle")
        key = f"id:{number}" if number else f"sku:{row.get('sku')}" if row.get("sku") else title_key(row.get("title"))
        draft = Draft(key, rows, said, title=row.get("title"), facts=common_facts(row, said))
        price, draft.net = price_of(row, said)
        days = cells.pieces(row.get("lead_days"), said)
        draft.facts.update(price_cents=price, stock=_stock(row, said), sku=row.get("sku"), weight_g=weight_of(row, said, ""), lead_days=min(days, 365) if days else None)
        shown = [next((kept for address in _pictures(one) if (kept := draft.picture(address))), "") for one in rows]
        axes = [(_axis(name), name) for name in AXES if len({one.get(name).casefold() for one in rows}) > 1] + [(_named(rows, n), f"option{n}_values") for n in (1, 2, 3) if len({one.get(f"option{n}_values") for one in rows}) > 1]
        if axes:
            draft.variants = [_variant(one, axes, draft.facts, picture, said) for one, picture in zip(rows, shown, strict=True)]
            draft.facts["colours"] = words.colours_in(*(one.get("colours") for one in rows))
        else:
            if len(rows) > 1:
                said.note(_("Several rows had the same title: the first was taken."))
            _one(draft, row, price, said)
        draft.category_words = f"{row.get('category')} ; {draft.title} ; {row.get('tags')}".replace(">", " ; ")
        return draft.finished()


def _check(row: Cells) -> None:
    """Rows that are no creations. Raises Refused."""
    title = words_of(row.get("title"))
    if title in TOTALS:
        raise Refused(_("This row looks like a total, not like a creation."))
    if title and len(row.by_name) >= 3 and not any(row.get(name) for name in row.by_name if name != "title"):
        raise Refused(_("This row has a title and nothing else: it was taken for a heading or a note."))


def _one(draft: Draft, row: Cells, price: int | None, said: Reading) -> None:
    """A creation in one row: sizes listed in its cell are variants, a single one is told in the description."""
    text = row.get("size")
    sizes = () if re.search(r"\d,\d", text) else cells.listed(text, separators=",;/|\n", most=60, count=101)
    if len(sizes) > 1 and all(len(size) <= 20 for size in sizes):
        chosen = crossed([(_axis("size"), sizes)])
        stocks = shared_out(draft.facts["stock"], len(chosen))
        draft.variants = [WholeVariant(values, price, stocks[place], "", draft.facts["weight_g"]) for place, values in enumerate(chosen)]
        said.note(_("The file has one price and one stock for all variants: please check both."))
        return
    told = [f"{_axis(name)}\u00a0: {cells.line(row.get(name), 200)}" for name in AXES[:3] if words_of(row.get(name)) not in ONLY_ONE]
    draft.facts["description"] = "\n\n".join(part for part in (draft.facts["description"], "\n".join(told)) if part)


def _variant(row: Cells, axes: list[tuple[str, str]], first: dict[str, Any], picture: str, said: Reading) -> WholeVariant:
    price, _net = price_of(row, said)
    values = {axis: cells.line(row.get(name), 60) or "—" for axis, name in axes}
    return WholeVariant(values, first["price_cents"] if price is None else price, _stock(row, said), row.get("sku")[:100], weight_of(row, said, "") or first["weight_g"], picture)


def _stock(row: Cells, said: Reading) -> int:
    count = cells.pieces(row.get("quantity"), said)
    return count if count is not None else 0 if cells.truth(row.get("in_stock").replace("_", " ")) is False else 1


def _pictures(row: Cells) -> list[str]:
    return [address for cell in row.every("image") for address in re.split(r"[,;|\n]|\s(?=https?://)", cell)]


def _named(rows: Sequence[Cells], number: int) -> str:
    return next((cells.line(row.get(f"option{number}_name"), AXIS) for row in rows if row.get(f"option{number}_name")), "") or _("Choice %(number)d") % {"number": number}


def _axis(name: str) -> str:
    return {"size": _("Size"), "variant": _("Version"), "scent": _("Scent"), "colours": _("Colour")}[name]
