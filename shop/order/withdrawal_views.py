"""« Renoncer au contrat ici »: pieces are chosen, then confirmed by a control of its own (LAW R2). No account, no reason."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shop.order.models import Purchase
from shop.order.withdrawing import NothingToWithdraw, declare, too_late_from, withdrawable


class WithdrawForm(forms.Form):
    """How many pieces of each line that may be returned."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, order: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        self.left = withdrawable(order)
        self.lines = {line.pk: line for line in order.lines.all() if line.pk in self.left}
        for pk, line in self.lines.items():
            self.fields[f"pieces-{pk}"] = _count(line, self.left[pk], alone=len(self.left) == 1)

    def pieces(self) -> dict[int, int]:
        return {pk: count for pk in self.left if (count := self.cleaned_data.get(f"pieces-{pk}"))}


def _count(line: Any, left: int, *, alone: bool) -> forms.IntegerField:
    name = f"{line.title}, {line.variant}" if line.variant else line.title
    label = _("%(title)s (%(count)d at most)") % {"title": name, "count": left}
    return forms.IntegerField(label=label, min_value=0, max_value=left, required=False, initial=left if alone else 0)


@never_cache
def withdraw(request: HttpRequest, token: str, number: str) -> HttpResponse:
    order: Any = _orders(token).filter(number=number).first()
    if order is None:
        raise Http404
    form = WithdrawForm(request.POST or None, order=order)
    if request.method == "POST" and form.is_valid():
        if "confirm" in request.POST:
            return _declared(request, order, form.pieces(), form.cleaned_data["key"], token)
        if form.pieces():
            return _page(request, order, form, confirming=[(form.lines[pk], count) for pk, count in form.pieces().items()])
        form.add_error(None, _("How many pieces do you send back? Fill in one line at least."))
    if request.method == "POST" and "confirm" in request.POST:
        # Confirmed with numbers that no longer fit: the same sentence as under the lock.
        return _declared(request, order, {}, form.cleaned_data.get("key") or uuid4(), token)
    return _page(request, order, form, status=422 if form.errors else 200)


def _page(request: HttpRequest, order: Any, form: WithdrawForm, *, confirming: Any = None, status: int = 200) -> HttpResponse:
    end = too_late_from(order)
    excepted = [line for line in order.lines.all() if line.withdrawal != "allowed"]
    context = {"order": order, "purchase": order.purchase, "form": form, "confirming": confirming, "excepted": excepted, "until": end and end - timedelta(minutes=1)}
    return render(request, "purchases/withdraw.html", context, status=status)


def _declared(request: HttpRequest, order: Any, pieces: dict[int, int], key: UUID, token: str) -> HttpResponse:
    try:
        declare(order=order, pieces=pieces, key=key)
        messages.success(request, _("Your withdrawal is declared. The acknowledgement, with its day and hour, is on its way to you by mail."))
    except NothingToWithdraw:
        messages.error(request, _("These pieces are no longer all in the order, or the time is over: nothing was declared. Look at the order again, or write to the boutique."))
    return redirect("purchases:detail", token)


def _orders(token: str) -> Any:
    purchase = Purchase.objects.filter(token=token).first()
    if purchase is None:
        raise Http404
    return purchase.orders.for_page()
