"""The statement, to the cent, as the ledger tells it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from lapinblanc.sheets import guarded

from shop.exporting.book import Book
from shop.exporting.content.orders import euros
from shop.ledger.balances import vendor_statement
from shop.vendors.models import Vendor


class Statement:
    name = "releve"
    files: Sequence[str] = ("releve.csv",)
    about = _("Every movement of what we owe you, with the balance after it.")

    def size(self, vendor: Vendor) -> int:
        return 1

    def write(self, book: Book) -> None:
        with book.table("releve.csv", ("date", "mouvement", "commande", "montant (€)", "solde (€)"), delimiter=";", mark=True) as table:
            for line in vendor_statement(vendor_id=book.vendor.pk):
                table.add((line.occurred_at.isoformat(), guarded(line.label), guarded(line.order_number), euros(line.amount.cents), euros(line.balance.cents)))
        book.step(1)
