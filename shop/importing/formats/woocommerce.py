"""WooCommerce's product export: a row a product or a variation, which names its parent by reference or « id:12 ».

Headers are translated; types and visibility never are, and the order is fixed: what no list of words knows is found from
there. Any number of attributes: columns side by side with the same number.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shop.catalogue.whole.values import WholeVariant
from shop.importing import amounts, cells, words
from shop.importing.formats.headers import number_of, unit_of
from shop.importing.formats.shape import Columns, Draft, Sample, Ties, axis_name, common_facts, crossed, weight_of
from shop.importing.incoming import Cells, Incoming, Reading, Refused

TYPES = {"simple", "variable", "variation", "grouped", "external", "virtual", "downloadable", "subscription", "variable-subscription", "subscription_variation", "bundle", "composite", "booking"}
WEIGHTS = set(cells.GRAMS) - {""}
SHOWN = {"visible", "catalog", "search", "hidden"}
# From the column of visibility on, in the order of the export; what stands between stock and weight grew with the years.
BEFORE_WEIGHT = ("visibility", "summary", "description", "", "", "", "", "in_stock", "quantity")
FROM_WEIGHT = ("weight", "length", "width", "height", "", "", "sale_price", "price", "category", "tags", "", "image", "", "", "parent")


class WooCommerce:
    name = "woocommerce"
    label = "WooCommerce"

    def recognise(self, sample: Sample) -> tuple[int, Columns]:
        names = list(sample.names)
        width = len(names)
        visible = next((place for place in range(min(width, 16)) if sample.mostly(place, SHOWN)), -1)
        kind = next((place for place in range(min(width, 12)) if _types(sample, place, sure=visible < 0)), -1)
        if kind < 0:
            return 0, []
        score = 60
        if visible > kind:
            ordered = _ordered(sample, kind, visible)
            score = 99 if ordered else 90
            both = [place for place, name in ordered.items() if name and names[place]]
            # Words and order say the same: the order is right where words are not (« Prix de vente » is the reduced one, « ¿Existencias? » a yes or no).
            if sum(1 for place in both if names[place] == ordered[place]) * 5 >= 4 * len(both):
                names = [ordered.get(place, name) for place, name in enumerate(names)]
        _mend(sample, names)
        for place, name in _attributes(sample):
            names[place] = name
        for place in range(width):
            names[place] = "woo_type" if place == kind else ("" if names[place] == "woo_type" else names[place])
        return (score if "title" in names else 0), names

    def ties(self, row: Cells) -> Ties | None:
        parent = row.get("parent")
        number = row.get("id")
        own = tuple(name for name in (f"id:{number}" if number else "", f"sku:{row.get('sku')}" if row.get("sku") else "") if name) or (f"line:{row.line}",)
        if parent and "variation" in row.get("woo_type").casefold():
            reference = parent.replace(" ", "")
            return Ties(own=own, parent=reference.casefold() if reference.casefold().startswith("id:") else f"sku:{parent}")
        return Ties(own=own)

    def read(self, rows: Sequence[Cells]) -> Incoming:
        first = next((row for row in rows if "variation" not in row.get("woo_type").casefold()), None)
        if first is None:
            raise Refused(_("This variant names a creation that the file does not have: %(parent)s.") % {"parent": rows[0].get("parent")[:80] or "—"})
        kind = first.get("woo_type").casefold()
        if "grouped" in kind or "external" in kind:
            raise Refused(_("It is a group of products or a link to another shop: there is nothing to sell in it."))
        said = Reading()
        draft = Draft(self._key(first), rows, said, title=first.get("title"), facts=common_facts(first, said))
        if "downloadable" in kind or "virtual" in kind:
            said.note(_("It is sold as a file in the other shop; here creations are things that travel."))
        for address in _pictures(first):
            draft.picture(address)
        children = [row for row in rows if row is not first]
        if children:
            self._vary(draft, first, children)
        else:
            draft.facts.update(price_cents=amounts.price(first.get("price"), said), stock=_stock(first, said), sku=first.get("sku"), weight_g=weight_of(first, said))
            if "variable" in kind:
                said.note(_("The file has no variants of it, though it should: only what they share was taken."))
        self._describe(draft, first, rows)
        return draft.finished()

    def _key(self, row: Cells) -> str:
        return f"id:{row.get('id')}" if row.get("id") else f"sku:{row.get('sku')}" if row.get("sku") else f"title:{words.words_of(row.get('title'))}"

    def _vary(self, draft: Draft, first: Cells, children: list[Cells]) -> None:
        offered = dict(_choices(first))
        for row in children:
            chosen = {name: values[0] for name, values in _choices(row) if values}
            # « Any colour »: the variation stands for each value that the product offers.
            open_axes = [(name, offered[name]) for name in (name for name, values in _choices(row) if not values) if offered.get(name)]
            picture = next((draft.picture(address) for address in _pictures(row)[:1]), "")
            stock = _stock(row, draft.said)
            for more in crossed(open_axes):
                values = {name: (chosen | more)[name] for name in [*offered, *chosen] if name in chosen | more}
                if not values:
                    raise Refused(_("The variants of it say no size, colour or other choice."))
                weight = weight_of(row, draft.said) or weight_of(first, draft.said)
                draft.variants.append(WholeVariant(values, amounts.price(row.get("price"), draft.said), stock, row.get("sku")[:100] if not more else "", weight, picture))
            if len(draft.variants) > 2000:
                break
            if row.get("sale_price"):
                draft.said.note(reduced())

    def _describe(self, draft: Draft, first: Cells, rows: Sequence[Cells]) -> None:
        if any(row.get("sale_price") for row in rows):
            draft.said.note(reduced())
        if first.get("published") == "-1":
            draft.said.note(_("It was a draft in the other shop."))
        named = [(words.words_of(name), values) for name, values in _choices(first)]
        draft.facts["colours"] = draft.facts["colours"] or words.colours_in(*(value for name, values in named if name.startswith(("couleur", "colo", "farb", "kleur", "kolor", "cor", "цвет")) for value in values))
        draft.facts["materials"] = draft.facts["materials"] or words.materials_in(tuple(value for name, values in named if name.startswith(("mat", "стал", "stoff")) for value in values))
        categories = " ; ".join(part.rsplit(">", 1)[-1] for part in first.get("category").split(","))
        draft.category_words = f"{categories} ; {draft.title} ; {first.get('tags')}"


def reduced() -> str:
    return _("The sale price was left and the regular one taken: a price is struck out here only when it is true of the last thirty days.")


def _types(sample: Sample, place: int, *, sure: bool) -> bool:
    """A column of kinds of products: all of them known, or most where another column is sure (extensions add kinds)."""
    found = [{part.strip().casefold() for part in cell.split(",")} for cell in sample.column(place)]
    known = sum(1 for kinds in found if kinds & TYPES)
    return known > 0 and (known == len(found) if sure else 2 * known >= len(found))


def _mend(sample: Sample, names: Columns) -> None:
    """Two columns of one meaning in a file of chosen columns: the reduced price stands before the full one, yes or no before the count."""
    if names.count("price") == 2 and "sale_price" not in names:
        names[names.index("price")] = "sale_price"
    for place, name in enumerate(names):
        if name == "quantity" and ("?" in sample.headers[place] or "？" in sample.headers[place]):
            names[place] = "in_stock"


def _ordered(sample: Sample, kind: int, visible: int) -> dict[int, str]:
    """What stands where, in the order that the export always has; empty where columns were left out or moved."""
    width = len(sample.headers)
    if visible - kind not in (5, 6) or not sample.mostly(min(visible + 5, width - 1), {"taxable", "shipping", "none"}):
        return {}
    weights = [place for place in range(visible + 10, min(visible + 15, width)) if unit_of(sample.headers[place]) in WEIGHTS]
    start = weights[0] if weights else visible + len(BEFORE_WEIGHT) + 3
    if width < start + len(FROM_WEIGHT):
        return {}
    names = ["woo_type", "sku", *([""] if visible - kind == 6 else []), "title", "published", ""]
    found = {kind + step: name for step, name in enumerate(names)}
    found |= {visible + step: name for step, name in enumerate(BEFORE_WEIGHT)} | {start + step: name for step, name in enumerate(FROM_WEIGHT)}
    found |= dict.fromkeys(range(visible + len(BEFORE_WEIGHT), start), "")
    return found | ({kind - 1: "id"} if kind else {})


def _attributes(sample: Sample) -> list[tuple[int, str]]:
    """Runs of columns with the same number, name first and values second."""
    found: list[tuple[int, str]] = []
    seen: set[int] = set()
    for place in range(20, len(sample.headers) - 1):
        number = number_of(sample.headers[place])
        before = number_of(sample.headers[place - 1])
        alike = number and number == number_of(sample.headers[place + 1]) and number != before
        if alike and number not in seen and not sample.headers[place].casefold().startswith(("meta", "méta", "мета", "pola")):
            seen.add(number)
            found += [(place, f"option{number}_name"), (place + 1, f"option{number}_values")]
    return found


def _choices(row: Cells) -> list[tuple[str, tuple[str, ...]]]:
    """(axis, values) of each attribute that the row has; a comma inside a value is written « \\, »."""
    found = []
    numbers = sorted(int(name[6:-5]) for name in row.by_name if name.startswith("option") and name.endswith("_name"))
    for number in numbers:
        if name := row.get(f"option{number}_name"):
            values = cells.listed(row.get(f"option{number}_values").replace("\\,", "\0"), separators=",|", most=60, count=101)
            found.append((axis_name(name, number), tuple(value.replace("\0", ",") for value in values)))
    return found


def _pictures(row: Cells) -> list[str]:
    return [address.strip() for address in row.get("image").replace("|", ",").replace(", http", ",http").split(",") if address.strip()]


def _stock(row: Cells, said: Reading) -> int:
    count = cells.pieces(row.get("quantity"), said)
    if count is not None:
        return count
    available = cells.truth(row.get("in_stock"))
    if available is False:
        return 0
    said.note(_("The other shop did not count this stock: please check it."))
    return 1
