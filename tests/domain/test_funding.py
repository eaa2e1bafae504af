"""Promises: one per page, a place for each, changed until the end (PRODUCT E4; LAW P10; FAULTS R1, R2, S22)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from lapinblanc import clock
from lapinblanc.money import Money

from shop.checkout.invariants import broken_invariants
from shop.funding import exceptions as problems
from shop.funding.closing import close_due
from shop.funding.models import Pledge, PledgeState, Project
from shop.funding.pledging import cancel_pledge, start_pledge
from shop.funding.settling import settle, settle_pledge
from shop.funding.sweep import sweep_pledges
from shop.ledger.balances import vendor_statement
from shop.order.models import Purchase
from shop.psp.models import Payment
from shop.psp.provider import ProviderError
from shop.psp.providers.sandbox import bank
from shop.psp.providers.sandbox.cards import CARDS
from shop.psp.providers.sandbox.models import SandboxPayment
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(market: Market) -> Project:
    return make.project(market.ocre)


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def after(project: Project, **more: int) -> Any:
    return clock.at(project.closes_at + timedelta(**(more or {"seconds": 1})))


def banks(project: Project) -> list[str]:
    """What the bank says of every payment, in order."""
    return list(SandboxPayment.objects.order_by("pk").values_list("state", flat=True))


def states(project: Project) -> list[str]:
    return list(project.pledges.order_by("pk").values_list("state", flat=True))


def test_a_promise_charges_nothing_and_books_nothing(project: Project, market: Market) -> None:
    pledge = make.pledged(project, tier=make.tier(project, limit=3), backer=market.alice)
    assert (pledge.state, pledge.payment.state) == ("authorised", "authorized")
    assert (pledge.tier.taken, pledge.tier.left) == (1, 2)
    assert pledge.backer == market.alice
    assert len(pledge.evidence) == 64
    assert not Purchase.objects.exists()
    assert vendor_statement(vendor_id=market.ocre.pk) == []
    assert not broken_invariants()


def test_the_same_key_is_one_promise_and_one_payment(project: Project) -> None:
    tier, asked = make.tier(project, limit=1), make.pledge_for()
    asked = make.pledge_for(tier=tier, key=asked.key)
    assert start_pledge(project=project, backer=None, asked=asked) == start_pledge(project=project, backer=None, asked=asked)
    tier.refresh_from_db()
    assert (Pledge.objects.count(), Payment.objects.count(), tier.taken) == (1, 1, 1)


def test_going_back_to_choose_another_tier_is_still_one_promise(project: Project) -> None:
    small, large = make.tier(project), make.tier(project, title="Un plat", amount=9000, limit=1)
    first = make.pledge_started(project, tier=small)
    again = make.pledge_started(project, tier=large, key=first.key)
    assert (again.pk, again.amount_cents, again.attempt > 1) == (first.pk, 9000, True)
    small.refresh_from_db()
    large.refresh_from_db()
    assert (small.taken, large.taken) == (0, 1)
    assert banks(project) == ["cancelled", "created"]
    bank.pay(reference=first.payment.reference, card=CARDS[0])
    assert settle(payment=first.payment) is None
    bank.pay(reference=again.payment.reference, card=CARDS[0])
    assert settle_pledge(again).state == PledgeState.AUTHORISED
    assert banks(project) == ["cancelled", "authorized"]
    assert not broken_invariants()


def test_a_second_tab_does_not_promise_again_what_the_first_confirmed(project: Project) -> None:
    first = make.pledge_started(project, amount=2000)
    bank.pay(reference=first.payment.reference, card=CARDS[0])
    assert make.pledge_started(project, amount=2000, key=first.key).payment == first.payment
    for amount in (3000, 2000):
        with pytest.raises(problems.AlreadyPledged):
            make.pledge_started(project, amount=amount, key=first.key)
    first.refresh_from_db()
    assert (first.state, first.amount_cents, banks(project)) == ("authorised", 2000, ["authorized"])


def test_a_declined_card_keeps_the_place_for_another_try(project: Project) -> None:
    pledge = make.pledge_started(project, tier=make.tier(project, limit=1))
    for card in (2, 3, 4):
        bank.pay(reference=pledge.payment.reference, card=CARDS[card])
        assert settle_pledge(pledge).state == PledgeState.STARTED
    bank.pay(reference=pledge.payment.reference, card=CARDS[0])
    assert settle_pledge(pledge).state == PledgeState.AUTHORISED


def test_a_place_not_confirmed_in_time_comes_back(project: Project) -> None:
    tier = make.tier(project, limit=1)
    pledge = make.pledge_started(project, tier=tier)
    with pytest.raises(problems.TierGone):
        make.pledge_started(project, tier=tier)
    with clock.at(clock.now() + timedelta(minutes=21)):
        assert sweep_pledges().expired == 1
    tier.refresh_from_db()
    pledge.refresh_from_db()
    assert (pledge.state, tier.taken, banks(project)) == ("cancelled", 0, ["cancelled"])
    with pytest.raises(problems.PledgeEnded):
        make.pledge_started(project, tier=tier, key=pledge.key)
    assert make.pledged(project, tier=tier).state == PledgeState.AUTHORISED
    assert not broken_invariants()


def test_a_place_that_was_confirmed_at_the_last_second_is_kept(project: Project) -> None:
    pledge = make.pledge_started(project, tier=make.tier(project, limit=1))
    bank.pay(reference=pledge.payment.reference, card=CARDS[0])
    with clock.at(clock.now() + timedelta(minutes=21)):
        assert sweep_pledges().expired == 0
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.AUTHORISED


@pytest.mark.parametrize("cents", [-100, 0, 99, 1_000_001])
def test_an_amount_out_of_bounds_is_refused(project: Project, cents: int) -> None:
    with pytest.raises(problems.AmountChanged):
        make.pledge_started(project, amount=cents)
    assert not Pledge.objects.exists()


def test_a_tier_costs_what_it_costs_and_belongs_to_its_project(project: Project, market: Market) -> None:
    tier, foreign = make.tier(project), make.tier(make.project(market.sel, slug="autre"))
    with pytest.raises(problems.AmountChanged):
        make.pledge_started(project, tier=tier, shown_total=Money(100))
    with pytest.raises(problems.TierGone):
        make.pledge_started(project, tier=foreign)
    assert not Pledge.objects.exists()


def test_no_promise_before_the_opening_nor_after_the_end(project: Project, market: Market) -> None:
    moments = (project.opens_at - timedelta(seconds=1), project.closes_at)
    for moment in moments:
        with clock.at(moment), pytest.raises(problems.NotOpen):
            make.pledge_started(project)
    with pytest.raises(problems.NotOpen):
        make.pledge_started(make.project(market.sel, slug="autre", state="draft"))
    assert not Pledge.objects.exists()


def test_changing_ones_mind_lets_the_promise_go_and_frees_the_place(project: Project, commits: Any) -> None:
    tier = make.tier(project, limit=1)
    pledge = make.pledged(project, tier=tier)
    with commits():
        cancel_pledge(pledge=pledge)
    cancel_pledge(pledge=pledge)
    tier.refresh_from_db()
    pledge.refresh_from_db()
    assert (pledge.state, tier.taken, banks(project)) == ("cancelled", 0, ["cancelled"])
    assert [message.to for message in mail.outbox] == [["claire@example.org"]]
    with after(project):
        close_due()
    project.refresh_from_db()
    assert (project.state, project.promised_cents) == ("failed", 0)


def test_a_bank_that_cannot_be_told_is_told_by_the_sweep(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from shop.psp import payments

    pledge = make.pledged(project)

    def silent(_payment: Payment) -> None:
        raise ProviderError

    with monkeypatch.context() as broken:
        broken.setattr(payments, "close", silent)
        cancel_pledge(pledge=pledge)
        pledge.refresh_from_db()
        assert (pledge.state, banks(project)) == ("cancelled", ["authorized"])
    sweep_pledges()
    assert banks(project) == ["cancelled"]


def test_after_the_end_a_promise_is_not_taken_back(project: Project) -> None:
    pledge = make.pledged(project)
    with after(project), pytest.raises(problems.TooLate):
        cancel_pledge(pledge=pledge)
    pledge.refresh_from_db()
    assert (pledge.state, banks(project)) == ("authorised", ["authorized"])
