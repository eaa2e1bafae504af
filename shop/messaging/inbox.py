"""The inbox of a boutique: conversations, answers with templates, archive, settings."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from lapinblanc.numbers import whole

from shop.messaging import reading, writing
from shop.messaging.forms import MessageForm, SettingsForm, TemplateForm
from shop.messaging.models import Attachment, Conversation, InboxSettings, Side, Template
from shop.messaging.posting import handed_out, posted
from shop.order.models import Order
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

ROWS = Conversation.objects.select_related("vendor", "order", "listing")


@vendor_required("orders")
def inbox(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    archived, words, after = request.GET.get("archives") == "1", request.GET.get("q", "").replace("\0", "")[:80].strip(), request.GET.get("apres", "")
    found = reading.inbox(vendor=vendor, archived=archived, words=words, after=after)
    query = request.GET.copy()
    query["apres"] = found.older
    context = {
        "rows": found.rows, "archived": archived, "words": words,
        "older_url": f"?{query.urlencode()}" if found.older else "", "newest_url": request.path if after else "",
    }
    return page(request, vendor, "messages/inbox", context)


@vendor_required("orders")
def thread(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    conversation = own(ROWS, vendor=vendor, pk=pk)
    return _answering(request, vendor, conversation, conversation.order)


@vendor_required("orders")
def about_order(request: HttpRequest, vendor: Vendor, number: str) -> HttpResponse:
    """The boutique writes first about an order; one conversation goes on."""
    order = own(Order.objects.select_related("purchase", "shipping_address"), vendor=vendor, number=number)
    conversation = ROWS.filter(order=order).first()
    return _answering(request, vendor, conversation, order)


def _answering(request: HttpRequest, vendor: Vendor, conversation: Conversation | None, order: Order | None) -> HttpResponse:
    templates = list(Template.objects.filter(vendor=vendor))
    form = MessageForm.empty(_chosen(request, templates, conversation, order))
    if request.method == "POST":
        form, message = posted(
            request,
            lambda **facts: writing.write(conversation=conversation or writing.about_order(order=_known(order)), side=Side.VENDOR, author=request.user, **facts),
        )
        if message is not None:
            back = reverse("workshop:order", args=[order.number]) if order is not None and request.POST.get("back") == "order" else ""
            return redirect(f"{back or reverse('inbox:inbox_thread', args=[message.conversation_id])}#m-{message.pk}")
    if conversation is not None:
        writing.mark_read(conversation=conversation, side=Side.VENDOR)
    context = {
        "conversation": conversation, "order": order, "form": form, "templates": templates,
        "bubbles": bubbles(conversation) if conversation else [],
    }
    return page(request, vendor, "messages/thread", context, status=422 if form.errors else 200)


def bubbles(conversation: Conversation) -> list[reading.Bubble]:
    """The thread as the boutique reads it."""

    def address(row: Attachment) -> str:
        return reverse("inbox:inbox_file", args=[conversation.pk, row.pk])

    return reading.thread(conversation, side=Side.VENDOR, file_url=address)


def _known(order: Order | None) -> Order:
    assert order is not None  # a conversation or its order is always there
    return order


def _chosen(request: HttpRequest, templates: list[Template], conversation: Conversation | None, order: Order | None) -> str:
    wanted = whole(request.GET.get("modele", ""))
    template = next((template for template in templates if template.pk == wanted), None)
    if template is None:
        return ""
    address = order.shipping_address if order is not None and conversation is None else None
    return reading.filled(template, conversation, name=str(address.name) if address else "", number=order.number if order else "")


@vendor_required("orders")
def file(request: HttpRequest, vendor: Vendor, pk: int, file: int) -> HttpResponseBase:
    return handed_out(own(ROWS, vendor=vendor, pk=pk), file)


@require_POST
@vendor_required("orders")
def set_aside(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """Archive, or take out of the archive; block, or hear again."""
    conversation = own(ROWS, vendor=vendor, pk=pk)
    what = request.POST.get("what", "")
    if what in ("archive", "bring_back"):
        writing.archive(conversation=conversation, away=what == "archive")
        messages.success(request, _("The conversation is in the archive.") if what == "archive" else _("The conversation is back in the inbox."))
        return redirect("inbox:inbox")
    if what == "block":
        writing.block(conversation=conversation, side=Side.VENDOR)
    elif what == "unblock":
        writing.unblock(conversation=conversation, side=Side.VENDOR)
    return redirect("inbox:inbox_thread", pk)


@vendor_required("orders")
def templates(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    return _template(request, vendor, None)


@vendor_required("orders")
def template(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    return _template(request, vendor, own(Template.objects.all(), vendor=vendor, pk=pk))


def _template(request: HttpRequest, vendor: Vendor, instance: Template | None) -> HttpResponse:
    form = TemplateForm(request.POST or None, instance=instance, vendor=vendor)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The template is kept."))
        return redirect("inbox:inbox_templates")
    context = {"rows": Template.objects.filter(vendor=vendor), "form": form, "edited": instance}
    return page(request, vendor, "messages/templates", context, status=422 if form.errors else 200)


@require_POST
@vendor_required("orders")
def remove_template(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    own(Template.objects.all(), vendor=vendor, pk=pk).delete()
    messages.success(request, _("The template is gone."))
    return redirect("inbox:inbox_templates")


@vendor_required("orders")
def settings(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    known: Any = InboxSettings.objects.filter(vendor=vendor).first() or InboxSettings(vendor=vendor)
    form = SettingsForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your settings are kept."))
        return redirect("inbox:inbox_settings")
    return page(request, vendor, "messages/settings", {"form": form}, status=422 if form.errors else 200)
