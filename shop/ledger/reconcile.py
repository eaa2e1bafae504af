"""Checks of the books against themselves and against what was sold: each gives sentences about what is wrong."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Sum

from shop.ledger.models import AccountKind, Entry, EntryKind, Posting


def unbalanced_entries() -> Iterator[str]:
    """I1: the postings of every entry sum to zero, and there are at least two."""
    rows = Entry.objects.annotate(total=Sum("postings__amount_cents"), count=Count("postings"))
    for entry in rows.exclude(total=0, count__gte=2):
        yield f"entry {entry.key} sums to {entry.total} over {entry.count} postings"


def booked(kinds: tuple[str, ...], account: str) -> dict[str, int]:
    """What entries of these kinds moved on an account, by order number, as a debit."""
    rows = Posting.objects.filter(entry__kind__in=kinds, account__kind=account).values_list("entry__order_number")
    return dict(rows.annotate(total=Sum("amount_cents")))


def sales_by_order() -> dict[str, int]:
    return booked((EntryKind.SALE,), AccountKind.PSP_CLEARING)


def contributions_by_number() -> dict[str, int]:
    return booked((EntryKind.CONTRIBUTION,), AccountKind.PSP_CLEARING)


def moved_by_number(numbers: Iterable[str]) -> dict[str, int]:
    """What became of the money of these orders or gifts, in cents: charged, refunded, owed to vendors, commission with VAT."""
    rows = Posting.objects.filter(entry__order_number__in=list(numbers)).values_list("account__kind", "entry__kind")
    moved = {"charged": 0, "refunded": 0, "owed": 0, "commission": 0}
    for account, kind, total in rows.annotate(total=Sum("amount_cents")).order_by():
        if account == AccountKind.PSP_CLEARING:
            moved["charged" if kind in (EntryKind.SALE, EntryKind.CONTRIBUTION) else "refunded"] += abs(total)
        elif account in (AccountKind.COMMISSION, AccountKind.COMMISSION_VAT):
            moved["commission"] -= total
        else:
            moved["owed"] -= total
    return moved


def refunds_by_order() -> dict[str, int]:
    return {number: -amount for number, amount in booked((EntryKind.REFUND,), AccountKind.PSP_CLEARING).items()}


def pending_by_order() -> dict[str, int]:
    """What is still owed for orders under way, by order number, in cents."""
    return {number: -amount for number, amount in booked(tuple(EntryKind.values), AccountKind.VENDOR_PENDING).items()}


def overpaid_vendors() -> Iterator[str]:
    """I8: nobody was paid more than they earned less what was refunded."""
    rows = Posting.objects.filter(account__kind=AccountKind.VENDOR_AVAILABLE).values_list("account__vendor_id")
    for vendor_id, total in rows.annotate(total=Sum("amount_cents")):
        paid = Posting.objects.filter(
            account__vendor_id=vendor_id, account__kind=AccountKind.VENDOR_AVAILABLE, entry__kind=EntryKind.PAYOUT
        ).exists()
        if total > 0 and paid:
            yield f"vendor {vendor_id} was paid {total} cents more than available"


def clearing_balance() -> int:
    """What the provider holds for us, in cents: captured less refunded less paid out."""
    return int(Posting.objects.filter(account__kind=AccountKind.PSP_CLEARING).aggregate(total=Sum("amount_cents"))["total"] or 0)


def owed_and_kept() -> int:
    """What is owed to vendors and kept as commission and its VAT, in cents: equals the clearing balance."""
    others = Posting.objects.exclude(account__kind=AccountKind.PSP_CLEARING)
    return -int(others.aggregate(total=Sum("amount_cents"))["total"] or 0)
