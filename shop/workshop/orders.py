"""Orders of one boutique: the board by state, one order, and each move by its verb."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from lapinblanc import clock
from lapinblanc.money import Money
from lapinblanc.numbers import whole

from shop.messaging.inbox import bubbles
from shop.messaging.models import Conversation
from shop.order import states
from shop.order.models import Order, OrderState, Parcel
from shop.order.progress import order_steps
from shop.vendors.access import own, own_of, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

TABS = (
    ("a-preparer", gettext_lazy("To prepare"), (OrderState.PLACED, OrderState.MAKING)),
    ("expediees", gettext_lazy("On the way"), (OrderState.SHIPPED,)),
    ("livrees", gettext_lazy("Delivered"), (OrderState.DELIVERED,)),
    ("annulees", gettext_lazy("Cancelled and returned"), (OrderState.CANCELLED, OrderState.RETURNED)),
)
PAGE = 30


class ParcelForm(forms.Form):
    """A parcel: carrier, tracking number, and how many of each line leave."""

    carrier = forms.CharField(label=gettext_lazy("Carrier"), max_length=60, initial="Colissimo")
    tracking = forms.CharField(label=gettext_lazy("Tracking number"), max_length=60, required=False)


@vendor_required("orders")
def board(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    tab = next((tab for tab in TABS if tab[0] == request.GET.get("onglet")), TABS[0])
    rows = Order.objects.of_vendor(vendor).in_state(*tab[2]).for_page()
    rows = rows.order_by("dispatch_due", "id") if tab is TABS[0] else rows.order_by("-state_changed_at", "-id")
    start = min(whole(request.GET.get("apres", "")) or 0, 100_000)
    found = list(rows[start : start + PAGE + 1])
    return page(
        request,
        vendor,
        "orders",
        {
            "tabs": TABS,
            "tab": tab[0],
            "orders": found[:PAGE],
            "older_url": f"?onglet={tab[0]}&apres={start + PAGE}" if len(found) > PAGE else "",
            "newest_url": f"?onglet={tab[0]}" if start else "",
            "today": clock.today(),
        },
    )


@vendor_required("orders")
def detail(request: HttpRequest, vendor: Vendor, number: str) -> HttpResponse:
    return _show(request, vendor, number, ParcelForm())


def _show(request: HttpRequest, vendor: Vendor, number: str, form: ParcelForm, *, status: int = 200) -> HttpResponse:
    order = own(Order.objects.for_page(), vendor=vendor, number=number)
    left = states.left_to_ship(order)
    conversation = Conversation.objects.select_related("vendor").filter(order=order).first()
    kept = order.total_cents - order.commission_cents - order.commission_vat_cents
    context = {
        "order": order,
        "steps": order_steps(order),
        "lines": [(line, left.get(line.pk, 0)) for line in order.lines.all()],
        "form": form,
        "bubbles": bubbles(conversation) if conversation else [],
        "kept": Money(kept),
        "can_ship": order.status in (OrderState.PLACED, OrderState.MAKING),
    }
    return page(request, vendor, "order", context, status=status)


@require_POST
@vendor_required("orders")
def make(request: HttpRequest, vendor: Vendor, number: str) -> HttpResponse:
    order = own(Order.objects.all(), vendor=vendor, number=number)
    try:
        states.start_making(order=order)
    except states.ImpossibleMove:
        messages.info(request, _("This order is already further: nothing was changed."))
    return redirect("workshop:order", number)


@require_POST
@vendor_required("orders")
def send(request: HttpRequest, vendor: Vendor, number: str) -> HttpResponse:
    """A parcel leaves; what was typed comes back when something is wrong."""
    order = own(Order.objects.all(), vendor=vendor, number=number)
    form = ParcelForm(request.POST)
    if not form.is_valid():
        return _show(request, vendor, number, form, status=422)
    quantities = {
        line: quantity
        for name, value in request.POST.items()
        if name.startswith("line-") and (line := whole(name[5:])) is not None and (quantity := whole(value)) is not None and quantity < 100_000
    }
    try:
        states.ship(order=order, quantities=quantities or None, **form.cleaned_data)
        messages.success(request, _("The parcel is on its way; the buyer has been told."))
    except states.NothingToShip:
        form.add_error(None, _("Choose what leaves: at most what is left of each line, and at least one piece."))
        return _show(request, vendor, number, form, status=422)
    except states.ImpossibleMove:
        messages.info(request, _("This order is already further: nothing was changed."))
    return redirect("workshop:order", number)


@require_POST
@vendor_required("orders")
def retrack(request: HttpRequest, vendor: Vendor, number: str, parcel: int) -> HttpResponse:
    """A tracking number that was typed wrong."""
    order = own(Order.objects.all(), vendor=vendor, number=number)
    row = own_of(Parcel.objects.all(), parent=order, field="order", pk=parcel)
    form = ParcelForm(request.POST)
    if not form.is_valid():
        return _show(request, vendor, number, form, status=422)
    states.correct_tracking(parcel=row, **form.cleaned_data)
    messages.success(request, _("The parcel’s number is corrected; the buyer sees it on the page of the purchase."))
    return redirect("workshop:order", number)


@require_POST
@vendor_required("orders")
def arrived(request: HttpRequest, vendor: Vendor, number: str) -> HttpResponse:
    order = own(Order.objects.all(), vendor=vendor, number=number)
    try:
        states.deliver(order=order)
        messages.success(request, _("Delivered: the amount is available for the next payout."))
    except states.ImpossibleMove:
        messages.info(request, _("This order is not on its way: nothing was changed."))
    return redirect("workshop:order", number)


@require_POST
@vendor_required("orders")
def annul(request: HttpRequest, vendor: Vendor, number: str) -> HttpResponse:
    """Cancel and refund; the reason goes to the buyer."""
    order = own(Order.objects.all(), vendor=vendor, number=number)
    try:
        states.cancel(order=order, reason=request.POST.get("reason", "")[:200])
        messages.success(request, _("Order cancelled, the buyer is refunded."))
    except states.ImpossibleMove:
        messages.error(request, _("A parcel has left: this order can no longer be cancelled."))
    return redirect("workshop:order", number)


@require_POST
@vendor_required("orders")
def came_back(request: HttpRequest, vendor: Vendor, number: str) -> HttpResponse:
    order = own(Order.objects.all(), vendor=vendor, number=number)
    try:
        states.take_back(order=order, reason=request.POST.get("reason", "")[:200])
        messages.success(request, _("Return recorded, the buyer is refunded."))
    except states.ImpossibleMove:
        messages.info(request, _("Only a delivered order can come back: nothing was changed."))
    return redirect("workshop:order", number)
