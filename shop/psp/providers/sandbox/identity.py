"""What happens to a vendor's account inside the sandbox: opened, checked, refused, closed, and the events that this makes.

Everything under a lock on the account's row, as a real provider would serialise it.
"""

import secrets

from django.db import transaction
from lapinblanc import clock
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from shop.psp.provider import HolderFacts, ProviderRefused
from shop.psp.providers.sandbox.models import SandboxAccount, SandboxEvent

# What the sandbox's page may answer: the state that follows, and what is still due then.
ANSWERS: dict[str, tuple[str, list[str]]] = {
    "confirm": ("enabled", []),
    "pending": ("kyc_pending", []),
    "refuse": ("restricted", ["document"]),
    "close": ("disabled", []),
}


@transaction.atomic
def open_account(*, key: str, holder: HolderFacts, iban: str) -> SandboxAccount:
    """One account a key; its holder and bank account are those told last. Raises ProviderRefused for an unknown IBAN."""
    last4, bank_name = _bank(iban)
    account, made = SandboxAccount.objects.get_or_create(
        key=key,
        defaults={
            "reference": f"acct_{secrets.token_hex(12)}",
            "holder_kind": holder.kind,
            "holder_name": holder.name,
            "email": holder.email,
            "country": holder.country,
            "bank_name": bank_name,
            "iban_last4": last4,
            "currently_due": ["identity"],
        },
    )
    if not made:
        return change(reference=account.reference, holder=holder, iban=iban)
    _tell(account)
    return account


@transaction.atomic
def change(*, reference: str, holder: HolderFacts, iban: str = "") -> SandboxAccount:
    """Another holder is somebody to be checked anew; another bank account of the same holder is not."""
    account = SandboxAccount.objects.select_for_update().get(reference=reference)
    before = (account.holder_kind, account.holder_name, account.bank_name, account.iban_last4)
    if iban:
        account.iban_last4, account.bank_name = _bank(iban)
    if (account.holder_kind, account.holder_name) != (holder.kind, holder.name):
        account.holder_kind, account.holder_name, account.email = holder.kind, holder.name, holder.email
        if account.state != "disabled":
            account.state, account.currently_due = "created", ["identity"]
    if before != (account.holder_kind, account.holder_name, account.bank_name, account.iban_last4):
        account.save()
        _tell(account)
    return account


@transaction.atomic
def answer(*, reference: str, said: str) -> SandboxAccount:
    """What happened on the hosted page. An account that is closed stays closed."""
    account = SandboxAccount.objects.select_for_update().get(reference=reference)
    if account.state == "disabled" or said not in ANSWERS:
        return account
    account.state, due = ANSWERS[said]
    account.currently_due = list(due)
    account.save()
    _tell(account)
    return account


def _bank(iban: str) -> tuple[str, str]:
    try:
        read = IBAN(iban)
    except SchwiftyException as wrong:
        raise ProviderRefused("not an IBAN") from wrong
    return str(read)[-4:], str(read.bank_name or "")[:120]


def _tell(account: SandboxAccount) -> None:
    SandboxEvent.objects.create(
        event_id=f"evt_{secrets.token_hex(12)}", kind="account.updated", account=account, occurred_at=clock.now()
    )
