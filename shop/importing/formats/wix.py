"""Wix's products: a row a product, then a row a variant with the same number; its headers are never translated.

The older file (« handleId ») adds a surcharge to the price of the product, the newer one (« handle ») has a price a variant.
Pictures are names of Wix's own store; a colour is « #b81616:Rouge ».
"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from shop.catalogue.whole.values import WholeVariant
from shop.importing import amounts, cells
from shop.importing.formats.headers import number_of
from shop.importing.formats.shape import (
    Columns,
    Draft,
    Sample,
    Ties,
    axis_name,
    common_facts,
    crossed,
    shared_out,
    weight_of,
)
from shop.importing.incoming import Cells, Incoming, Reading

STORE = "https://static.wixstatic.com/media/"
OWN = {
    "handleid": "handle", "handle": "handle", "fieldtype": "woo_type", "name": "title", "description": "description", "plaindescription": "description", "productimageurl": "image", "media": "image", "collection": "category",
    "sku": "sku", "price": "price", "surcharge": "price_impact", "visible": "published", "inventory": "quantity", "weight": "weight", "discountvalue": "sale_price", "strikethroughprice": "sale_price",
}
NUMBERED = {"productoptionname": "option{n}_name", "productoptiondescription": "option{n}_values", "productoptionchoices": "option{n}_values", "additionalinfotitle": "more_title", "additionalinfodescription": "more_text"}
AXES = range(1, 7)
NONE_LEFT = {"outofstock", "out_of_stock", "false"}


class Wix:
    name = "wix"
    label = "Wix"

    def recognise(self, sample: Sample) -> tuple[int, Columns]:
        plain = [header.replace("\ufeff", "").strip().casefold() for header in sample.headers]
        if not {"fieldtype", "name"} <= set(plain) or not {"handleid", "handle"} & set(plain):
            return 0, []
        return 99, [OWN.get(header) or NUMBERED.get(re.sub(r"\d+$", "", header), "").format(n=number_of(header)) for header in plain]

    def ties(self, row: Cells) -> Ties | None:
        handle = row.get("handle")
        return Ties(own=(f"handle:{handle}",)) if handle else Ties(own=(f"line:{row.line}",) if row.get("title") else ())

    def read(self, rows: Sequence[Cells]) -> Incoming:
        first = next((row for row in rows if row.get("title")), rows[0])
        said = Reading()
        draft = Draft(f"handle:{first.get('handle')}" if first.get("handle") else f"title:{first.get('title')}", rows, said, title=first.get("title"), facts=common_facts(first, said))
        draft.facts["description"] = "\n\n".join(text for text in (draft.facts["description"], *_more(first)) if text)
        for row in rows:
            for address in row.get("image").split(";"):
                draft.picture(_stored(address))
        price, weight = amounts.price(first.get("price"), said), weight_of(first, said)
        axes = [(axis_name(first.get(f"option{n}_name"), n), values) for n in AXES if (values := _choices(first, n))]
        pieces = [row for row in rows if row.get("woo_type").casefold() == "variant"]
        if pieces and axes:
            draft.variants = [self._variant(draft, row, first, price, weight) for row in pieces]
        elif axes:
            chosen, stock = crossed(axes), _stock(first, said)
            stocks = shared_out(stock, len(chosen)) if first.get("quantity").isdigit() else [stock] * len(chosen)
            draft.variants = [WholeVariant(values, price, stocks[place], "", weight) for place, values in enumerate(chosen)]
            said.note(_("The file has one price and one stock for all variants: please check both."))
        else:
            draft.facts.update(price_cents=price, stock=_stock(first, said), sku=first.get("sku"), weight_g=weight)
        if first.get("sale_price").strip("0., "):
            said.note(_("The reduction was left: a price is struck out here only when it is true of the last thirty days."))
        if cells.truth(first.get("published")) is False:
            said.note(_("It was not shown in the other shop."))
        draft.category_words = f"{first.get('category')} ; {draft.title}".replace(";", " ; ")
        return draft.finished()

    def _variant(self, draft: Draft, row: Cells, first: Cells, price: int | None, weight: int | None) -> WholeVariant:
        own, more = amounts.price(row.get("price"), draft.said), row.get("price_impact").strip()
        if own is None and more and price is not None:
            own = price + (-1 if more.startswith("-") else 1) * (amounts.cents(more.lstrip("+-")) or 0)
        values = {axis_name(first.get(f"option{n}_name"), n): found[0] for n in AXES if (found := _choices(row, n))}
        return WholeVariant(values, price if own is None else own, _stock(row, draft.said), row.get("sku")[:100], weight_of(row, draft.said) or weight)


def _choices(row: Cells, number: int) -> tuple[str, ...]:
    """« Petit;Grand », or « #b81616:Rouge;rgb(193,180,123):Crème »."""
    return cells.listed(re.sub(r"(^|;)\s*(?:#\w{3,8}|rgba?\([\d., ]{5,30}\))\s*:", r"\1", row.get(f"option{number}_values")), separators=";", most=60, count=101)


def _stored(address: str) -> str:
    name = address.strip()
    return STORE + name if re.fullmatch(r"[\w~.-]+\.(?:jpe?g|png|webp|gif|avif)", name, re.IGNORECASE) and "~mv2" in name else name


def _more(row: Cells) -> list[str]:
    """What stands below the description in tabs: « Entretien », « Retours »…"""
    titles, texts = row.by_name.get("more_title", []), row.by_name.get("more_text", [])
    return [f"{cells.line(title, 200)}\n{cells.prose(text)}".strip() for title, text in zip(titles, texts, strict=False) if text.strip()]


def _stock(row: Cells, said: Reading) -> int:
    text = row.get("quantity").casefold()
    if text in NONE_LEFT:
        return 0
    count = cells.pieces(text, said) if text[:1].isdigit() or text[:1] == "-" else None
    if count is None:
        said.note(_("The other shop did not count this stock: please check it."))
    return count if count is not None else 1
