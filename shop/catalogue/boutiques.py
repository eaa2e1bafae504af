"""Public pages of boutiques."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shop.catalogue.browsing import listing_page
from shop.catalogue.models import Product
from shop.catalogue.watching import seen
from shop.formats import Crumb
from shop.vendors.browsing import boutique_page, departments
from shop.vendors.cards import vendor_card
from shop.vendors.legal import vat_mention
from shop.vendors.models import Vendor


def vendor_list(request: HttpRequest) -> HttpResponse:
    department = request.GET.get("departement", "").replace("\0", "")
    cards, older = boutique_page(department=department, after=request.GET.get("apres", "").replace("\0", ""))
    query = request.GET.copy()
    query["apres"] = older
    return render(
        request,
        "vendors/list.html",
        {
            "cards": cards,
            "departments": departments(),
            "department": department,
            "older_url": f"?{query.urlencode()}" if older else "",
            "newest_url": request.path if request.GET.get("apres") else "",
        },
    )


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    vendor = Vendor.objects.open().prefetch_related("shipping_options").filter(slug=slug).first()
    if vendor is None:
        raise Http404
    seen(request, vendor_id=vendor.pk)
    page = listing_page(Product.objects.on_sale().by(vendor), after=request.GET.get("apres", ""))
    return render(
        request,
        "vendors/detail.html",
        {
            "vendor": vendor,
            "card": vendor_card(vendor),
            "page": page,
            "vat_mention": vat_mention(vendor.vat_regime),
            "crumbs": [Crumb(vendor.name, "")],
            "older_url": f"?apres={page.older}" if page.older else "",
            "newest_url": request.path if request.GET.get("apres") else "",
        },
    )
