"""The editor of a listing: written by its parts, saved while typing, with the state that buyers see."""

from dataclasses import replace
from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from lapinblanc import clock
from lapinblanc.hours import in_paris_words
from lapinblanc.numbers import whole as number

from shop.catalogue import editing
from shop.catalogue.models import ListingState, Product
from shop.catalogue.whole.creating import create_whole
from shop.catalogue.whole.reading import read_whole, with_everything
from shop.catalogue.whole.rows import SkuTaken
from shop.catalogue.whole.values import WholeListing
from shop.catalogue.whole.writing import ChangedMeanwhile, StockBelowReserved, write_whole
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor
from shop.workshop.editor import drafts, quality
from shop.workshop.editor.completeness import still_complete
from shop.workshop.editor.parts import Part, parts_of, read

REFUSED = (StockBelowReserved, SkuTaken)


def editable() -> Any:
    return Product.objects.listings().exclude(state=ListingState.REMOVED)


@vendor_required("listings")
def create(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    whole = WholeListing(title="")
    typed = request.POST if request.method == "POST" else None
    parts = parts_of(typed, whole, vendor)
    if typed is not None:
        made, fine = read(parts, whole)
        if fine:
            try:
                product = create_whole(vendor=vendor, whole=made, by=request.user)
                messages.success(request, _("Draft saved. Add a picture, then publish."))
                return redirect("workshop:listing", product.pk)
            except REFUSED as refusal:
                messages.error(request, said(refusal))
        return _show(request, vendor, None, parts, status=422)
    return _show(request, vendor, None, parts)


@csp_replace({"frame-src": ["'self'"]})  # the preview beside the form
@vendor_required("listings")
def edit(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    product = own(with_everything(editable()), vendor=vendor, pk=pk)
    whole = read_whole(product)
    if request.method == "POST":
        return _save(request, vendor, product, whole)
    draft = drafts.draft_of(product)
    return _show(request, vendor, product, parts_of(drafts.typed_of(draft) if draft else None, whole, vendor), draft=draft)


def _save(request: HttpRequest, vendor: Vendor, product: Product, whole: WholeListing) -> HttpResponse:
    """Write it all, or say what is wrong with all that was typed still there."""
    parts = parts_of(request.POST, whole, vendor)
    changed, fine = read(parts, whole)
    if not fine:
        drafts.keep(product=product, by=request.user, typed=request.POST)
        return _show(request, vendor, product, parts, status=422)
    try:
        with still_complete(product):
            write_whole(product=product, whole=changed, by=request.user, revision=number(request.POST.get("revision", "")))
    except editing.NotReady as gaps:
        drafts.keep(product=product, by=request.user, typed=request.POST)
        for sentence in gaps.missing:
            messages.error(request, sentence)
        return _show(request, vendor, product, parts, status=422)
    except ChangedMeanwhile:
        drafts.keep(product=product, by=request.user, typed=request.POST)
        messages.error(request, _("This creation was changed in another window meanwhile. What you typed is below: save again to keep it, or take up what is saved."))
        return _show(request, vendor, product, parts, draft=drafts.draft_of(product), status=409)
    except REFUSED as refusal:
        drafts.keep(product=product, by=request.user, typed=request.POST)
        messages.error(request, said(refusal))
        return _show(request, vendor, product, parts, status=422)
    drafts.forget(product)
    messages.success(request, _("Saved."))
    return redirect("workshop:listing", product.pk)


@require_POST
@vendor_required("listings")
def autosave(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """Called while typing: JSON {"revision", "said"}, 409 when another window was faster. Nothing typed is lost either way."""
    product = own(editable(), vendor=vendor, pk=pk)
    try:
        revision, fine = drafts.autosave(product=product, vendor=vendor, by=request.user, typed=request.POST, revision=number(request.POST.get("revision", "")) or 0)
    except ChangedMeanwhile as meanwhile:
        return JsonResponse({"revision": meanwhile.revision, "said": _("Changed in another window: what you typed is kept, load the page again.")}, status=409)
    except REFUSED as refusal:
        return JsonResponse({"revision": product.revision, "said": said(refusal)}, status=422)
    hour = clock.now().astimezone(clock.PARIS).strftime("%H:%M")
    text = _("Saved at %(hour)s") if fine else _("What you typed is kept, %(hour)s")
    return JsonResponse({"revision": revision, "said": text % {"hour": hour}, "written": fine})


@require_POST
@vendor_required("listings")
def drop_draft(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """Take up what is saved; what was typed since is let go."""
    product = own(editable(), vendor=vendor, pk=pk)
    drafts.forget(product)
    return redirect("workshop:listing", pk)


@require_POST
@vendor_required("listings")
def set_state(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    product = own(editable(), vendor=vendor, pk=pk)
    try:
        state = editing.move_listing(product=product, state=request.POST.get("state", ""))
        if state == ListingState.REMOVED:
            messages.success(request, _("Removed. You find it again among your creations, by the filter « removed »."))
            return redirect("workshop:listings")
        if state == ListingState.IN_REVIEW:
            messages.info(request, _("It is read by somebody first: you will be told by mail."))
    except editing.NotReady as reasons:
        for reason in reasons.missing:
            messages.error(request, reason)
    except editing.ImpossibleState:
        messages.error(request, _("This state cannot be chosen here."))
    return redirect("workshop:listing", pk)


@require_POST
@vendor_required("listings")
def bring_back(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """What was removed is in the workshop again, and shown to nobody yet."""
    product = own(Product.objects.listings(), vendor=vendor, pk=pk)
    if product.state == ListingState.REMOVED:
        editing.move_listing(product=product, state=ListingState.PAUSED)
        messages.success(request, _("It is back, and not shown yet: publish it when it is ready."))
    return redirect("workshop:listing", pk)


@require_POST
@vendor_required("listings")
def duplicate(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """A draft like it, pictures included, without its references."""
    product = own(editable(), vendor=vendor, pk=pk)
    whole = drafts.whole_now(product)
    title = _("%(title)s (copy)") % {"title": whole.title[:110]}
    copy = create_whole(vendor=vendor, whole=whole.but(title=title, sku="", variants=tuple(replace(variant, sku="") for variant in whole.variants)), by=request.user)
    messages.success(request, _("Here is the copy, as a draft."))
    return redirect("workshop:listing", copy.pk)


def said(refusal: Exception) -> str:
    if isinstance(refusal, SkuTaken):
        return _("The reference « %(sku)s » is that of another creation: choose another.") % {"sku": refusal.sku}
    return _("Some pieces are set aside for orders under way: the stock cannot be below them.")


def _show(request: HttpRequest, vendor: Vendor, product: Any, parts: list[Part], *, draft: Any = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"parts": parts, "listing": product, "draft": draft, "has_errors": any(part.errors for part in parts), "scripts": [part.script for part in parts if part.script]}
    if product is not None:
        context |= {
            "pictures": list(product.images.all()),
            "missing": editing.missing(product),
            "quality": quality.remarks(product),
            "draft_hour": in_paris_words(draft.at) if draft else "",
            "publish_at": product.publish_at.astimezone(clock.PARIS).strftime("%Y-%m-%dT%H:%M") if product.publish_at else "",
        }
    return page(request, vendor, "listing/edit", context, status=status)
