"""Giving a code to a boutique: typed in the basket, or come by the address that the boutique shares."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from lapinblanc import numbers

from shop.baskets.choices import remember_code
from shop.coupons.finding import why_refused
from shop.vendors.models import Vendor, VendorState


def take_codes(request: HttpRequest) -> dict[int, str]:
    """Codes typed in the basket's form are kept, one taken out is forgotten; returns what was refused, by boutique."""
    refused = {}
    for name, typed in request.POST.items():
        vendor_id = numbers.whole(name[5:]) if name.startswith("code-") and typed.strip() else None
        if vendor_id is None:
            continue
        if why_refused(vendor_id=vendor_id, code=typed, user=request.user):
            refused[vendor_id] = typed[:40]
        else:
            remember_code(request, vendor_id=vendor_id, code=typed)
    removed = numbers.whole(request.POST.get("remove-code", ""))
    if removed is not None:
        remember_code(request, vendor_id=removed, code="")
    return refused


@never_cache
def given(request: HttpRequest, slug: str) -> HttpResponse:
    """The address that a boutique shares: `?code=` is shown, and kept for the basket once its reader says so."""
    vendor = Vendor.objects.filter(slug=slug, state=VendorState.APPROVED).first()
    if vendor is None:
        raise Http404
    typed = (request.POST if request.method == "POST" else request.GET).get("code", "")[:40]
    problem = why_refused(vendor_id=vendor.pk, code=typed, user=request.user) if typed else ""
    if request.method == "POST" and typed and not problem:
        remember_code(request, vendor_id=vendor.pk, code=typed)
        messages.success(request, _("The code is kept: it applies in your basket."))
        return redirect(vendor)
    context = {"vendor": vendor, "typed": typed, "problem": problem}
    return render(request, "basket/code.html", context, status=422 if request.method == "POST" else 200)
