"""Public pages of listings and categories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from oscar.core.loading import get_model

from shop.catalogue.browsing import filtered, listing_page, newest_cards
from shop.catalogue.detail import listing_detail
from shop.catalogue.facets import chips, chosen, facets
from shop.catalogue.models import Category, Product
from shop.formats import Crumb, money

UNIVERSES = ("creations", "mercerie")


def universe(request: HttpRequest, universe: str) -> HttpResponse:
    """All listings of a universe, under its tree of categories."""
    root = Category.objects.filter(slug=universe, depth=1).first() if universe in UNIVERSES else None
    if root is None:
        raise Http404
    return _list(request, root, universe)


def category(request: HttpRequest, universe: str, slug: str, pk: int) -> HttpResponse:
    found = Category.objects.filter(pk=pk, depth__gt=1, is_public=True).first()
    if found is None or found.get_root().slug != universe:
        raise Http404
    if found.slug != slug:
        return redirect("catalogue:category", universe, found.slug, pk, permanent=True)
    return _list(request, found, universe)


def _list(request: HttpRequest, category: Category, universe: str) -> HttpResponse:
    filters = chosen(request.GET.dict())
    rows = Product.objects.on_sale().in_category(category.pk)
    page = listing_page(filtered(rows, filters), after=request.GET.get("apres", ""))
    found = facets(rows, filters, money)
    query = request.GET.copy()
    query.pop("apres", None)
    newest_url = f"?{query.urlencode()}" if request.GET.get("apres") else ""
    query["apres"] = page.older
    return render(
        request,
        "catalogue/category.html",
        {
            "category": category,
            "page": page,
            "facets": found,
            "chips": chips(found),
            "narrowed": bool(filters),
            "total": filtered(rows, filters).count(),
            "children": [Crumb(str(child.name), _address(child, universe)) for child in category.get_children()],
            "crumbs": [Crumb(str(a.name), _address(a, universe)) for a in category.get_ancestors()]
            + [Crumb(str(category.name), "")],
            "older_url": f"?{query.urlencode()}" if page.older else "",
            "newest_url": newest_url,
            "clear_url": request.path,
        },
    )


def _address(category: Category, universe: str) -> str:
    if category.depth == 1:
        return reverse("catalogue:universe", args=[category.slug])
    return reverse("catalogue:category", args=[universe, category.slug, category.pk])


def detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A listing; paused and removed ones say so and propose others, drafts do not exist."""
    product = Product.objects.visible_by_address().for_page().filter(pk=pk).first()
    if product is None:
        raise Http404
    if product.slug != slug:
        return redirect(product, permanent=True)
    facts = listing_detail(product)
    return render(
        request,
        "catalogue/listing.html",
        {
            "listing": facts,
            "others": newest_cards(vendor_id=product.vendor_id, exclude=product.pk, limit=8),
            "reviews": get_model("reviews", "ProductReview").objects.approved().filter(product=product)[:12],
        },
        status=200 if product.is_on_sale else 410,
    )


def review(request: HttpRequest, product_slug: str, product_pk: int, pk: int) -> HttpResponse:
    """A review's own address, which Oscar's dashboard links to: it is read on its listing's page."""
    return redirect("catalogue:detail", product_slug, product_pk)
