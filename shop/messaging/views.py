"""A buyer's conversations: signed in under the account, as a guest by an unguessable address."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from lapinblanc.numbers import whole

from shop.catalogue.models import Product
from shop.messaging import writing
from shop.messaging.forms import MessageForm
from shop.messaging.models import Attachment, Conversation, Side
from shop.messaging.posting import handed_out, posted
from shop.messaging.reading import conversations_of_buyer, thread
from shop.order.models import Order
from shop.vendors.models import Vendor


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    after = request.GET.get("apres", "")
    found = conversations_of_buyer(user=request.user, after=after)
    context = {"rows": found.rows, "older_url": f"?apres={found.older}" if found.older else "", "newest_url": request.path if after else ""}
    return render(request, "messages/list.html", context)


@never_cache
@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """To a boutique, about one of its listings or about nothing else."""
    vendor = get_object_or_404(Vendor.objects.open(), slug=slug)
    number = whole(request.GET.get("creation", ""))
    listing = get_object_or_404(Product.objects.visible_by_address(), pk=number, vendor=vendor) if number else None
    form = MessageForm.empty()
    if request.method == "POST":
        form, conversation = posted(request, lambda **facts: writing.begin(vendor=vendor, buyer=request.user, listing=listing, **facts))
        if conversation is not None:
            messages.success(request, _("Your message has left. The answer comes here and by mail."))
            return redirect("messaging:thread", conversation.pk)
    return render(request, "messages/new.html", {"vendor": vendor, "listing": listing, "form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
def thread_of_account(request: HttpRequest, pk: int) -> HttpResponse:
    return _thread(request, _own(request, pk), request.user, files="messaging:file", by=pk)


@never_cache
@login_required
def file_of_account(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    return handed_out(_own(request, pk), file)


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer wants to hear no more, or again."""
    conversation = _own(request, pk)
    if request.POST.get("open"):
        writing.unblock(conversation=conversation, side=Side.BUYER)
    else:
        writing.block(conversation=conversation, side=Side.BUYER)
    return redirect("messaging:thread", pk)


@never_cache
def thread_of_guest(request: HttpRequest, token: str) -> HttpResponse:
    conversation = _by_token(token)
    return _thread(request, conversation, None, files="messaging:guest_file", by=token)


@never_cache
def file_of_guest(request: HttpRequest, token: str, file: int) -> HttpResponseBase:
    return handed_out(_by_token(token), file)


@never_cache
def about_order(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """From the page of a purchase: whoever holds its address writes about one of its orders."""
    order = Order.objects.select_related("vendor", "purchase", "shipping_address").filter(purchase__token=token, number=number).first()
    if order is None:
        raise Http404
    conversation = Conversation.objects.select_related("vendor").filter(order=order).first()
    if conversation is not None:
        return _thread(request, conversation, order.purchase.buyer, files="messaging:guest_file", by=conversation.token, order=order)
    form = MessageForm.empty()
    if request.method == "POST":
        form, message = posted(
            request, lambda **facts: writing.write(conversation=writing.about_order(order=order), side=Side.BUYER, author=order.purchase.buyer, **facts)
        )
        if message is not None:
            return redirect(f"{request.path}#m-{message.pk}")
    return render(request, "messages/thread.html", {"vendor": order.vendor, "order": order, "bubbles": [], "form": form}, status=422 if form.errors else 200)


def _thread(request: HttpRequest, conversation: Conversation, author: Any, *, files: str, by: Any, order: Order | None = None) -> HttpResponse:
    form = MessageForm.empty()
    if request.method == "POST":
        form, message = posted(request, lambda **facts: writing.write(conversation=conversation, side=Side.BUYER, author=author, **facts))
        if message is not None:
            return redirect(f"{request.path}#m-{message.pk}")
    writing.mark_read(conversation=conversation, side=Side.BUYER)

    def address(row: Attachment) -> str:
        return reverse(files, args=[by, row.pk])

    in_account = files == "messaging:file"
    context = {
        "conversation": conversation, "vendor": conversation.vendor, "order": order or conversation.order,
        "bubbles": thread(conversation, side=Side.BUYER, file_url=address, guest=not in_account), "form": form,
        "in_account": in_account,
    }
    return render(request, "messages/thread.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, pk: int) -> Conversation:
    return get_object_or_404(Conversation.objects.select_related("vendor", "listing", "order__purchase"), pk=pk, buyer=request.user)


def _by_token(token: str) -> Conversation:
    """A guest's; with an account, the account is asked for."""
    return get_object_or_404(Conversation.objects.select_related("vendor", "order__purchase"), token=token, order__isnull=False)
