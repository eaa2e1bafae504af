"""A buyer's purchases: the list when signed in; one page per purchase, by an address that only its buyer was sent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from lapinblanc.money import Money

from shop.order import mails
from shop.order.models import Purchase
from shop.order.progress import order_steps
from shop.order.states import ImpossibleMove, deliver
from shop.order.timeline import Reader, timelines
from shop.order.withdrawing import withdrawable


@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    purchases = Purchase.objects.filter(buyer=request.user).prefetch_related("orders__vendor")[:100]
    return render(request, "purchases/list.html", {"purchases": purchases})


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """A guest who lost the address has it sent again; the answer is the same whether it exists or not."""
    if request.method == "POST":
        purchase = Purchase.objects.filter(
            number__iexact=request.POST.get("number", "").strip(), email__iexact=request.POST.get("email", "").strip()
        ).first()
        if purchase is not None:
            mails.send_address(purchase=purchase)
        messages.success(request, _("If this purchase exists, its address has just been sent to you by mail."))
        return redirect("purchases:find")
    return render(request, "purchases/find.html")


@never_cache
def detail(request: HttpRequest, token: str) -> HttpResponse:
    purchase = _purchase(token)
    rows = list(purchase.orders.for_page().order_by("position"))
    happened = timelines(rows, reader=Reader.BUYER)
    orders = [(order, order_steps(order), happened[order.pk], bool(withdrawable(order))) for order in rows]
    return render(request, "purchases/detail.html", {"purchase": purchase, "orders": orders, "total": Money(purchase.total_cents)})


@never_cache
def contract(request: HttpRequest, token: str) -> HttpResponse:
    """The contract to keep: the same document as in the mail."""
    purchase = _purchase(token)
    orders = list(purchase.orders.for_page().order_by("position"))
    return render(request, "purchases/contract.html", {"purchase": purchase, "orders": orders, "total": Money(purchase.total_cents)})


@require_POST
def received(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """The buyer says that everything of one boutique arrived."""
    order = _purchase(token).orders.filter(number=number).first()
    if order is None:
        raise Http404
    try:
        deliver(order=order)
        messages.success(request, _("Thank you: the boutique will be paid."))
    except ImpossibleMove:
        messages.info(request, _("This order is not on its way: nothing was changed."))
    return redirect("purchases:detail", token)


def _purchase(token: str) -> Purchase:
    purchase = Purchase.objects.select_related("payment").filter(token=token).first()
    if purchase is None:
        raise Http404
    return purchase
