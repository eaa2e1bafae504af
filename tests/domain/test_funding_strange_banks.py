"""A bank that charges too early, too much, or what was given back: nothing of it is kept, and nothing of it counts (FAULTS R8)."""

from datetime import timedelta

import pytest
from lapinblanc import clock

from shop.checkout.invariants import broken_invariants
from shop.funding import exceptions as problems
from shop.funding.closing import close_due
from shop.funding.models import Pledge, Project
from shop.funding.pledging import open_payment
from shop.funding.settling import settle_pledge
from shop.ledger.balances import vendor_balance
from shop.psp.models import Payment
from shop.psp.providers.sandbox.models import SandboxPayment
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(market: Market) -> Project:
    return make.project(market.ocre)


def charged(pledge: Pledge) -> Pledge:
    """The bank charges a promise by itself."""
    SandboxPayment.objects.update(state="succeeded")
    settle_pledge(pledge)
    return settle_pledge(pledge)


def test_a_charge_before_the_goal_is_given_back_and_no_longer_counts(project: Project, market: Market) -> None:
    tier = make.tier(project, limit=1, amount=project.goal_cents)
    pledge = charged(make.pledged(project, tier=tier))
    assert (pledge.state, pledge.payment.refunded_cents) == ("released", pledge.amount_cents)
    tier.refresh_from_db()
    assert tier.taken == 0
    assert vendor_balance(vendor_id=market.ocre.pk).available.cents == 0
    with clock.at(project.closes_at + timedelta(seconds=1)):
        close_due()
    project.refresh_from_db()
    assert (project.state, project.promised_cents) == ("failed", 0)
    assert project.settled_at is not None
    assert not broken_invariants()


@pytest.mark.parametrize("wrong", ["amount_cents", "refunded_cents"])
def test_a_charge_of_another_amount_or_given_back_already_is_no_contribution(project: Project, wrong: str) -> None:
    pledge = make.pledged(project, amount=project.goal_cents)
    Project.objects.filter(pk=project.pk).update(state="succeeded", decided_at=clock.now(), promised_cents=project.goal_cents, backers=1)
    Payment.objects.update(**{wrong: 100})
    SandboxPayment.objects.update(**{wrong: 100}, state="succeeded")
    pledge = charged(pledge)
    assert pledge.state == "released"
    assert pledge.captured_at is None


def test_what_was_not_promised_before_the_end_cannot_be_paid_after_it(project: Project) -> None:
    """The process died before the payment was opened; the backer comes back when the goal has been reached by others."""
    late = make.pledge_started(project)
    Pledge.objects.filter(pk=late.pk).update(payment=None)
    make.pledged(project, amount=project.goal_cents)
    with clock.at(project.closes_at + timedelta(seconds=1)):
        close_due()
        late = Pledge.objects.select_related("project").get(pk=late.pk)
        assert (late.state, late.project.state) == ("started", "succeeded")
        with pytest.raises(problems.PledgeEnded):
            open_payment(late)
