"""Keeping and letting go, and the page of what is kept. A visitor signs in first, then is asked again, by a button."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shop.catalogue.cards import listing_cards
from shop.catalogue.models import Product
from shop.favourites.models import Favourite, Follow
from shop.vendors.cards import vendor_card
from shop.vendors.models import Vendor

MOST = 200


@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """What is still on sale of it, the newest first; what is not comes back with its creation."""
    rows = Product.objects.on_sale().for_cards().filter(favourites__user=request.user).order_by("-favourites__pk")[:MOST]
    vendors = Vendor.objects.open().for_cards().filter(followers__user=request.user).order_by("-followers__pk")[:MOST]
    return render(request, "favourites/mine.html", {"cards": listing_cards(rows), "vendors": [vendor_card(vendor) for vendor in vendors]})


@login_required
@never_cache
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    product = Product.objects.on_sale().filter(pk=pk).first()
    if product is None:
        raise Http404
    return _toggle(request, Favourite.objects, product.get_absolute_url(), product.title, product=product)


@login_required
@never_cache
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    vendor = Vendor.objects.open().filter(slug=slug).first()
    if vendor is None:
        raise Http404
    return _toggle(request, Follow.objects, vendor.get_absolute_url(), vendor.name, vendor=vendor)


def _toggle(request: HttpRequest, rows: Any, url: str, name: str, **what: Any) -> HttpResponse:
    """GET asks, POST does: « keep » is done once however often it is sent, and so is « leave »."""
    kept = rows.filter(user=request.user, **what)
    if request.method == "POST":
        if request.POST.get("leave"):
            kept.delete()
            messages.success(request, _("%(name)s is no longer among your favourites.") % {"name": name})
        else:
            rows.get_or_create(user=request.user, **what)
            messages.success(request, _("%(name)s is among your favourites.") % {"name": name})
        return redirect(url)
    return render(request, "favourites/keep.html", {"name": name, "back_url": url, "kept": kept.exists()})
