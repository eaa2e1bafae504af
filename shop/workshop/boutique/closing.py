"""The page on which an owner closes her boutique: what remains to be done, what stays, the archive first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from lapinblanc.accounts.two_factor import confirmed

from shop.vendors.access import vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor, VendorState
from shop.workshop.closing import CannotClose, close_boutique, obstacles


@vendor_required("boutique")
@confirmed
def close(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    if request.method != "POST":
        return page(request, vendor, "closing", {"obstacles": obstacles(vendor), "closed": vendor.state == VendorState.CLOSED})
    reason = request.POST.get("reason", "").strip()[:300]
    if request.POST.get("sure") != "on":
        unsure = [_("Tick the box: a boutique is not closed by mistake.")]
        return page(request, vendor, "closing", {"obstacles": [], "unsure": unsure, "reason": reason}, status=422)
    try:
        close_boutique(vendor=vendor, by=request.user, reason=reason)
    except CannotClose as refused:
        return page(request, vendor, "closing", {"obstacles": refused.sentences, "reason": reason}, status=422)
    messages.success(request, _("Your boutique is closed. Thank you for what you made here."))
    return redirect("workshop:boutique_close")
