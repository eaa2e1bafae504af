"""Pieces of an order that will not be made, or that came back: one form for both, by where the order stands."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from shop.formats import money
from shop.order import states
from shop.order.models import Order, OrderState
from shop.order.refunds import RefundTooLarge
from shop.order.removals import left_to_return, price_of, stand_of
from shop.vendors.access import own, vendor_required
from shop.vendors.models import Vendor
from shop.workshop.orders import single

CANCELLING = (OrderState.PLACED, OrderState.MAKING)


class PiecesForm(forms.Form):
    """How many of each line; `seen` is what the page showed, so that two windows never do it twice."""

    reason = forms.CharField(label=gettext_lazy("Why, for the buyer"), max_length=200)
    back_on_sale = forms.BooleanField(
        label=gettext_lazy("Put these pieces back on sale"), required=False, help_text=gettext_lazy("Leave it empty when they cannot be sold again: broken, or made for this buyer alone.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, order: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="pieces_%s", initial={"seen": stand_of(order)}, **kwargs)
        self.cancelling = order.status in CANCELLING
        self.left = states.left_to_ship(order) if self.cancelling else left_to_return(order.lines.all())
        for line in order.lines.all():
            if line.pk in self.left:
                self.fields[f"pieces-{line.pk}"] = _count(line, self.left[line.pk])
        self.order_fields([name for name in self.fields if name.startswith("pieces-")])

    def pieces(self) -> dict[int, int]:
        return {pk: count for pk in self.left if (count := self.cleaned_data.get(f"pieces-{pk}"))}


def _count(line: Any, left: int) -> forms.IntegerField:
    name = f"{line.title}, {line.variant}" if line.variant else line.title
    label = _("%(title)s (%(count)d at most, %(amount)s for all)") % {"title": name, "count": left, "amount": money(price_of(line, left))}
    return forms.IntegerField(label=label, min_value=0, max_value=left, required=False, initial=min(left, line.waiting_quantity))


def form_for(order: Any) -> PiecesForm | None:
    """What the page of an order fetched by `for_page()` offers; nothing while it is on its way, or over."""
    form = PiecesForm(order=order) if order.status in (*CANCELLING, OrderState.DELIVERED) else None
    return form if form is not None and form.left else None


@require_POST
@vendor_required("orders")
def remove(request: HttpRequest, vendor: Vendor, number: str) -> HttpResponse:
    """Taken out of the order and refunded; what was typed comes back when something is wrong."""
    order = own(Order.objects.for_page(), vendor=vendor, number=number)
    form = PiecesForm(request.POST, order=order)
    if form.is_valid() and not form.pieces():
        form.add_error(None, _("How many pieces? Fill in one line at least."))
    if not form.is_valid():
        return single.show(request, vendor, number, removing=form, status=422)
    said = {name: form.cleaned_data[name] for name in ("reason", "back_on_sale", "seen")}
    verb = states.cancel_pieces if form.cancelling else states.take_back_pieces
    try:
        verb(order=order, pieces=form.pieces(), **said)
        messages.success(request, _("These pieces are out of the order; the buyer is refunded and told."))
    except (states.ChangedMeanwhile, states.ImpossibleMove, states.TooManyPieces, RefundTooLarge):
        messages.error(request, _("This order changed meanwhile, in another window or by the buyer: nothing was done this time. Look at it again, then choose the pieces."))
    return redirect("workshop:order", number)
