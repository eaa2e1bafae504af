"""The vendor's table of creations: filters that stand in the address, a page of rows in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy
from lapinblanc.money import Money
from lapinblanc.numbers import whole

from shop.catalogue.models import ListingState, Product
from shop.catalogue.whole.reading import cents_of
from shop.partner.models import StockRecord
from shop.vendors.models import Section, Vendor

PAGE = 50
LOW = 2
SORTS = {
    "": (gettext_lazy("Newest first"), ("-pk",)),
    "titre": (gettext_lazy("By title"), ("title", "pk")),
    "prix": (gettext_lazy("By price"), ("price_cents", "pk")),
    "modif": (gettext_lazy("Last changed first"), ("-date_updated", "-pk")),
}
STOCKS = {
    "": gettext_lazy("All stocks"), "epuise": gettext_lazy("Sold out"), "bas": gettext_lazy("Two pieces or fewer"), "commande": gettext_lazy("Made to order"),
}
GAPS = {
    "": gettext_lazy("Complete or not"), "photos": gettext_lazy("Fewer than three pictures"), "matieres": gettext_lazy("Without materials"),
    "dimensions": gettext_lazy("Without sizes"), "rayon": gettext_lazy("In no section"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """As they stand in the address; what is not known is left out."""

    state: str = ""
    section: int | None = None
    words: str = ""
    stock: str = ""
    gap: str = ""
    sort: str = ""

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Filters":
        def among(name: str, known: Any) -> str:
            return said.get(name, "") if said.get(name, "") in known else ""

        return cls(
            state=among("etat", ListingState.values), section=whole(said.get("rayon", "")), words=said.get("q", "").replace("\0", "").strip()[:80],
            stock=among("stock", STOCKS), gap=among("manque", GAPS), sort=among("tri", SORTS),
        )

    def address(self, **more: Any) -> str:
        facts = {"etat": self.state, "rayon": self.section, "q": self.words, "stock": self.stock, "manque": self.gap, "tri": self.sort, **more}
        return urlencode({name: value for name, value in facts.items() if value not in ("", None)})

    def rows(self, vendor: Vendor) -> QuerySet[Any]:
        rows = Product.objects.by(vendor)
        rows = rows.filter(state=self.state) if self.state else rows.exclude(state=ListingState.REMOVED)
        rows = rows.filter(section__vendor=vendor, section=self.section) if self.section is not None else rows
        for word in self.words.split():
            rows = rows.filter(Q(title__icontains=word) | Q(tags__contains=[word]) | Exists(_records(partner_sku__istartswith=word)))
        return self._gaps(self._stocks(rows))

    def _stocks(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.stock == "commande":
            return rows.filter(made_to_order=True)
        if self.stock == "epuise":
            return rows.filter(sellable=False, made_to_order=False)
        if self.stock == "bas":
            return rows.filter(Exists(_records(num_in_stock__lte=LOW, product__is_public=True)), made_to_order=False)
        return rows

    def _gaps(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.gap == "photos":
            return rows.annotate(picture_count=Count("images")).filter(picture_count__lt=3)
        if self.gap == "matieres":
            return rows.filter(materials=[])
        if self.gap == "dimensions":
            return rows.filter(length_mm=None, width_mm=None, height_mm=None, diameter_mm=None)
        return rows.filter(section=None) if self.gap == "rayon" else rows


def _records(**facts: Any) -> QuerySet[Any]:
    """Stock records of a listing or of its variants."""
    return StockRecord.objects.filter(Q(product=OuterRef("pk")) | Q(product__parent=OuterRef("pk")), **facts)


@dataclass(frozen=True, slots=True)
class TableRow:
    """`price` and `stock` None where variants or making to order hold them; `priced`: its price is its own, given or not; `pieces` of all variants together."""

    id: int
    title: str
    state: str
    state_label: str
    section: str
    price: Money | None
    priced: bool
    price_written: str
    stock: int | None
    pieces: int | None
    variants: int
    picture: str
    publish_at: Any


def table_page(rows: QuerySet[Any], *, sort: str, start: int) -> tuple[list[TableRow], bool]:
    """Fifty rows from `start`, and whether there are more; six queries whatever they hold."""
    found = list(
        rows.order_by(*SORTS[sort][1]).select_related("section").prefetch_related("stockrecords", "children__stockrecords")[start : start + PAGE + 1]
    )
    return [_row(product) for product in found[:PAGE]], len(found) > PAGE


def sections_of(vendor: Vendor) -> list[tuple[int, str]]:
    return list(Section.objects.filter(vendor=vendor).values_list("pk", "name"))


def _row(product: Any) -> TableRow:
    children = [child for child in product.children.all() if child.is_public] if product.is_parent else []
    records = [record for piece in (children or [product]) for record in piece.stockrecords.all()]
    own = records[0] if records and not children else None
    cents = cents_of(own)
    return TableRow(
        id=product.pk, title=product.title, state=product.state, state_label=str(ListingState(product.state).label),
        section=product.section.name if product.section else "",
        price=Money(product.price_cents) if product.price_cents is not None else None,
        priced=own is not None,
        price_written=f"{cents // 100},{cents % 100:02d}" if cents is not None else "",
        stock=own.num_in_stock if own is not None else None,
        pieces=None if product.made_to_order else sum(record.net_stock_level for record in records),
        variants=len(children),
        picture=((product.card or {}).get("picture") or {}).get("src_small", ""),
        publish_at=product.publish_at,
    )
