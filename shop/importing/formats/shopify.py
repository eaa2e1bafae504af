"""Shopify's products, the older file (51 columns, « Handle » first) and the current one (57, « Title » first).

Rows of a product share its handle; the later ones leave its facts blank; a row with a picture alone is no variant.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shop.catalogue.whole.values import WholeVariant
from shop.importing import amounts, cells
from shop.importing.formats.shape import Columns, Draft, Sample, Ties, axis_name, common_facts, title_key, weight_of
from shop.importing.incoming import Cells, Incoming, Reading

UNCOUNTED = ("unlimited", "illimité", "unbegrenzt", "ilimitado", "illimitato", "∞")
OWN_FIELDS = {"", "colours", "materials", "care", "making", "technique"}
EMPTY_OPTION = ("default title", "titre par défaut", "standardtitel")


class Shopify:
    name = "shopify"
    label = "Shopify"

    def recognise(self, sample: Sample) -> tuple[int, Columns]:
        names = list(sample.names)
        if "handle" in names and "title" in names and ("option1_name" in names or "option1_values" in names or "grams" in names or "variant_image" in names or "image_alt" in names):
            for place, header in enumerate(sample.headers):
                names[place] = "kind" if header.strip().casefold() in ("type", "custom product type") else names[place]
                # A shop's own fields are called as it likes: « Produit », « Nom » and « Taille » there are not those of the product.
                names[place] = "" if ".metafields." in header and names[place] not in OWN_FIELDS else names[place]
            return 97, names
        return _by_values(sample)

    def ties(self, row: Cells) -> Ties | None:
        handle = row.get("handle")
        if not handle and (row.get("price") or row.get("image") or row.get("option1_values")):
            # Somebody filled in the handle once, on the first row of a product.
            return Ties(own=(f"line:{row.line}",) if row.get("title") else ())
        if not handle or handle.casefold().startswith("note:") or row.get("title").casefold().startswith("note:"):
            return None
        return Ties(own=(f"handle:{handle}",))

    def read(self, rows: Sequence[Cells]) -> Incoming:
        first = next((row for row in rows if row.get("title")), rows[0])
        said = Reading()
        draft = Draft(f"handle:{first.get('handle') or title_key(first.get('title'))}", rows, said, title=first.get("title"), facts=common_facts(first, said))
        for row in sorted((row for row in rows if row.get("image")), key=lambda row: int(row.get("image_position")) if row.get("image_position").isdecimal() and len(row.get("image_position")) < 6 else 9999):
            draft.picture(row.get("image"), row.get("image_alt"))
        names = [next((row.get(f"option{n}_name") for row in rows if row.get(f"option{n}_name")), "") for n in (1, 2, 3)]
        pieces = [row for row in rows if any(row.get(f"option{n}_values") for n in (1, 2, 3)) or row.get("price")]
        varied = [row for row in pieces if options_of(row, names)]
        if varied:
            draft.variants = [self._variant(draft, row, names) for row in varied]
        else:
            piece = pieces[0] if pieces else first
            draft.facts.update(price_cents=amounts.price(piece.get("price"), said), stock=stock_of(piece, said), sku=piece.get("sku").removeprefix("'"), weight_g=weight_of(piece, said))
        if any(row.get("sale_price") for row in rows):
            said.note(_("The compare-at price was left: a price is struck out here only when it is true of the last thirty days."))
        if first.get("status").casefold() == "archived":
            said.note(_("It was archived in the other shop."))
        draft.category_words = f"{first.get('kind')} ; {first.get('category')} ; {draft.title} ; {first.get('tags')}"
        return draft.finished()

    def _variant(self, draft: Draft, row: Cells, names: list[str]) -> WholeVariant:
        picture = draft.picture(row.get("variant_image")) if row.get("variant_image") else ""
        return WholeVariant(options_of(row, names), amounts.price(row.get("price"), draft.said), stock_of(row, draft.said), row.get("sku").removeprefix("'")[:100], weight_of(row, draft.said), picture)


def options_of(row: Cells, names: list[str]) -> dict[str, str]:
    values = [(axis_name(name, number), cells.line(row.get(f"option{number}_values"), 60)) for number, name in enumerate(names, start=1)]
    return {name: value for name, value in values if value and value.casefold() not in EMPTY_OPTION}


def stock_of(row: Cells, said: Reading) -> int:
    """What nobody counts (an empty cell, « Unlimited ») is one piece, and said."""
    text = row.get("quantity")
    count = None if text.casefold() in UNCOUNTED else cells.pieces(text, said)
    if count is None:
        said.note(_("The other shop did not count this stock: please check it."))
    return count if count is not None else 1


def _by_values(sample: Sample) -> tuple[int, Columns]:
    """In a language that no list knows: the columns whose values are never translated tell where the others stand."""
    width = len(sample.headers)
    policy = next((place for place in range(8, width) if sample.among(place, {"deny", "continue"})), -1)
    if policy < 0 or width < 35:
        return 0, []
    names: Columns = [""] * width
    current = policy - 2 >= 20 and sample.among(0, set()) is False and not _slugs(sample, 0)
    fixed = ["title", "handle", "description", "", "category", "kind", "tags", "published"] if current else ["handle", "title", "description", "", "category", "kind", "tags", "published"]
    names[: len(fixed)] = fixed
    start, step = (11, 3) if current or policy >= 21 else (8, 2)
    start = 11 if current else 8
    for number in (1, 2, 3):
        names[start + step * (number - 1)] = f"option{number}_name"
        names[start + step * (number - 1) + 1] = f"option{number}_values"
    if current:
        names[9], names[policy - 11], names[policy - 1], names[policy + 1] = "sku", "price", "quantity", "grams"
    else:
        names[policy - 4], names[policy - 3], names[policy - 1], names[policy + 2], names[policy + 3] = "sku", "grams", "quantity", "price", "sale_price"
    image = next((place for place in range(policy, width) if any(cell.startswith(("http://", "https://")) for cell in sample.column(place))), -1)
    if image >= 0:
        names[image : image + 3] = ["image", "image_position", "image_alt"]
    return (80 if _slugs(sample, 1 if current else 0) else 55), names


def _slugs(sample: Sample, place: int) -> bool:
    found = sample.column(place)
    return bool(found) and all(cell == cell.lower() and " " not in cell for cell in found)
