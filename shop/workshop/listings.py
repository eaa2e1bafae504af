"""A vendor's listings: the editor, pictures, and the state that buyers see."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shop.catalogue import editing
from shop.catalogue.models import ListingState, Product, ProductImage
from shop.catalogue.uploads import RefusedPicture, add_uploaded_picture
from shop.vendors.access import own, own_of, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor
from shop.workshop.listing_form import ListingForm


@vendor_required("listings")
def create(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    form = ListingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        product = editing.create_listing(vendor=vendor, facts=form.facts())
        messages.success(request, _("Draft saved. Add a picture, then publish."))
        return redirect("workshop:listing", product.pk)
    return page(request, vendor, "listing", {"form": form}, status=422 if form.errors else 200)


@vendor_required("listings")
def edit(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    product = own(_editable(), vendor=vendor, pk=pk)
    form = ListingForm(request.POST or None, initial=editing.facts_of(product), variants=product.is_parent)
    if request.method == "POST" and form.is_valid():
        try:
            editing.change_listing(product=product, facts=form.facts())
            messages.success(request, _("Saved."))
            return redirect("workshop:listing", product.pk)
        except editing.StockBelowReserved:
            form.add_error("stock", _("Some pieces are set aside for orders under way: the stock cannot be below them."))
    context = {"form": form, "listing": product, "pictures": product.images.all(), "missing": editing.missing(product)}
    return page(request, vendor, "listing", context, status=422 if form.errors else 200)


@require_POST
@vendor_required("listings")
def set_state(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    product = own(_editable(), vendor=vendor, pk=pk)
    try:
        now = editing.move_listing(product=product, state=request.POST.get("state", ""))
        if now == ListingState.IN_REVIEW:
            messages.info(request, _("Somebody of the cooperative reads this creation before everybody does, within two working days. You will get a mail."))
    except editing.NotReady as reasons:
        for reason in reasons.missing:
            messages.error(request, reason)
    except editing.ImpossibleState:
        messages.error(request, _("This state cannot be chosen here."))
    return redirect("workshop:listing", pk)


@require_POST
@vendor_required("listings")
def add_picture(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    product = own(_editable(), vendor=vendor, pk=pk)
    try:
        add_uploaded_picture(product=product, upload=request.FILES.get("picture"), alt=request.POST.get("alt", ""))
    except RefusedPicture as refusal:
        messages.error(request, refusal.message)
    return redirect("workshop:listing", pk)


@require_POST
@vendor_required("listings")
def remove_picture(request: HttpRequest, vendor: Vendor, pk: int, picture: int) -> HttpResponse:
    product = own(_editable(), vendor=vendor, pk=pk)
    image = own_of(ProductImage.objects.all(), parent=product, field="product", pk=picture)
    editing.remove_picture(product=product, image=image)
    return redirect("workshop:listing", pk)


def _editable() -> "editing.Listings":
    return Product.objects.listings().exclude(state=ListingState.REMOVED)
