"""Public pages of boutiques."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from lapinblanc import clock

from shop.catalogue.browsing import Page, listing_page
from shop.catalogue.models import Product
from shop.catalogue.watching import seen
from shop.compliance import branches
from shop.formats import Crumb
from shop.vendors.accents import accent_of
from shop.vendors.browsing import boutique_page, departments
from shop.vendors.cards import vendor_card
from shop.vendors.legal import vat_mention
from shop.vendors.models import Section, Vendor, VendorState
from shop.vendors.shelves import coming_fairs

AHEAD = timedelta(days=31)


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
        return _closed(request, slug)
    seen(request, vendor_id=vendor.pk)
    return boutique_answer(request, vendor)


def _closed(request: HttpRequest, slug: str) -> HttpResponse:
    """What a closed boutique leaves behind: its name, and that it has closed. Every other one is not there."""
    name = Vendor.objects.filter(slug=slug, state=VendorState.CLOSED, listings__published_at__isnull=False).values_list("name", flat=True).first()
    if not name:
        raise Http404
    return render(request, "vendors/closed.html", {"name": name, "crumbs": [Crumb(name, "")]}, status=410)


def boutique_answer(request: HttpRequest, vendor: Vendor, *, preview: bool = False, drafts: Page | None = None) -> HttpResponse:
    """The public page of a boutique: the one behind its address, or, unsaved or with its drafts, as its vendor is about to make it."""
    rows = Product.objects.on_sale().by(vendor)
    sections = _sections(vendor)
    current = next((section for section in sections if str(section.pk) == request.GET.get("rayon")), None)
    page = drafts or listing_page(rows.filter(section=current) if current else rows, after=request.GET.get("apres", ""))
    query = {"rayon": str(current.pk)} if current else {}
    context = {
        "vendor": vendor,
        "card": vendor_card(vendor),
        "banner": vendor.banner_facts or None,
        "accent": accent_of(vendor.accent),
        "page": page,
        "sections": sections,
        "options": [option for option in vendor.shipping_options.all() if option.is_active],
        "current": current,
        "fairs": coming_fairs(vendor),
        "leave_ahead": _leave_ahead(vendor),
        "vat_mention": vat_mention(vendor.vat_regime),
        "numbers": branches.shown(vendor.idu),
        "crumbs": [Crumb(vendor.name, "")],
        "older_url": f"?{urlencode(query | {'apres': page.older})}" if page.older else "",
        "newest_url": f"{request.path}{'?' if query else ''}{urlencode(query)}" if request.GET.get("apres") else "",
        "preview": preview,
        "opening": drafts is not None,
    }
    return render(request, "vendors/detail.html", context)


def _sections(vendor: Vendor) -> list[Any]:
    """Those that hold something to see, in the vendor's order; one query."""
    shown = Product.objects.on_sale().by(vendor).filter(section=OuterRef("pk"))
    return list(Section.objects.filter(Exists(shown), vendor=vendor))


def _leave_ahead(vendor: Vendor) -> bool:
    """A leave that begins within a month is said before it begins."""
    start = vendor.leave_from
    return bool(start and clock.today() < start <= clock.today() + AHEAD)
