"""The counterparts of a tier leave or are handed over, all at once: each is an order, moved by the orders' own verbs."""

from django.utils.translation import gettext as _

from shop.funding.models import PledgeState, Tier
from shop.order.models import Order, OrderState
from shop.order.states import ImpossibleMove, deliver, ship


def orders_of(tier: Tier) -> list[Order]:
    """The orders that the tier's charged pledges became."""
    charged = Order.objects.filter(purchase__payment__pledge__tier=tier, purchase__payment__pledge__state=PledgeState.CAPTURED)
    return list(charged.order_by("pk"))


def send_tier(*, tier: Tier, carrier: str) -> int:
    """Send what has not left yet; each backer is told. Returns how many; a second call finds nothing."""
    return sum(_send(order, carrier) for order in orders_of(tier))


def deliver_tier(*, tier: Tier) -> int:
    """Everything of this tier is in its backers' hands: what is owed for it becomes available. Returns how many."""
    done = 0
    for order in orders_of(tier):
        _send(order, _("Handed over"))
        try:
            deliver(order=order)
            done += 1
        except ImpossibleMove:
            # Delivered before, cancelled, or returned.
            continue
    return done


def _send(order: Order, carrier: str) -> int:
    if order.status not in (OrderState.PLACED, OrderState.MAKING):
        return 0
    ship(order=order, carrier=carrier, tracking="")
    return 1
