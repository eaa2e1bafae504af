"""Squarespace's products: the first row of a product is its first variant too, the rows after it have neither number nor title.

Pictures stand in one cell, a line or a space apart; « Unlimited » is a stock that nobody counts.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shop.catalogue.whole.values import WholeVariant
from shop.importing import amounts, cells
from shop.importing.formats.shape import Columns, Draft, Sample, Ties, common_facts, weight_of
from shop.importing.formats.shopify import options_of, stock_of
from shop.importing.incoming import Cells, Incoming, Reading

OWN = {"product id": "id", "variant id": "", "product type": "kind", "product page": "", "product url": "handle", "title": "title", "on sale": "", "visible": "published", "hosted image urls": "image"}


class Squarespace:
    name = "squarespace"
    label = "Squarespace"

    def recognise(self, sample: Sample) -> tuple[int, Columns]:
        plain = [header.casefold().replace("[non editable]", "").strip() for header in sample.headers]
        marked = any("[non editable]" in header.casefold() for header in sample.headers)
        if "title" not in plain or not (marked or {"product page", "hosted image urls"} <= set(plain)):
            return 0, []
        return 98, [OWN.get(header, name) for header, name in zip(plain, sample.names, strict=True)]

    def ties(self, row: Cells) -> Ties | None:
        number = row.get("id") or (row.get("handle") if row.get("title") else "")
        if number or row.get("title"):
            return Ties(own=(f"id:{number}" if number else f"line:{row.line}",))
        return Ties(own=())

    def read(self, rows: Sequence[Cells]) -> Incoming:
        first, said = rows[0], Reading()
        number = first.get("id") or first.get("handle") or f"title:{first.get('title')}"
        draft = Draft(f"id:{number}", rows, said, title=first.get("title"), facts=common_facts(first, said))
        for row in rows:
            for address in row.get("image").split():
                draft.picture(address)
        names = [next((row.get(f"option{n}_name") for row in rows if row.get(f"option{n}_name")), "") for n in range(1, 7)]
        pieces = [row for row in rows if any(row.get(f"option{n}_values") for n in range(1, 7))]
        if pieces:
            draft.variants = [WholeVariant(options_of(row, names), amounts.price(row.get("price"), said), stock_of(row, said), row.get("sku")[:100], weight_of(row, said, "")) for row in pieces]
        else:
            draft.facts.update(price_cents=amounts.price(first.get("price"), said), stock=stock_of(first, said), sku=first.get("sku"), weight_g=weight_of(first, said, ""))
        if any(row.get("sale_price").strip("0., ") for row in rows):
            said.note(_("The reduction was left: a price is struck out here only when it is true of the last thirty days."))
        if cells.truth(first.get("published")) is False:
            said.note(_("It was not shown in the other shop."))
        if first.get("kind").casefold() in ("digital", "download", "service", "gift_card"):
            said.note(_("It is sold as a file in the other shop; here creations are things that travel."))
        draft.category_words = f"{first.get('category').replace('/', ' ; ').replace(',', ' ; ')} ; {draft.title} ; {first.get('tags')}"
        return draft.finished()
