"""The close of a funding, both ways, and the books to the cent (PRODUCT E4; LAW P11, R5; FAULTS R8, R10, R19)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lapinblanc import clock
from lapinblanc.money import Money

from shop.checkout.invariants import broken_invariants
from shop.funding import exceptions as problems
from shop.funding.closing import NotReady, close_due, open_project, stop_project
from shop.funding.invariants import money_of
from shop.funding.models import Pledge, PledgeState, Project
from shop.funding.pledging import cancel_pledge, mend, open_payment
from shop.funding.settling import settle, settle_pledge
from shop.funding.states import ImpossibleMove
from shop.funding.sweep import sweep_pledges
from shop.ledger.balances import vendor_balance, vendor_statement
from shop.order.models import Order, Purchase
from shop.order.states import cancel as cancel_order
from shop.order.states import deliver, ship
from shop.psp.models import Payment
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


def test_below_the_goal_by_a_cent_everything_is_let_go_and_the_books_stay_empty(project: Project, market: Market, commits: Any) -> None:
    make.pledged(project, amount=49_999)
    with commits(), after(project):
        assert close_due() == 1
    project.refresh_from_db()
    assert (project.state, project.promised_cents, project.backers) == ("failed", 49_999, 1)
    assert states(project) == ["released"]
    assert banks(project) == ["cancelled"]
    assert money_of(project) == {"charged": 0, "refunded": 0, "owed": 0, "commission": 0}
    assert vendor_statement(vendor_id=market.ocre.pk) == []
    assert not Purchase.objects.exists()
    backer, creator = sorted(mail.outbox, key=lambda message: message.to)
    assert (backer.to, creator.to) == (["claire@example.org"], ["ocre@example.org"])
    for message in (backer, creator):
        assert "n’a pas atteint son objectif" in message.subject
        assert "499,99\u00a0€" in message.body.replace("\u202f", "")
        assert "!" not in message.body
    assert "rien n’a été débité" in backer.body
    assert not broken_invariants()


def test_at_the_goal_to_the_cent_everything_is_charged_and_booked(project: Project, market: Market, commits: Any) -> None:
    """455.00 of tiers and a gift of 45.00, at 8 %: 36.40 + 7.28 and 3.60 + 0.72 are kept, the rest is owed."""
    large = make.tier(project, title="Un service", amount=41_000)
    for tier in (large, make.tier(project)):
        make.pledged(project, tier=tier)
    make.pledged(project, amount=4500, email="dan@example.org")
    with commits(), after(project):
        assert close_due() == 3
    project.refresh_from_db()
    assert (project.state, project.promised_cents, project.backers) == ("succeeded", 50_000, 3)
    assert states(project) == ["captured"] * 3
    assert banks(project) == ["succeeded"] * 3
    orders = list(Order.objects.order_by("pk"))
    assert [(order.total_cents, order.vendor) for order in orders] == [(41_000, market.ocre), (4500, market.ocre)]
    assert orders[0].shipping_address.line1 == "3 rue du Port"
    assert orders[0].dispatch_due.isoformat() == "2027-06-30"
    assert money_of(project) == {"charged": 50_000, "refunded": 0, "owed": 50_000 - 4368 - 432, "commission": 4368 + 432}
    balance = vendor_balance(vendor_id=market.ocre.pk)
    assert (balance.pending, balance.available) == (Money(45_500 - 4368), Money(4500 - 432))
    to = [message.to[0] for message in mail.outbox]
    assert sorted(to) == ["claire@example.org", "claire@example.org", "dan@example.org", "ocre@example.org"]
    contract = next(message for message in mail.outbox if message.attachments)
    assert "a atteint son objectif" in contract.subject
    assert not broken_invariants()


def test_the_second_closing_changes_nothing(project: Project, market: Market) -> None:
    make.pledged(project, tier=make.tier(project, amount=50_000))
    with after(project):
        assert (close_due(), close_due()) == (1, 0)
    assert Purchase.objects.count() == 1
    assert len(vendor_statement(vendor_id=market.ocre.pk)) == 2


def test_a_charged_tier_is_sent_released_and_refunded_like_any_order(project: Project, market: Market) -> None:
    for _backer in range(2):
        make.pledged(project, tier=make.tier(project, amount=25_000))
    with after(project):
        close_due()
    first, second = Order.objects.order_by("pk")
    ship(order=first, carrier="Colissimo", tracking="")
    deliver(order=first)
    assert vendor_balance(vendor_id=market.ocre.pk).available == Money(25_000 - 2400)
    cancel_order(order=second, reason="the kiln broke")
    facts = money_of(project)
    assert facts == {"charged": 50_000, "refunded": 25_000, "owed": 22_600, "commission": 2400}
    assert facts["charged"] == facts["owed"] + facts["commission"] + facts["refunded"]
    assert not broken_invariants()


def test_a_gift_needs_no_delivery_and_a_tier_without_post_no_address(project: Project, market: Market) -> None:
    visit = make.tier(project, title="Une visite", amount=50_000, needs_address=False)
    pledge = make.pledged(project, tier=visit)
    assert pledge.snapshot["address"] == {}
    with after(project):
        close_due()
    order = Order.objects.get()
    assert (order.shipping_address, order.shipping_method) == (None, "Rien n’est envoyé par la poste")


def test_the_commission_is_the_one_in_force_on_the_day_of_the_charge(project: Project, market: Market) -> None:
    from shop.commissions.models import CommissionRate

    make.pledged(project, tier=make.tier(project, amount=50_000))
    CommissionRate.objects.create(rate=500, valid_from=clock.now() + timedelta(days=2), decided_by="Résolution 12")
    with after(project):
        close_due()
    assert Order.objects.get().commission_cents == 2500


def test_a_bank_that_refuses_on_the_day_does_not_undo_the_goal(project: Project, commits: Any) -> None:
    tier = make.tier(project, amount=25_000, limit=2)
    fine, refused = make.pledged(project, tier=tier), make.pledged(project, tier=tier, card=9, email="dan@example.org")
    with commits(), after(project):
        close_due()
    fine.refresh_from_db()
    refused.refresh_from_db()
    project.refresh_from_db()
    assert (project.state, fine.state, refused.state) == ("succeeded", "captured", "failed")
    assert refused.mend_until == project.closes_at + timedelta(days=7, seconds=1)
    assert refused.holds_place
    told = next(message for message in mail.outbox if message.to == ["dan@example.org"])
    assert refused.get_absolute_url() in told.body
    assert money_of(project)["charged"] == 25_000
    assert not broken_invariants()


def test_a_refused_charge_is_mended_once_within_seven_days(project: Project, market: Market) -> None:
    refused = make.pledged(project, tier=make.tier(project, amount=50_000), card=9)
    with after(project):
        close_due()
    with after(project, days=6):
        assert mend(pledge=refused) == mend(pledge=refused)
        refused.refresh_from_db()
        assert (refused.payment.capture, Payment.objects.count()) == ("automatic", 2)
        bank.pay(reference=refused.payment.reference, card=CARDS[0])
        assert settle_pledge(refused).state == PledgeState.CAPTURED
        assert settle_pledge(refused).state == PledgeState.CAPTURED
        with pytest.raises(problems.TooLate):
            mend(pledge=refused)
    assert Purchase.objects.get().payment == refused.payment
    assert money_of(project)["charged"] == 50_000
    assert not broken_invariants()


def test_after_seven_days_the_place_is_given_back_and_nothing_can_be_mended(project: Project) -> None:
    tier = make.tier(project, amount=50_000, limit=1)
    refused = make.pledged(project, tier=tier, card=9)
    with after(project):
        close_due()
    with after(project, days=6):
        mend(pledge=refused)
    with after(project, days=8):
        sweep_pledges()
        with pytest.raises(problems.TooLate):
            mend(pledge=refused)
    tier.refresh_from_db()
    assert (tier.taken, banks(project)) == (0, ["cancelled", "cancelled"])
    assert not broken_invariants()


def test_a_promise_that_the_bank_drops_meanwhile_no_longer_counts_and_can_be_renewed(project: Project) -> None:
    pledge = make.pledged(project, amount=50_000, card=10)
    with clock.at(clock.now() + timedelta(days=8)):
        assert settle_pledge(pledge).state == PledgeState.FAILED
        mend(pledge=pledge)
        pledge.refresh_from_db()
        assert pledge.payment.capture == "manual"
        bank.pay(reference=pledge.payment.reference, card=CARDS[0])
        assert settle_pledge(pledge).state == PledgeState.AUTHORISED
    with after(project):
        close_due()
    assert states(project) == ["captured"]
    assert not broken_invariants()


def test_a_promise_dropped_and_not_renewed_does_not_make_the_goal(project: Project) -> None:
    pledge = make.pledged(project, amount=50_000, card=10)
    with clock.at(clock.now() + timedelta(days=8)):
        settle_pledge(pledge)
    with after(project):
        close_due()
    project.refresh_from_db()
    assert (project.state, states(project)) == ("failed", ["released"])


def test_a_payment_page_left_open_is_closed_by_the_decision(project: Project) -> None:
    pledge = make.pledge_started(project, amount=50_000)
    with clock.at(project.closes_at - timedelta(minutes=1)):
        late = make.pledge_started(project, amount=50_000)
    with after(project):
        close_due()
        bank.pay(reference=late.payment.reference, card=CARDS[0])
        assert settle_pledge(late).state == PledgeState.CANCELLED
    assert set(banks(project)) == {"cancelled"}
    assert pledge.amount_cents == late.amount_cents


def test_a_promise_confirmed_before_the_end_but_told_after_it_counts(project: Project) -> None:
    with clock.at(project.closes_at - timedelta(seconds=10)):
        pledge = make.pledge_started(project, amount=50_000)
        bank.pay(reference=pledge.payment.reference, card=CARDS[6])
    with after(project):
        close_due()
    assert states(project) == ["captured"]


def test_the_decision_waits_for_a_bank_that_is_still_answering_then_lets_it_go(project: Project) -> None:
    make.pledged(project, amount=50_000)
    with clock.at(project.closes_at - timedelta(seconds=1)):
        slow = make.pledge_started(project, amount=2000)
        bank.pay(reference=slow.payment.reference, card=CARDS[5])
    with after(project):
        assert close_due() == 0
    project.refresh_from_db()
    assert project.state == "open"
    with after(project, minutes=1):
        close_due()
    assert states(project) == ["captured", "captured"]


def test_a_bank_that_confirms_after_the_decision_is_told_to_let_go(project: Project, commits: Any) -> None:
    with clock.at(project.closes_at - timedelta(seconds=1)):
        slow = make.pledge_started(project, amount=50_000)
        bank.pay(reference=slow.payment.reference, card=CARDS[5])
    SandboxPayment.objects.update(settles_at=project.closes_at + timedelta(hours=3))
    with after(project, hours=2):
        close_due()
    mail.outbox.clear()
    project.refresh_from_db()
    assert project.state == "failed"
    with commits(), after(project, hours=4):
        assert settle_pledge(slow).state == PledgeState.RELEASED
    assert banks(project) == ["cancelled"]
    assert [message.to for message in mail.outbox] == [["claire@example.org"]]
    assert not broken_invariants()


def test_a_stopped_project_lets_everything_go(project: Project) -> None:
    make.pledged(project, amount=90_000)
    stop_project(project=project)
    assert (project.state, states(project), banks(project)) == ("cancelled", ["released"], ["cancelled"])
    with pytest.raises(ImpossibleMove):
        stop_project(project=project)
    with pytest.raises(ImpossibleMove):
        open_project(project=project)


def test_a_project_opens_once_with_an_open_boutique_and_a_date_to_come(market: Market) -> None:
    draft = make.project(market.ocre, state="draft")
    assert open_project(project=draft).state == "open"
    over = make.project(market.ocre, slug="passe", state="draft", closes_at=clock.now() - timedelta(hours=1))
    with pytest.raises(NotReady):
        open_project(project=over)
    market.sel.state = "suspended"
    market.sel.save()
    with pytest.raises(NotReady):
        open_project(project=make.project(market.sel, slug="ferme", state="draft"))


def test_money_that_no_pledge_stands_behind_goes_back(project: Project) -> None:
    """The bank charges although it had been told to let go."""
    pledge = make.pledged(project)
    cancel_pledge(pledge=pledge)
    SandboxPayment.objects.update(state="succeeded")
    settle_pledge(pledge)
    settle_pledge(pledge)
    pledge.refresh_from_db()
    assert (pledge.state, pledge.payment.refunded_cents) == ("cancelled", 2000)
    assert SandboxPayment.objects.get().refunded_cents == 2000
    assert not broken_invariants()


def test_a_payment_opened_by_a_process_that_died_is_found_again(project: Project) -> None:
    pledge = make.pledge_started(project)
    payment = pledge.payment
    Pledge.objects.update(payment=None)
    bank.pay(reference=payment.reference, card=CARDS[0])
    found = settle(payment=payment)
    assert found is not None
    assert (found.pk, found.state) == (pledge.pk, "authorised")
    with pytest.raises(problems.PledgeEnded):
        open_payment(found)


def test_mails_that_a_server_refused_are_sent_again(project: Project, commits: Any) -> None:
    from shop.order.mails import resend_waiting
    from shop.order.models import MailSent

    make.pledged(project, tier=make.tier(project, amount=50_000))
    with commits(), after(project):
        close_due()
    sent = len(mail.outbox)
    MailSent.objects.update(sent_at=None, error="421 try later")
    resend_waiting()
    assert len(mail.outbox) == 2 * sent
    assert not MailSent.objects.filter(sent_at=None).exists()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    amounts=st.lists(st.tuples(st.integers(100, 30_000), st.booleans(), st.sampled_from([0, 0, 0, 9])), max_size=8),
    goal=st.integers(100, 60_000),
    rate=st.sampled_from([0, 1, 500, 800, 1234]),
)
def test_whatever_is_promised_ends_to_the_cent(market: Market, amounts: list[tuple[int, bool, int]], goal: int, rate: int) -> None:
    """Charged = owed + commission when the goal is reached; nothing anywhere when it is missed."""
    from shop.commissions.models import CommissionRate

    with transaction.atomic():
        CommissionRate.objects.create(rate=rate, valid_from=clock.now(), decided_by="Résolution")
        project = make.project(market.ocre, slug="essai", goal_cents=goal)
        for amount, counterpart, card in amounts:
            tier = make.tier(project, amount=amount) if counterpart else None
            make.pledged(project, tier=tier, amount=amount, card=card)
        with after(project):
            close_due()
        project.refresh_from_db()
        promised = sum(amount for amount, _counterpart, _card in amounts)
        facts = money_of(project)
        charged = sum(amount for amount, _counterpart, card in amounts if card == 0) if promised >= goal else 0
        assert project.state == ("succeeded" if promised >= goal else "failed")
        assert (facts["charged"], facts["refunded"]) == (charged, 0)
        assert facts["charged"] == facts["owed"] + facts["commission"]
        assert not broken_invariants()
        transaction.set_rollback(True)
