"""The port to a payment provider: what every provider must do, in the shape of a PaymentIntent with a transfer group.

Every call that moves money takes an idempotency key: calling twice with one key is one effect. Providers live in
`providers/<name>/`; `provider()` gives the one that the settings name.

A payment opened with `capture="manual"` is only promised: `authorized` until `capture_payment` takes it or
`cancel_payment` lets it go. A campaign lasts longer than a bank keeps an amount set aside (about a week for most
cards). A real provider therefore hides two ways behind these verbs: for a short promise, an authorisation captured
later; for a long one, the card saved with the buyer's agreement to be charged once, up to this amount, by a set date
(a mandate, with strong authentication when it is given), and charged without the buyer when the time has come. In both
ways the bank may still refuse on that day: then the answer of `capture_payment` is `cancelled`.

A vendor is paid through an account of their own at the provider (LAW Y3): opened with what we know, completed by the
vendor on a page of the provider, who checks who they are. Bank details pass through and stay there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Protocol

from django.conf import settings
from lapinblanc.money import Money


class ProviderError(Exception):
    """The provider could not be reached or answered nonsense: nothing is known, ask again with the same key."""


class ProviderRefused(Exception):
    """The provider understood and said no (a refund beyond what was captured, another amount under a used key)."""


class BadSignature(Exception):
    """An event that the provider did not sign, or signed too long ago."""


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """A payment as the provider tells it. `state`: created, processing, authorized, succeeded, cancelled."""

    reference: str
    state: str
    amount: Money
    refunded: Money
    method: str
    pay_url: str


@dataclass(frozen=True, slots=True)
class MovementFacts:
    """A refund, a transfer or the reversal of one, as the provider tells it."""

    reference: str
    amount: Money


@dataclass(frozen=True, slots=True)
class HolderFacts:
    """Who an account is for. `kind`: micro, company or private; `name` as the law knows them."""

    kind: str
    name: str
    email: str
    country: str = "FR"


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """A vendor's account as the provider tells it.

    `state`: created, kyc_pending, restricted, enabled or disabled. `currently_due` names what the provider waits for:
    identity, document, bank_account. Of the IBAN only its last four signs come back.
    """

    reference: str
    state: str
    currently_due: tuple[str, ...]
    holder_kind: str
    holder_name: str
    bank_name: str
    iban_last4: str


@dataclass(frozen=True, slots=True)
class EventFacts:
    """A verified event. `kind`: payment.authorized, .succeeded, .failed, .processing or .cancelled; refund.succeeded; account.updated."""

    id: str
    kind: str
    payment_reference: str
    occurred_at: datetime
    payload: Mapping[str, object]
    account_reference: str = ""


class PaymentProvider(Protocol):
    name: str

    def create_payment(
        self,
        *,
        key: str,
        amount: Money,
        transfer_group: str,
        description: str,
        email: str,
        return_url: str,
        capture: str = "automatic",
    ) -> PaymentFacts:
        """Open a payment that the buyer confirms at `pay_url`; `capture="manual"` promises it only.

        Raises ProviderError, ProviderRefused.
        """
        ...

    def capture_payment(self, *, key: str, reference: str, amount: Money) -> PaymentFacts:
        """Take what was promised: `succeeded`, or `cancelled` when the bank refuses it on that day.

        Raises ProviderError, and ProviderRefused for a payment that was not promised or for another amount.
        """
        ...

    def retrieve_payment(self, *, reference: str) -> PaymentFacts:
        """The truth about a payment now. Raises ProviderError."""
        ...

    def cancel_payment(self, *, reference: str) -> PaymentFacts:
        """Close a payment that was not made, or let a promised one go; one that succeeded or is under way stays so."""
        ...

    def refund(self, *, key: str, reference: str, amount: Money) -> MovementFacts:
        """Send money back to the buyer. Raises ProviderError, ProviderRefused beyond what was captured."""
        ...

    def create_transfer(
        self, *, key: str, account: str, amount: Money, transfer_group: str, source: str
    ) -> MovementFacts:
        """Move a vendor's share of payment `source` to their account. Raises ProviderError, ProviderRefused."""
        ...

    def reverse_transfer(self, *, key: str, reference: str, amount: Money) -> MovementFacts:
        """Take part of a transfer back. Raises ProviderError, ProviderRefused."""
        ...

    def create_account(self, *, key: str, holder: HolderFacts, iban: str) -> AccountFacts:
        """Open a vendor's account; the same key gives the same one, told again who it is for. Raises ProviderError, ProviderRefused."""
        ...

    def change_account(self, *, reference: str, holder: HolderFacts, iban: str = "") -> AccountFacts:
        """Another holder, another bank account, or both: the provider may then check again. Raises ProviderError."""
        ...

    def retrieve_account(self, *, reference: str) -> AccountFacts:
        """The truth about an account now. Raises ProviderError."""
        ...

    def onboarding_url(self, *, reference: str, return_url: str) -> str:
        """The provider's page where the vendor proves who they are. Raises ProviderError."""
        ...

    def parse_event(self, *, body: bytes, signature: str) -> EventFacts:
        """Verify and read an event. Raises BadSignature, ValueError for a body that is not one."""
        ...


@cache
def provider(name: str | None = None) -> PaymentProvider:
    """The provider named by the settings, or by a payment made earlier with another one."""
    module = import_module(f"shop.psp.providers.{name or settings.PAYMENT_PROVIDER}.provider")
    made: PaymentProvider = module.Provider()
    return made
