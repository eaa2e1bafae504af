"""A listing as a buyer would see it, with what was typed and not yet written: drawn inside a transaction that is rolled back.

For the boutique's own team; nothing of it can be bought, and nothing is remembered.
"""

from csp.decorators import csp_replace
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from lapinblanc.previews import previewing

from shop.catalogue.detail import listing_detail
from shop.catalogue.models import Product
from shop.catalogue.whole.writing import SkuTaken, StockBelowReserved, write_whole
from shop.vendors.access import own, vendor_required
from shop.vendors.models import Vendor
from shop.workshop.editor import drafts
from shop.workshop.editor.parts import parts_of, read
from shop.workshop.editor.views import editable


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
@vendor_required("listings")
def preview(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    product = own(editable(), vendor=vendor, pk=pk)
    with previewing(), transaction.atomic():
        draft = drafts.draft_of(product)
        if draft is not None:
            whole = drafts.whole_now(product)
            changed, _fine = read(parts_of(drafts.typed_of(draft), whole, vendor), whole)
            try:
                with transaction.atomic():
                    write_whole(product=product, whole=changed, by=request.user, why="autosave")
            except (SkuTaken, StockBelowReserved):
                pass  # what is saved is shown instead; saving says why
        answer = _drawn(request, pk)
        transaction.set_rollback(True)
    return answer


def _drawn(request: HttpRequest, pk: int) -> HttpResponse:
    product = Product.objects.listings().for_page().get(pk=pk)
    context = {"listing": listing_detail(product), "product": product, "others": [], "seen_in": [], "reviews": {"reviews": []}, "preview": True}
    answer = render(request, "catalogue/listing.html", context)
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store"
    return answer

