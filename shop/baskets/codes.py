"""Giving a code to a boutique: typed in the basket, or come by the address that the boutique shares."""

from collections.abc import Mapping
from dataclasses import replace

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from lapinblanc import numbers

from shop.baskets.choices import remember_code
from shop.baskets.quote import CodeQuote, Quote
from shop.coupons.finding import why_refused
from shop.vendors.models import Vendor, VendorState

HOUR, MOST_WRONG_AN_HOUR = 3600, 40


def _guesses_too_much(request: HttpRequest) -> bool:
    """More codes that are none than a buyer mistypes in an hour, from one connection."""
    return int(cache.get(_guesses(request), 0)) >= MOST_WRONG_AN_HOUR


def _note_wrong(request: HttpRequest) -> None:
    cache.add(_guesses(request), 0, HOUR)
    cache.incr(_guesses(request))


def _guesses(request: HttpRequest) -> str:
    return f"codes:{get_adapter(request).get_client_ip(request)}"


def _why_refused(request: HttpRequest, *, vendor_id: int, code: str) -> str:
    """The sentence for a code that is not taken; empty when it is. Guessing many is stopped before they are looked up."""
    if _guesses_too_much(request):
        return _("Too many codes were tried from here: please try again in an hour, or order without one.")
    problem = why_refused(vendor_id=vendor_id, code=code, user=request.user)
    if problem:
        _note_wrong(request)
    return problem


def take_codes(request: HttpRequest) -> dict[int, CodeQuote]:
    """Codes typed in the basket's form are kept, one taken out is forgotten; returns what was refused and why, by boutique."""
    refused = {}
    for name, typed in request.POST.items():
        vendor_id = numbers.whole(name[5:]) if name.startswith("code-") and typed.strip() else None
        if vendor_id is None:
            continue
        if problem := _why_refused(request, vendor_id=vendor_id, code=typed):
            refused[vendor_id] = CodeQuote(typed[:40], problem=problem)
        else:
            remember_code(request, vendor_id=vendor_id, code=typed)
    removed = numbers.whole(request.POST.get("remove-code", ""))
    if removed is not None:
        remember_code(request, vendor_id=removed, code="")
    return refused


def with_refused(quote: Quote, refused: Mapping[int, CodeQuote]) -> Quote:
    """The quote with what was typed and why it is not taken beside the boutique's field."""
    parcels = (replace(parcel, code=refused.get(parcel.seller.vendor_id, parcel.code)) for parcel in quote.parcels)
    return Quote(parcels=tuple(parcels))


@never_cache
def given(request: HttpRequest, slug: str) -> HttpResponse:
    """The address that a boutique shares: `?code=` is shown, and kept for the basket once its reader says so."""
    vendor = Vendor.objects.filter(slug=slug, state=VendorState.APPROVED).first()
    if vendor is None:
        raise Http404
    typed = (request.POST if request.method == "POST" else request.GET).get("code", "")[:40]
    problem = _why_refused(request, vendor_id=vendor.pk, code=typed) if typed else ""
    if request.method == "POST" and typed and not problem:
        remember_code(request, vendor_id=vendor.pk, code=typed)
        messages.success(request, _("The code is kept: it applies in your basket."))
        return redirect(vendor)
    context = {"vendor": vendor, "typed": typed, "problem": problem}
    return render(request, "basket/code.html", context, status=422 if request.method == "POST" else 200)
