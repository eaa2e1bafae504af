"""Pictures in the editor: added by one or several, put in order, described, cropped, taken away. What was typed around is kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from lapinblanc.numbers import whole

from shop.catalogue import gallery
from shop.catalogue.models import ProductImage
from shop.catalogue.uploads import RefusedPicture, add_uploaded_picture
from shop.vendors.access import own, own_of, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor
from shop.workshop.editor import drafts
from shop.workshop.editor.views import editable


def _owned(request: HttpRequest, vendor: Vendor, pk: int) -> Any:
    """The listing; what was typed in the same form is kept before anything else is done."""
    product = own(editable(), vendor=vendor, pk=pk)
    if request.method == "POST":
        drafts.keep(product=product, by=request.user, typed=request.POST)
    return product


@require_POST
@vendor_required("listings")
def add(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """One picture asked by script is answered in JSON; several sent by the form are told one by one."""
    product = _owned(request, vendor, pk)
    problems = []
    for upload in request.FILES.getlist("picture") or [None]:
        try:
            add_uploaded_picture(product=product, upload=upload, alt=request.POST.get("alt", ""), by=request.user)
        except RefusedPicture as refusal:
            problems.append(f"{upload.name} : {refusal.message}" if upload else refusal.message)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"said": problems[0] if problems else "", "revision": gallery.revision_of(product)}, status=422 if problems else 200)
    for problem in problems:
        messages.error(request, problem)
    return redirect("workshop:listing", pk)


@require_POST
@vendor_required("listings")
def remove(request: HttpRequest, vendor: Vendor, pk: int, picture: int) -> HttpResponse:
    product = _owned(request, vendor, pk)
    image = own_of(ProductImage.objects.all(), parent=product, field="product", pk=picture)
    gallery.remove_picture(product=product, image=image, by=request.user)
    messages.success(request, _("Picture taken away. « Versions » brings it back."))
    return redirect("workshop:listing", pk)


@require_POST
@vendor_required("listings")
def arrange(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """`order` is the list of numbers from a drag; `move` is « 12:-1 » from a button."""
    product = _owned(request, vendor, pk)
    order = [number for part in request.POST.get("order", "").split(",") if (number := whole(part)) is not None]
    number, _colon, step = request.POST.get("move", "").partition(":")
    if order:
        gallery.arrange(product=product, order=order, by=request.user)
    elif whole(number) is not None and step in ("1", "-1"):
        gallery.move(product=product, picture=int(number), step=int(step), by=request.user)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"revision": gallery.revision_of(product)})
    return redirect("workshop:listing", pk)


@require_POST
@vendor_required("listings")
def describe(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    """The words of all pictures at once: inputs `alt-12`."""
    product = _owned(request, vendor, pk)
    words = {number: value for name, value in request.POST.items() if name.startswith("alt-") and (number := whole(name[4:])) is not None}
    gallery.describe(product=product, words=words, by=request.user)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"revision": gallery.revision_of(product)})
    return redirect("workshop:listing", pk)


@vendor_required("listings")
def crop(request: HttpRequest, vendor: Vendor, pk: int, picture: int) -> HttpResponse:
    """The picture with a frame to move; without scripts, four numbers in per cent and three ready frames."""
    product = own(editable(), vendor=vendor, pk=pk)
    image = own_of(ProductImage.objects.all(), parent=product, field="product", pk=picture)
    if request.method == "POST":
        frame = gallery.Frame.read(request.POST, ratio=request.POST.get("ratio", ""), image=image)
        if frame is None:
            messages.error(request, _("The frame must stay inside the picture, and hold a tenth of it at least."))
            return page(request, vendor, "listing/crop", {"listing": product, "image": image, "frame": gallery.frame_of(image)}, status=422)
        gallery.crop(product=product, image=image, frame=frame, by=request.user)
        messages.success(request, _("Cropped. The whole picture is kept: you may crop it again."))
        return redirect("workshop:listing", pk)
    return page(request, vendor, "listing/crop", {"listing": product, "image": image, "frame": gallery.frame_of(image), "source": gallery.master_url(image)})
