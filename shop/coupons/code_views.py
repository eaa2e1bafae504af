"""A boutique makes a code, or stops one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shop.catalogue.models import ListingState, Product
from shop.coupons.exceptions import RefusedTerms
from shop.coupons.forms import CodeForm
from shop.coupons.making import make_coupon, stop_coupon
from shop.coupons.models import Coupon
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

# A boutique with more creations than this chooses by its shelves.
MOST_LISTED = 200
FIELDS = {"percent": "value", "amount": "value"}


@vendor_required("listings")
def new(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, vendor, CodeForm(vendor=vendor))
    form = CodeForm(request.POST, vendor=vendor)
    if form.is_valid():
        try:
            made = make_coupon(vendor=vendor, asked=form.asked(vendor=vendor, chosen=request.POST.getlist("listing")), by=request.user)
            messages.success(request, _("The code %(code)s is made.") % {"code": made.code})
            return redirect("promotions:board")
        except RefusedTerms as refusal:
            for name, sentence in refusal.problems.items():
                field = FIELDS.get(name, name)
                form.add_error(field if field in form.fields else None, sentence)
    return _shown(request, vendor, form, status=422)


@require_POST
@vendor_required("listings")
def stop(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    coupon = own(Coupon.objects.all(), vendor=vendor, pk=pk)
    stop_coupon(coupon=coupon)
    messages.success(request, _("The code %(code)s is stopped.") % {"code": coupon.code})
    return redirect("promotions:board")


def _shown(request: HttpRequest, vendor: Vendor, form: CodeForm, *, status: int = 200) -> HttpResponse:
    listings = list(Product.objects.listings().filter(vendor=vendor, state=ListingState.PUBLISHED).order_by("title").values_list("pk", "title")[: MOST_LISTED + 1])
    chosen = set(request.POST.getlist("listing"))
    rows = [(pk, title, str(pk) in chosen) for pk, title in listings] if len(listings) <= MOST_LISTED else []
    context: dict[str, Any] = {"form": form, "listings": rows, "too_many": len(listings) > MOST_LISTED}
    return page(request, vendor, "code_new", context, status=status)
