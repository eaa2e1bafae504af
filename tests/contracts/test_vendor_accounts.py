"""A vendor's account at the provider: what every provider must do, and rows that follow it whatever the events do (LAW Y3)."""

import itertools
from typing import Any

import pytest
from django.test import Client
from lapinblanc.previews import previewing

from shop.psp import accounts
from shop.psp.models import ProviderAccount, ProviderEvent
from shop.psp.provider import HolderFacts, PaymentProvider, ProviderError, ProviderRefused
from shop.psp.providers.sandbox import identity, signing
from shop.psp.providers.sandbox.delivery import body_of
from shop.psp.providers.sandbox.models import SandboxAccount, SandboxEvent
from shop.vendors.models import Vendor
from tests.contracts.test_provider import WEBHOOK, psp
from tests.factories import Market

__all__ = ["psp"]
pytestmark = pytest.mark.django_db
IBAN, OTHER = "FR1420041010050500013M02606", "DE89370400440532013000"
EVE = HolderFacts(kind="micro", name="Ève Martin EI", email="eve@example.org")


def test_a_key_is_one_account_and_follows_what_is_told_last(psp: PaymentProvider) -> None:
    first = psp.create_account(key="v1", holder=EVE, iban=IBAN)
    assert (first.state, first.currently_due, first.iban_last4) == ("created", ("identity",), "2606")
    assert psp.create_account(key="v1", holder=EVE, iban=IBAN) == first
    assert psp.create_account(key="v1", holder=EVE, iban=OTHER).iban_last4 == "3000"
    with pytest.raises(ProviderRefused):
        psp.create_account(key="v2", holder=EVE, iban="FR00")
    with pytest.raises(ProviderError):
        psp.retrieve_account(reference="unknown")


def test_another_holder_is_checked_anew_and_another_bank_is_not(psp: PaymentProvider) -> None:
    reference = psp.create_account(key="v1", holder=EVE, iban=IBAN).reference
    identity.answer(reference=reference, said="confirm")
    assert psp.change_account(reference=reference, holder=EVE, iban=OTHER).state == "enabled"
    other = HolderFacts(kind="company", name="Le Fil SARL", email="eve@example.org")
    assert psp.change_account(reference=reference, holder=other).state == "created"


def test_an_account_closed_by_the_provider_stays_closed(psp: PaymentProvider) -> None:
    reference = psp.create_account(key="v1", holder=EVE, iban=IBAN).reference
    for said in ("close", "confirm", "anything"):
        assert identity.answer(reference=reference, said=said).state == "disabled"


def opened(vendor: Vendor) -> ProviderAccount:
    ProviderAccount.objects.filter(vendor=vendor).delete()
    return accounts.open_account(vendor=vendor, iban=IBAN)


def test_no_table_of_ours_holds_the_iban(market: Market) -> None:
    account = opened(market.ocre)
    row: dict[str, Any] = ProviderAccount.objects.values().get(pk=account.pk)
    assert IBAN not in str(row)
    assert IBAN not in str(list(SandboxAccount.objects.values()))
    assert (row["iban_last4"], row["bank_name"]) == ("2606", "LA BANQUE POSTALE")
    market.ocre.refresh_from_db()
    assert market.ocre.psp_account == account.reference
    assert accounts.open_account(vendor=market.ocre, iban=OTHER).pk == account.pk
    assert SandboxAccount.objects.count() == 1


def test_a_look_at_another_date_opens_no_account(market: Market) -> None:
    ProviderAccount.objects.all().delete()
    with previewing(), pytest.raises(ProviderError):
        accounts.open_account(vendor=market.ocre, iban=IBAN)
    assert not SandboxAccount.objects.exists()


def send(event: SandboxEvent) -> int:
    body = body_of(event)
    return Client().post(WEBHOOK, body, content_type="application/json", headers={"Payment-Signature": signing.sign(body)}).status_code


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_events_in_any_order_and_twice_end_at_the_truth(market: Market, order: tuple[int, ...]) -> None:
    account = opened(market.ocre)
    for said in ("pending", "refuse", "confirm"):
        identity.answer(reference=account.reference, said=said)
    events = list(SandboxEvent.objects.select_related("account", "payment").order_by("pk"))
    assert [send(events[place]) for place in order for _twice in range(2)] == [200] * 8
    account.refresh_from_db()
    assert (account.state, account.currently_due) == ("enabled", [])
    assert account.enabled_at is not None
    assert ProviderEvent.objects.count() == 4


def test_a_late_event_of_a_good_day_does_not_hide_that_the_account_is_restricted(market: Market) -> None:
    account = opened(market.ocre)
    identity.answer(reference=account.reference, said="confirm")
    enabled = SandboxEvent.objects.select_related("account", "payment").latest("pk")
    identity.answer(reference=account.reference, said="refuse")
    assert send(SandboxEvent.objects.select_related("account", "payment").latest("pk")) == 200
    assert send(enabled) == 200
    account.refresh_from_db()
    assert (account.state, account.currently_due) == ("restricted", ["document"])


def test_an_event_about_an_unknown_account_does_nothing(market: Market) -> None:
    account = opened(market.ocre)
    ProviderAccount.objects.all().delete()
    assert send(SandboxEvent.objects.select_related("account", "payment").get()) == 200
    assert account.vendor_id == market.ocre.pk
    assert not ProviderAccount.objects.exists()


def test_the_hosted_page_answers_and_leads_back(market: Market) -> None:
    account = opened(market.ocre)
    address = accounts.onboarding_url(account, return_url="http://127.0.0.1:8000/atelier/ouvrir/banque/")
    page = Client().get(address)
    assert page.status_code == 200
    assert "ocre EI" in page.content.decode()
    assert Client().post(address, {"answer": "free money"}).status_code == 200
    back = Client().post(address, {"answer": "confirm"})
    assert (back.status_code, back.url) == (302, "http://127.0.0.1:8000/atelier/ouvrir/banque/")
    assert accounts.refresh_account(account).state == "enabled"
    assert Client().get("/bac-a-sable/comptes/acct_0/").status_code == 404
