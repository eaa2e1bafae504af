"""A table of one's own making: columns by whatever names, one row a creation. What no list of words knows is mapped by hand."""

from collections.abc import Sequence

from shop.importing import cells
from shop.importing.formats.shape import Columns, Draft, Sample, Ties, common_facts, title_key, weight_of
from shop.importing.incoming import Cells, Incoming, Reading


class Spreadsheet:
    name = "spreadsheet"
    label = "Tableur"

    def recognise(self, sample: Sample) -> tuple[int, Columns]:
        known = {name for name in sample.names if name}
        if "title" in known:
            return 30 + min(30, 5 * len(known)), list(sample.names)
        return 5, list(sample.names)

    def ties(self, row: Cells) -> Ties | None:
        return Ties(own=(f"line:{row.line}",))

    def read(self, rows: Sequence[Cells]) -> Incoming:
        row, said = rows[0], Reading()
        number = row.get("id") or row.get("handle")
        key = f"id:{number}" if number else f"sku:{row.get('sku')}" if row.get("sku") else title_key(row.get("title"))
        draft = Draft(key, rows, said, title=row.get("title"), facts=common_facts(row, said))
        gross = cells.price(row.get("price"), said, row.get("currency"))
        draft.net = gross is None and bool(row.get("net_price"))
        price = gross if gross is not None else cells.price(row.get("net_price"), said, row.get("currency"))
        stock = cells.pieces(row.get("quantity"), said)
        days = cells.pieces(row.get("lead_days"), said)
        draft.facts.update(price_cents=price, stock=stock if stock is not None else 1, sku=row.get("sku"), weight_g=weight_of(row, said, ""), lead_days=min(days, 365) if days else None)
        for cell in row.every("image"):
            for address in cell.replace("|", ",").replace(";", ",").replace("\n", ",").split(","):
                draft.picture(address)
        draft.category_words = f"{row.get('category')} ; {draft.title} ; {row.get('tags')}"
        return draft.finished()
