"""The vendors' accounts from our side: open one, tell a change, look again. The provider is the truth; rows follow it.

The row's lock is held while the provider is asked, so that the answer written last is the one asked for last: events
may come twice, late or in any order. The IBAN passes through and is never written here.
"""

from django.db import transaction
from lapinblanc import clock
from lapinblanc.previews import is_preview

from shop.psp.models import AccountState, ProviderAccount
from shop.psp.provider import AccountFacts, HolderFacts, ProviderError, provider
from shop.vendors.models import Vendor


def holder_of(vendor: Vendor) -> HolderFacts:
    return HolderFacts(kind=str(vendor.legal_status), name=vendor.legal_name, email=vendor.email)


def open_account(*, vendor: Vendor, iban: str) -> ProviderAccount:
    """The vendor's account, opened or told its new bank account and holder; twice is once. Raises ProviderError, ProviderRefused."""
    _refuse_in_a_preview()
    known = ProviderAccount.objects.filter(vendor=vendor).first()
    if known is not None:
        return _told(known, holder_of(vendor), iban)
    from_provider = provider()
    facts = from_provider.create_account(key=f"vendor:{vendor.pk}", holder=holder_of(vendor), iban=iban)
    with transaction.atomic():
        account, _made = ProviderAccount.objects.get_or_create(
            vendor=vendor, defaults={"provider": from_provider.name, "reference": facts.reference}
        )
        Vendor.objects.filter(pk=vendor.pk).exclude(psp_account=facts.reference).update(psp_account=facts.reference)
    return refresh_account(account)


def refresh_account(account: ProviderAccount) -> ProviderAccount:
    """Ask the provider and follow it. Raises ProviderError."""
    _refuse_in_a_preview()
    with transaction.atomic():
        locked = ProviderAccount.objects.select_for_update().get(pk=account.pk)
        _write(locked, provider(locked.provider).retrieve_account(reference=locked.reference))
    return locked


def onboarding_url(account: ProviderAccount, *, return_url: str) -> str:
    """Where the vendor proves who they are. Raises ProviderError."""
    _refuse_in_a_preview()
    return provider(account.provider).onboarding_url(reference=account.reference, return_url=return_url)


def _told(account: ProviderAccount, holder: HolderFacts, iban: str) -> ProviderAccount:
    with transaction.atomic():
        locked = ProviderAccount.objects.select_for_update().get(pk=account.pk)
        _write(locked, provider(locked.provider).change_account(reference=locked.reference, holder=holder, iban=iban))
    return locked


def _write(account: ProviderAccount, facts: AccountFacts) -> None:
    account.state = AccountState(facts.state)
    account.currently_due = list(facts.currently_due)
    account.holder_kind, account.holder_name = facts.holder_kind, facts.holder_name
    account.bank_name, account.iban_last4 = facts.bank_name, facts.iban_last4[-4:]
    account.asked_at = clock.now()
    if account.is_enabled and account.enabled_at is None:
        account.enabled_at = clock.now()
    account.save()


def _refuse_in_a_preview() -> None:
    """A provider is outside: what it is told cannot be rolled back. Raises ProviderError."""
    if is_preview():
        raise ProviderError("a look at another date opens and changes no account")
