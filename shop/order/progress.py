"""How far an order is, as steps for the buyer's and the vendor's pages."""

from dataclasses import dataclass

from shop.order.models import Order, OrderState

WAY = (OrderState.PLACED, OrderState.MAKING, OrderState.SHIPPED, OrderState.DELIVERED)


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    done: bool
    current: bool


def order_steps(order: Order) -> tuple[Step, ...]:
    """The way from placed to delivered; a cancelled or returned order shows its end alone."""
    if order.status in (OrderState.CANCELLED, OrderState.RETURNED):
        return (Step(str(OrderState(order.status).label), done=False, current=True),)
    here = WAY.index(OrderState(order.status))
    last = len(WAY) - 1
    return tuple(
        Step(str(state.label), done=index < here or here == last, current=index == here) for index, state in enumerate(WAY)
    )
