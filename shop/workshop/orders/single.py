"""One order of a boutique, and each move by its verb: parcels, delivery, money back in part or in full."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from lapinblanc.money import Money
from lapinblanc.numbers import whole

from shop.formats import money
from shop.messaging.inbox import bubbles
from shop.messaging.models import Conversation
from shop.order import mails, states
from shop.order.models import Order, OrderState, Parcel
from shop.order.progress import order_steps
from shop.order.refunds import RefundTooLarge, refund, still_owed
from shop.order.timeline import Reader, timelines
from shop.vendors.access import own, own_of, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

REFUNDABLE = (OrderState.MAKING, OrderState.SHIPPED, OrderState.DELIVERED)


class ParcelForm(forms.Form):
    """A parcel: carrier, tracking number, and how many of each line leave."""

    carrier = forms.CharField(label=gettext_lazy("Carrier"), max_length=60, initial="Colissimo")
    tracking = forms.CharField(label=gettext_lazy("Tracking number"), max_length=60, required=False)


@vendor_required("orders")
def detail(request: HttpRequest, vendor: Vendor, number: str) -> HttpResponse:
    return show(request, vendor, number)


def show(request: HttpRequest, vendor: Vendor, number: str, form: ParcelForm | None = None, *, refunding: Any = None, removing: Any = None, status: int = 200) -> HttpResponse:
    """The page of an order; with a form as it was sent, when something in it is wrong."""
    # The form of pieces answers with this page: a cycle of two views.
    from shop.workshop.orders.pieces import form_for

    order = own(Order.objects.for_page(), vendor=vendor, number=number)
    left, meant = states.left_to_ship(order), states.meant_to_leave(order)
    conversation = Conversation.objects.select_related("vendor").filter(order=order).first()
    address = order.shipping_address
    owed = still_owed(order)
    charged = Money(order.commission_cents + order.commission_vat_cents)
    context = {
        "order": order,
        "steps": order_steps(order),
        "moments": timelines([order], reader=Reader.VENDOR)[order.pk],
        "address": "\n".join(str(part) for part in address.active_address_fields()) if address is not None else "",
        "lines": [(line, left.get(line.pk, 0), meant.get(line.pk, 0)) for line in order.lines.all()],
        "form": form or ParcelForm(),
        "refund": refunding or (RefundForm(order=order) if order.status in REFUNDABLE else None),
        "removal": removing or form_for(order),
        "bubbles": bubbles(conversation) if conversation else [],
        "kept": owed,
        "given_back": owed + charged + Money(order.refunded_cents) - Money(order.total_cents),
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
        return show(request, vendor, number, form, status=422)
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
        return show(request, vendor, number, form, status=422)
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
        return show(request, vendor, number, form, status=422)
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


class RefundForm(forms.Form):
    """Amounts in euros by line, and of shipping; what may still be given back bounds them."""

    reason = forms.CharField(label=gettext_lazy("Why, for the buyer"), max_length=200)

    def __init__(self, *args: Any, order: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = left_to_refund(order)
        names = {line.pk: line.title for line in order.lines.all()}
        for pk, amount in self.left.items():
            label = names.get(pk, _("Shipping"))
            self.fields[f"amount-{pk}"] = forms.DecimalField(
                label=_("%(title)s (%(amount)s at most)") % {"title": label, "amount": money(amount)}, required=False, min_value=0,
                max_value=amount.decimal, decimal_places=2, localize=True,
            )

    def amounts(self) -> dict[int, Money]:
        """By line; 0 is shipping. Only what is above zero."""
        given = {pk: self.cleaned_data.get(f"amount-{pk}") for pk in self.left}
        return {pk: Money.from_decimal(amount) for pk, amount in given.items() if amount}


@require_POST
@vendor_required("orders")
def give_back(request: HttpRequest, vendor: Vendor, number: str) -> HttpResponse:
    """A part of the money; what was typed comes back when something is wrong. A second click finds less left and is refused."""
    order = own(Order.objects.for_page(), vendor=vendor, number=number)
    form = RefundForm(request.POST, order=order)
    if not form.is_valid() or not form.amounts():
        if form.is_valid():
            form.add_error(None, _("How much goes back? Fill in one amount at least."))
        return show(request, vendor, number, refunding=form, status=422)
    amounts = form.amounts()
    try:
        refund(order=order, lines={pk: amount for pk, amount in amounts.items() if pk}, shipping=amounts.get(0, Money(0)), reason=form.cleaned_data["reason"])
        mails.announce_partial_refund(order_id=order.pk)
        messages.success(request, _("The buyer is refunded; your commission on it comes back."))
    except RefundTooLarge:
        messages.error(request, _("Less than that is left to give back: nothing was changed."))
    return redirect("workshop:order", number)


def left_to_refund(order: Any) -> dict[int, Money]:
    """What may still be given back by line, and of shipping under 0; nothing where nothing is left."""
    lines = {line.pk: Money.from_decimal(line.line_price_incl_tax) - Money(line.refunded_cents) for line in order.lines.all()}
    shipping = Money(order.shipping_cents - (order.refunded_cents - sum(line.refunded_cents for line in order.lines.all())))
    return {pk: amount for pk, amount in {**lines, 0: shipping}.items() if amount.cents > 0}
