"""The boutique's page as a buyer will see it, with its drafts, for its team alone: before any paperwork."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shop.catalogue.boutiques import boutique_answer
from shop.catalogue.browsing import Page
from shop.catalogue.cards import listing_card
from shop.catalogue.models import ListingState, Product
from shop.vendors.access import vendor_required
from shop.vendors.models import Vendor

SHOWN = 24


@vendor_required("listings")
def preview(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """Cards lead to the editor: the public has no page for them yet."""
    rows = Product.objects.by(vendor).exclude(state=ListingState.REMOVED).order_by("-pk")[:SHOWN]
    cards = [replace(listing_card(row), url=reverse("workshop:listing", args=[row.pk])) for row in rows if row.card]
    return boutique_answer(request, vendor, preview=True, drafts=Page(cards=cards, older=""))
