"""An application as those who read it see it: one value with identity, making, charter and account; nothing is computed in a page."""

from dataclasses import dataclass
from datetime import date, datetime

from shop.opening.models import Application
from shop.opening.readiness import missing
from shop.psp.models import ProviderAccount
from shop.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class AccountFile:
    """The account at the provider: its state in words, whose it is, and what the provider waits for."""

    state: str
    label: str
    holder_name: str
    bank: str
    currently_due: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplicationFile:
    """`pictures` are numbers of MakingPicture; `missing` sentences, empty when it may be approved."""

    vendor: Vendor
    person: str
    birth_date: date | None
    birth_place: str
    made_by: str
    made_where: str
    bought_parts: str
    pictures: tuple[int, ...]
    charter_version: str
    charter_signed_at: datetime | None
    submitted_at: datetime | None
    account: AccountFile | None
    missing: tuple[str, ...]


def application_file(vendor: Vendor) -> ApplicationFile:
    """The file of one boutique; those opened before openings were kept have an empty one. Seven queries."""
    found = Application.objects.prefetch_related("pictures").filter(vendor=vendor).first() or Application()
    account = ProviderAccount.objects.filter(vendor=vendor).first()
    return ApplicationFile(
        vendor=vendor,
        person=f"{found.first_name} {found.last_name}".strip(),
        birth_date=found.birth_date,
        birth_place=found.birth_place,
        made_by=found.made_by,
        made_where=found.made_where,
        bought_parts=found.bought_parts,
        pictures=tuple(picture.pk for picture in found.pictures.all()) if found.pk else (),
        charter_version=vendor.charter_version,
        charter_signed_at=vendor.charter_signed_at,
        submitted_at=found.submitted_at,
        account=_account_file(account) if account else None,
        missing=tuple(missing(vendor)),
    )


def _account_file(account: ProviderAccount) -> AccountFile:
    bank = f"{account.bank_name} •••• {account.iban_last4}" if account.iban_last4 else account.bank_name
    return AccountFile(
        state=account.state,
        label=str(account.get_state_display()),  # type: ignore[attr-defined]
        holder_name=account.holder_name,
        bank=bank,
        currently_due=tuple(account.currently_due),
    )
