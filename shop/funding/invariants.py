"""What must hold of every funding after any fault, checked with the others by `manage.py check_invariants`."""

from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from shop.checkout import invariants
from shop.funding.models import Pledge, PledgeState, Project, ProjectState, Tier
from shop.ledger import reconcile
from shop.order.models import Order
from shop.psp.models import PaymentState


def places_are_held_by_somebody() -> Iterator[str]:
    """F1: a tier's places taken are the pledges that hold one."""
    for tier in Tier.objects.annotate(held=Count("pledges", filter=Q(pledges__holds_place=True))).exclude(taken=F("held")):
        yield f"tier {tier.pk}: {tier.taken} taken, {tier.held} held"


def charged_is_booked_and_nothing_else() -> Iterator[str]:
    """F2: every charged pledge is an order or a gift in the books, to the cent; a pledge let go is neither."""
    gifts = reconcile.contributions_by_number()
    for pledge in Pledge.objects.select_related("payment").annotate(sold=Sum("payment__purchase__total_cents")):
        charged = pledge.state == PledgeState.CAPTURED
        gift, sold = gifts.pop(pledge.number, 0), pledge.sold or 0
        expected = pledge.amount_cents if charged else 0
        if gift + sold != expected or (sold and pledge.tier_id is None):
            yield f"pledge {pledge.number} ({pledge.state}): {expected} charged, {gift} booked as a gift, {sold} as a purchase"
        if charged and pledge.payment is not None and pledge.payment.state != PaymentState.SUCCEEDED:
            yield f"pledge {pledge.number}: charged, but its payment is {pledge.payment.state}"
    for number in gifts:
        yield f"gift {number} is booked without a pledge"


def projects_keep_their_promise() -> Iterator[str]:
    """F3: nothing is kept for a project that did not succeed, and what was promised is what its pledges say."""
    for project in Project.objects.filter(decided_at__isnull=False):
        charged = project.pledges.filter(state=PledgeState.CAPTURED)
        if project.state != ProjectState.SUCCEEDED and charged.exists():
            yield f"project {project.slug} {project.state}, with {charged.count()} pledges charged"
        if project.settled_at is not None and project.pledges.filter(state=PledgeState.AUTHORISED).exists():
            yield f"project {project.slug} is settled, with promises left"


def money_of(project: Project) -> dict[str, int]:
    """What became of a project's money, in cents: charged = owed + commission (with its VAT) + refunded."""
    orders = Order.objects.filter(purchase__payment__pledge__project=project)
    numbers = {order.number for order in orders} | {
        pledge.number for pledge in project.pledges.filter(state=PledgeState.CAPTURED, tier=None)
    }
    return reconcile.moved_by_number(numbers)


def register() -> None:
    invariants.register("F1 places held by somebody", places_are_held_by_somebody)
    invariants.register("F2 charged is booked", charged_is_booked_and_nothing_else)
    invariants.register("F3 projects keep their promise", projects_keep_their_promise)
    # A gift has no purchase: its pledge explains the payment.
    invariants.explain_payments(Q(pk__in=Pledge.objects.filter(state=PledgeState.CAPTURED, tier=None).values("payment")))
