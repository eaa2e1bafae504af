"""Openings of the demo: accounts at the sandbox bank for open boutiques, the charter signed, and boutiques on their way."""

import secrets
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.timezone import make_aware

from lapinblanc import clock
from shop.opening.charter import current
from shop.psp.models import AccountState, ProviderAccount
from shop.psp.providers.sandbox.models import SandboxAccount
from shop.vendors.models import Vendor

BANKS = (("LA BANQUE POSTALE", "2606"), ("CREDIT COOPERATIF", "4471"), ("CREDIT AGRICOLE", "9035"), ("CREDIT MUTUEL", "1182"))


def signed(facts: dict[str, Any]) -> dict[str, Any]:
    """The charter is signed, and the account opened, the day before the boutique."""
    opened = datetime.fromisoformat(facts["since"]).date()
    at = make_aware(datetime.combine(opened - timedelta(days=1), time(10, 30)))
    return {
        "charter_version": current().version, "charter_signed_at": at, "certified_at": at,
        "psp_account": f"acct_{secrets.token_hex(12)}",
    }


def enable_account(vendor: Vendor, *, place: int, state: str = AccountState.ENABLED) -> None:
    """In the sandbox's books and in ours, as if the vendor had been there."""
    at = vendor.charter_signed_at or clock.now()
    bank, last4 = BANKS[place % len(BANKS)]
    facts = {
        "state": state, "holder_kind": vendor.legal_status, "holder_name": vendor.legal_name, "bank_name": bank, "iban_last4": last4,
        "created_at": at, "currently_due": [] if state == AccountState.ENABLED else ["identity"],
    }
    SandboxAccount.objects.create(reference=vendor.psp_account, key=f"vendor:{vendor.pk}", email=vendor.email, **facts)
    enabled = at if state == AccountState.ENABLED else None
    ProviderAccount.objects.create(vendor=vendor, provider="sandbox", reference=vendor.psp_account, enabled_at=enabled, **facts)
