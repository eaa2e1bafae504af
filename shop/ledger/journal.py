"""The only writer of the ledger. Each verb is one entry, named by a key: writing it again changes nothing.

A positive posting debits, a negative one credits. What the cooperative holds for others is a liability (credit).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from lapinblanc.money import Money

from shop.commissions.amounts import Commission
from shop.ledger.models import Account, AccountKind, Entry, EntryKind, Posting


@dataclass(frozen=True, slots=True)
class About:
    """Which order of which vendor an entry is about."""

    vendor_id: int
    order_number: str
    purchase_number: str


def record_sale(*, about: About, total: Money) -> None:
    """The provider holds `total`; all of it is owed to the vendor until the commission is taken."""
    _write(
        EntryKind.SALE,
        f"sale:{about.order_number}",
        about,
        [(AccountKind.PSP_CLEARING, total), (AccountKind.VENDOR_PENDING, -total)],
    )


def record_contribution(*, about: About, total: Money, commission: Commission) -> None:
    """A gift without counterpart: nothing is to be delivered for it, so that it is available at once, less the commission."""
    _write(
        EntryKind.CONTRIBUTION,
        f"contribution:{about.order_number}",
        about,
        [(AccountKind.PSP_CLEARING, total), (AccountKind.VENDOR_AVAILABLE, -total)],
    )
    record_commission(about=about, commission=commission, owed=AccountKind.VENDOR_AVAILABLE)


def record_commission(*, about: About, commission: Commission, owed: str = AccountKind.VENDOR_PENDING) -> None:
    """The cooperative takes its commission and the VAT on it from what it owes."""
    _write(
        EntryKind.COMMISSION,
        f"commission:{about.order_number}",
        about,
        [
            (owed, commission.incl),
            (AccountKind.COMMISSION, -commission.excl),
            (AccountKind.COMMISSION_VAT, -commission.vat),
        ],
    )


def record_release(*, about: About, amount: Money) -> None:
    """The parcel arrived: what was pending becomes available for the next payout."""
    _write(
        EntryKind.RELEASE,
        f"release:{about.order_number}",
        about,
        [(AccountKind.VENDOR_PENDING, amount), (AccountKind.VENDOR_AVAILABLE, -amount)],
    )


def record_refund(*, about: About, key: str, amount: Money, commission: Commission, released: bool) -> None:
    """Money goes back to the buyer; the commission on it goes back to the vendor. `key` names the refund."""
    owed = AccountKind.VENDOR_AVAILABLE if released else AccountKind.VENDOR_PENDING
    _write(EntryKind.REFUND, f"refund:{key}", about, [(owed, amount), (AccountKind.PSP_CLEARING, -amount)])
    _write(
        EntryKind.COMMISSION_REFUND,
        f"commission_refund:{key}",
        about,
        [
            (AccountKind.COMMISSION, commission.excl),
            (AccountKind.COMMISSION_VAT, commission.vat),
            (owed, -commission.incl),
        ],
    )


def record_payout(*, about: About, key: str, amount: Money) -> None:
    """The provider paid `amount` of what is available to the vendor's bank."""
    _write(
        EntryKind.PAYOUT,
        f"payout:{key}",
        about,
        [(AccountKind.VENDOR_AVAILABLE, amount), (AccountKind.PSP_CLEARING, -amount)],
    )


def _write(kind: str, key: str, about: About, postings: Iterable[tuple[str, Money]]) -> None:
    moved = [(account, amount) for account, amount in postings if amount]
    if not moved:
        return
    with transaction.atomic():
        entry, made = Entry.objects.get_or_create(
            key=key,
            defaults={"kind": kind, "order_number": about.order_number, "purchase_number": about.purchase_number},
        )
        if made:
            Posting.objects.bulk_create(
                Posting(entry=entry, account=_account(account, about.vendor_id), amount_cents=amount.cents)
                for account, amount in moved
            )


def _account(kind: str, vendor_id: int) -> Any:
    of_vendor = vendor_id if kind.startswith("vendor_") else None
    account, _made = Account.objects.get_or_create(kind=kind, vendor_id=of_vendor)
    return account
