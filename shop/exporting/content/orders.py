"""The orders of a boutique: its own contracts, with the name and address of those who bought.

Left out (LAW D2, D3): e-mail addresses, which the contract does not need and which are reached by messages here; the other
boutiques' part of a purchase. What an erasure took away is not there any more.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from lapinblanc.money import Money
from lapinblanc.sheets import guarded

from shop.exporting.book import Book
from shop.order.models import Order
from shop.vendors.models import Vendor

BATCH = 200
ADDRESS = ("first_name", "last_name", "line1", "line2", "line3", "line4", "postcode")
HEADER = (
    "commande", "date", "état", "nom", "adresse", "code postal", "ville", "pays", "créations", "créations (€)", "livraison (€)", "tva (€)",
    "commission (€)", "tva de la commission (€)", "remboursé (€)", "transporteurs", "suivis",
)


class Orders:
    name = "commandes"
    files: Sequence[str] = ("commandes.jsonl", "commandes.csv", "documents/")
    about = _("Your orders with their pieces, personalisation, parcels and refunds, the name and address of your buyers, and the contract of each.")

    def size(self, vendor: Vendor) -> int:
        return Order.objects.of_vendor(vendor).count()

    def write(self, book: Book) -> None:
        with ExitStack() as open_files:
            lines = open_files.enter_context(book.lines("commandes.jsonl"))
            table = open_files.enter_context(book.table("commandes.csv", HEADER, delimiter=";", mark=True))
            for batch in _batches(book.vendor):
                for order in batch:
                    lines.add(facts_of(order))
                    table.add(_row(order))
                    book.text(f"documents/{order.number}.html", render_to_string("exporting/contract.html", {"order": order, "total": Money(order.total_cents)}))
                    book.step(1)


def _batches(vendor: Vendor) -> Iterator[list[Any]]:
    rows = Order.objects.of_vendor(vendor).for_page().order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield batch


def facts_of(order: Any) -> dict[str, Any]:
    """A line of commandes.jsonl."""
    names = (
        "number", "status", "position", "currency", "goods_cents", "shipping_cents", "vat_cents", "refunded_cents", "commission_rate", "commission_cents",
        "commission_vat_cents", "seller_facts", "shipping_kind", "shipping_method", "relay_point", "buyer_note",
    )
    return {
        **{name: getattr(order, name) for name in names},
        "placed_at": order.date_placed,
        "state_changed_at": order.state_changed_at,
        "dispatch_due": order.dispatch_due,
        "evidence": order.purchase.evidence if order.purchase else "",
        "address": _address(order),
        "lines": [_line(line) for line in order.lines.all()],
        "parcels": [_parcel(parcel) for parcel in order.parcels.all()],
    }


def _address(order: Any) -> dict[str, str] | None:
    address = order.shipping_address
    if address is None:
        return None
    return {name: getattr(address, name) for name in ADDRESS} | {"country": address.country_id, "phone": str(address.phone_number or "")}


def _line(line: Any) -> dict[str, Any]:
    names = ("title", "variant", "personalisation", "quantity", "vat_rate", "vat_cents", "made_to_order", "withdrawal", "refunded_cents", "returned_quantity", "cancelled_quantity")
    return {
        "listing": line.product_id, "sku": line.partner_sku, "price_cents": Money.from_decimal(line.line_price_incl_tax).cents,
        **{name: getattr(line, name) for name in names},
    }


def _parcel(parcel: Any) -> dict[str, Any]:
    return {
        "carrier": parcel.carrier, "tracking": parcel.tracking, "shipped_at": parcel.shipped_at, "delivered_at": parcel.delivered_at,
        "lines": [{"title": row.line.title, "sku": row.line.partner_sku, "quantity": row.quantity} for row in parcel.lines.all()],
    }


def _row(order: Any) -> list[str]:
    address = order.shipping_address
    street = ", ".join(part for part in (address.line1, address.line2, address.line3) if part) if address else ""
    pieces = ", ".join(f"{line.quantity} × {line.title}{f' ({line.variant})' if line.variant else ''}" for line in order.lines.all())
    parcels = list(order.parcels.all())
    texts = [
        order.number, order.date_placed.isoformat(), order.get_status_label(), address.name if address else "", street,
        address.postcode if address else "", address.line4 if address else "", address.country_id if address else "", pieces,
    ]
    amounts = (
        order.goods_cents, order.shipping_cents, order.vat_cents, order.commission_cents, order.commission_vat_cents, order.refunded_cents,
    )
    return [*(guarded(text) for text in texts), *(euros(cents) for cents in amounts), guarded(", ".join(parcel.carrier for parcel in parcels)), guarded(", ".join(parcel.tracking for parcel in parcels))]


def euros(cents: int) -> str:
    """With a comma; a negative amount is a number and no formula, hence bare."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"
