"""What every payment provider must do, run on each one that we have; and the webhook's own promises (FAULTS R9-R11)."""

import itertools
import json
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from lapinblanc import clock
from lapinblanc.money import Money

from shop.order.models import Purchase
from shop.psp.models import ProviderEvent
from shop.psp.provider import BadSignature, PaymentProvider, ProviderError, ProviderRefused, provider
from shop.psp.providers.sandbox import bank, signing
from shop.psp.providers.sandbox.cards import CARDS
from shop.psp.providers.sandbox.delivery import body_of
from shop.psp.providers.sandbox.models import SandboxEvent
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
WEBHOOK = "/paiement/evenements/sandbox/"


@pytest.fixture(params=["sandbox"])
def psp(request: pytest.FixtureRequest) -> PaymentProvider:
    return provider(request.param)


def opened(psp: PaymentProvider, key: str = "k1", cents: int = 18290, capture: str = "automatic") -> Any:
    return psp.create_payment(
        key=key, amount=Money(cents), transfer_group="g", description="d", email="a@example.org", return_url="http://127.0.0.1/x", capture=capture
    )


def paid(psp: PaymentProvider, **fields: Any) -> str:
    reference: str = opened(psp, **fields).reference
    bank.pay(reference=reference, card=CARDS[0])
    return reference


def test_a_key_is_one_payment_and_refuses_another_amount(psp: PaymentProvider) -> None:
    assert opened(psp) == opened(psp)
    with pytest.raises(ProviderRefused):
        opened(psp, cents=1)
    assert psp.retrieve_payment(reference=opened(psp).reference).state == "created"
    with pytest.raises(ProviderError):
        psp.retrieve_payment(reference="unknown")


def test_a_payment_is_cancelled_unless_it_was_made(psp: PaymentProvider) -> None:
    assert psp.cancel_payment(reference=opened(psp).reference).state == "cancelled"
    assert psp.cancel_payment(reference=paid(psp, key="k2")).state == "succeeded"


def test_a_cancelled_payment_can_no_longer_be_made(psp: PaymentProvider) -> None:
    reference = opened(psp).reference
    psp.cancel_payment(reference=reference)
    bank.pay(reference=reference, card=CARDS[0])
    assert psp.retrieve_payment(reference=reference).state == "cancelled"


def test_refunds_are_once_per_key_and_within_what_was_captured(psp: PaymentProvider) -> None:
    reference = paid(psp)
    first = psp.refund(key="r1", reference=reference, amount=Money(2800))
    assert psp.refund(key="r1", reference=reference, amount=Money(2800)) == first
    with pytest.raises(ProviderRefused):
        psp.refund(key="r1", reference=reference, amount=Money(2801))
    with pytest.raises(ProviderRefused):
        psp.refund(key="r2", reference=reference, amount=Money(15491))
    assert psp.retrieve_payment(reference=reference).refunded == Money(2800)
    psp.refund(key="r3", reference=reference, amount=Money(15490))


def test_nothing_is_refunded_of_what_was_not_paid(psp: PaymentProvider) -> None:
    with pytest.raises(ProviderRefused):
        psp.refund(key="r1", reference=opened(psp).reference, amount=Money(1))


def test_two_vendors_shares_leave_one_payment_and_one_comes_back_in_part(psp: PaymentProvider) -> None:
    """LAW Y2: 57.52 and 108.48 of 182.90; a refund of 28.00 of A reverses 25.31."""
    reference = paid(psp)
    a = psp.create_transfer(key="t1", account="acct_a", amount=Money(5752), transfer_group="g", source=reference)
    psp.create_transfer(key="t2", account="acct_b", amount=Money(10848), transfer_group="g", source=reference)
    assert psp.create_transfer(key="t1", account="acct_a", amount=Money(5752), transfer_group="g", source=reference) == a
    with pytest.raises(ProviderRefused):
        psp.create_transfer(key="t3", account="acct_a", amount=Money(1691), transfer_group="g", source=reference)
    back = psp.reverse_transfer(key="v1", reference=a.reference, amount=Money(2531))
    assert psp.reverse_transfer(key="v1", reference=a.reference, amount=Money(2531)) == back
    with pytest.raises(ProviderRefused):
        psp.reverse_transfer(key="v2", reference=a.reference, amount=Money(3222))


def test_a_delayed_payment_is_under_way_then_made(psp: PaymentProvider) -> None:
    reference = opened(psp).reference
    bank.pay(reference=reference, card=CARDS[5])
    assert psp.retrieve_payment(reference=reference).state == "processing"
    assert psp.cancel_payment(reference=reference).state == "processing"
    with clock.at(clock.now() + timedelta(seconds=31)):
        assert psp.retrieve_payment(reference=reference).state == "succeeded"


def promised(psp: PaymentProvider, card: int = 0, **fields: Any) -> str:
    reference: str = opened(psp, capture="manual", **fields).reference
    bank.pay(reference=reference, card=CARDS[card])
    return reference


def test_a_promise_is_taken_once_in_full_and_by_its_key(psp: PaymentProvider) -> None:
    reference = promised(psp)
    assert psp.retrieve_payment(reference=reference).state == "authorized"
    for refused in (Money(18291), Money(1)):
        with pytest.raises(ProviderRefused):
            psp.capture_payment(key="c1", reference=reference, amount=refused)
    with pytest.raises(ProviderRefused):
        psp.refund(key="r1", reference=reference, amount=Money(1))
    assert psp.capture_payment(key="c1", reference=reference, amount=Money(18290)).state == "succeeded"
    assert psp.capture_payment(key="c1", reference=reference, amount=Money(18290)).state == "succeeded"
    with pytest.raises(ProviderRefused):
        psp.capture_payment(key="c2", reference=reference, amount=Money(18290))
    assert psp.cancel_payment(reference=reference).state == "succeeded"
    psp.refund(key="r1", reference=reference, amount=Money(18290))


def test_a_promise_let_go_can_no_longer_be_taken(psp: PaymentProvider) -> None:
    reference = promised(psp)
    assert psp.cancel_payment(reference=reference).state == "cancelled"
    with pytest.raises(ProviderRefused):
        psp.capture_payment(key="c1", reference=reference, amount=Money(18290))
    assert psp.retrieve_payment(reference=reference).state == "cancelled"


def test_only_what_was_promised_can_be_taken(psp: PaymentProvider) -> None:
    for reference in (opened(psp, capture="manual").reference, paid(psp, key="k2")):
        with pytest.raises(ProviderRefused):
            psp.capture_payment(key="c1", reference=reference, amount=Money(18290))
    with pytest.raises(ProviderError):
        psp.capture_payment(key="c1", reference="unknown", amount=Money(1))
    with pytest.raises(ProviderRefused):
        opened(psp)


def test_a_bank_that_refuses_on_the_day_says_so_the_same_way_twice(psp: PaymentProvider) -> None:
    reference = promised(psp, card=9)
    assert psp.retrieve_payment(reference=reference).state == "authorized"
    for _twice in range(2):
        assert psp.capture_payment(key="c1", reference=reference, amount=Money(18290)).state == "cancelled"
    assert psp.retrieve_payment(reference=reference).state == "cancelled"


def test_a_promise_that_ended_by_itself_is_refused_like_by_the_bank(psp: PaymentProvider) -> None:
    reference = promised(psp, card=10)
    with clock.at(clock.now() + timedelta(days=6)):
        assert psp.retrieve_payment(reference=reference).state == "authorized"
    with clock.at(clock.now() + timedelta(days=8)):
        assert psp.capture_payment(key="c1", reference=reference, amount=Money(18290)).state == "cancelled"
    kinds = list(SandboxEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["payment.authorized", "payment.cancelled"]


def test_a_promise_under_way_at_the_bank_is_promised_later(psp: PaymentProvider) -> None:
    reference = promised(psp, card=5)
    assert psp.cancel_payment(reference=reference).state == "processing"
    with clock.at(clock.now() + timedelta(seconds=31)):
        assert psp.retrieve_payment(reference=reference).state == "authorized"


@pytest.mark.parametrize("order", list(itertools.permutations(("processing", "authorized", "succeeded"))))
def test_a_late_word_never_takes_a_payment_backwards(psp: PaymentProvider, order: tuple[str, ...]) -> None:
    from dataclasses import replace

    from shop.psp import payments

    facts = opened(psp, capture="manual")
    payment, _url = payments.open_payment(
        key="k1", amount=Money(18290), transfer_group="g", email="a@example.org", return_url="http://127.0.0.1/x", capture="manual"
    )
    for state in order:
        payments.record(payment, replace(facts, state=state))
    assert (payment.state, payment.capture) == ("succeeded", "manual")


def test_events_are_believed_only_when_signed_and_fresh(psp: PaymentProvider) -> None:
    paid(psp)
    body = body_of(SandboxEvent.objects.select_related("payment").get())
    told = psp.parse_event(body=body, signature=signing.sign(body))
    assert (told.kind, told.id) == ("payment.succeeded", SandboxEvent.objects.get().event_id)
    now = int(time.time())
    for changed, signature in (
        (body + b" ", signing.sign(body)), (body, ""), (body, "t=1,v1=00"), (body, signing.sign(body, at=now - 301)),
        (body, signing.sign(body).replace("v1=", "v1=0")), (body, f"t={now}"),
    ):
        with pytest.raises(BadSignature):
            psp.parse_event(body=changed, signature=signature)


def send(event: SandboxEvent) -> int:
    body = body_of(event)
    return Client().post(WEBHOOK, body, content_type="application/json", headers={"Payment-Signature": signing.sign(body)}).status_code


def test_an_event_alone_makes_the_purchase_and_its_copies_change_nothing(market: Market) -> None:
    session = make.started(make.basket((market.bowl, 1), (market.mug, 1)))
    make.pay(session)
    event = SandboxEvent.objects.select_related("payment").get()
    assert [send(event) for _ in range(5)] == [200] * 5
    assert Purchase.objects.get().orders.count() == 2
    assert ProviderEvent.objects.count() == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_any_order_of_events_ends_the_same(market: Market, order: tuple[int, ...]) -> None:
    session = make.started(make.basket((market.bowl, 1)))
    make.pay(session, card=2)
    make.pay(session, card=8)
    events = list(SandboxEvent.objects.select_related("payment").order_by("pk"))
    assert [event.kind for event in events] == ["payment.failed", "payment.succeeded", "payment.processing"]
    assert [send(events[index]) for index in order] == [200, 200, 200]
    session.payment.refresh_from_db()
    assert session.payment.state == "succeeded"
    assert Purchase.objects.count() == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b'{"id": 1}', b"x" * 100_000])
def test_what_is_not_an_event_is_refused_and_leaves_no_row(body: bytes) -> None:
    for signature in ("", signing.sign(body)):
        answer = Client().post(WEBHOOK, body, content_type="application/json", headers={"Payment-Signature": signature})
        assert answer.status_code == 400
    assert not ProviderEvent.objects.exists()


def test_an_event_about_an_unknown_payment_is_kept_and_does_nothing() -> None:
    body = json.dumps({"id": "evt_1", "type": "payment.succeeded", "created": clock.now().isoformat(), "data": {"payment": "pay_0"}}).encode()
    answer = Client().post(WEBHOOK, body, content_type="application/json", headers={"Payment-Signature": signing.sign(body)})
    assert answer.status_code == 200
    assert not Purchase.objects.exists()


def test_an_unknown_provider_is_refused() -> None:
    assert Client().post("/paiement/evenements/autre/", b"{}", content_type="application/json").status_code == 400
