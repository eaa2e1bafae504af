"""Reads of the ledger: balances and a vendor's statement. Amounts are what we owe, positive in the vendor's favour."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from lapinblanc.money import Money

from shop.ledger.models import AccountKind, EntryKind, Posting


@dataclass(frozen=True, slots=True)
class VendorBalance:
    pending: Money
    available: Money

    @property
    def total(self) -> Money:
        return self.pending + self.available


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement on a vendor's account; `amount` positive when the vendor gains; `balance` after it.

    `is_order` is false for a gift, which is no order.
    """

    occurred_at: datetime
    kind: str
    label: str
    order_number: str
    amount: Money
    balance: Money
    is_order: bool = True


def vendor_balance(*, vendor_id: int) -> VendorBalance:
    sums = dict(
        Posting.objects.filter(account__vendor_id=vendor_id)
        .values_list("account__kind")
        .annotate(total=Sum("amount_cents"))
    )
    return VendorBalance(
        pending=Money(-sums.get(AccountKind.VENDOR_PENDING, 0)),
        available=Money(-sums.get(AccountKind.VENDOR_AVAILABLE, 0)),
    )


def balance_of(kind: str) -> Money:
    """The balance of one of the cooperative's own accounts, as a debit."""
    return Money(Posting.objects.filter(account__kind=kind).aggregate(total=Sum("amount_cents"))["total"] or 0)


def vendor_statement(*, vendor_id: int) -> list[StatementLine]:
    """Every movement that changed what a vendor is owed, oldest first, with the running balance."""
    rows = (
        Posting.objects.filter(account__vendor_id=vendor_id)
        .values("entry_id", "entry__occurred_at", "entry__kind", "entry__order_number", "entry__purchase_number")
        .annotate(total=Sum("amount_cents"))
        .order_by("entry__occurred_at", "entry_id")
    )
    lines, running = [], Money(0)
    for row in rows:
        amount = Money(-row["total"])
        running += amount
        lines.append(
            StatementLine(
                occurred_at=row["entry__occurred_at"],
                kind=row["entry__kind"],
                label=str(EntryKind(row["entry__kind"]).label),
                order_number=row["entry__order_number"],
                amount=amount,
                balance=running,
                is_order=bool(row["entry__purchase_number"]),
            )
        )
    return lines

