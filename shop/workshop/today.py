"""« Aujourd’hui »: what to make, what to ship, what was earned."""

from django.http import HttpRequest, HttpResponse
from lapinblanc import clock
from lapinblanc.accounts.two_factor import has_second_factor

from shop.ledger.balances import vendor_balance
from shop.messaging.reading import unread_of_vendor
from shop.moderation.peers import tasks_of
from shop.order.models import Order, OrderState
from shop.vendors.access import may, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor


@vendor_required("orders")
def today(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    orders = Order.objects.of_vendor(vendor)
    waiting = orders.in_state(OrderState.PLACED, OrderState.MAKING).for_page().order_by("dispatch_due", "id")
    money = may(request.membership, "money")  # type: ignore[attr-defined]
    # Only who may answer for the boutique is asked.
    peers = list(tasks_of(vendor)) if may(request.membership, "boutique") else []  # type: ignore[attr-defined]
    return page(
        request,
        vendor,
        "today",
        {
            "waiting": waiting[:10],
            "count_waiting": waiting.count(),
            "late": waiting.filter(dispatch_due__lt=clock.today()).count(),
            "unread": unread_of_vendor(vendor),
            "peers": peers,
            "on_the_way": orders.in_state(OrderState.SHIPPED).count(),
            "balance": vendor_balance(vendor_id=vendor.pk) if money else None,
            "today": clock.today(),
            "second_step_missing": money and not has_second_factor(request.user),
        },
    )
