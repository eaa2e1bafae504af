"""Public pages of listings and categories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from lapinblanc.search import addresses
from lapinblanc.search.engine import NEWEST
from lapinblanc.search.page import search_page
from lapinblanc.search.views import money

from shop.catalogue.browsing import newest_cards
from shop.catalogue.choosing import variant_named, with_variant
from shop.catalogue.detail import listing_detail
from shop.catalogue.models import Category, Product
from shop.catalogue.reading import page_named, with_page
from shop.catalogue.reviews.reading import of_listing, review_page
from shop.catalogue.seen_in import seen_in
from shop.catalogue.watching import seen
from shop.formats import Crumb

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
    """A category is a search without words: the same filters, counts and addresses."""
    address = addresses.read(request.path, request.GET, {"category": (str(category.pk),)})
    return render(
        request,
        "catalogue/category.html",
        {
            "category": category,
            "page": search_page(address, money, default_sort=NEWEST),
            "children": [Crumb(str(child.name), _address(child, universe)) for child in category.get_children()],
            "crumbs": [Crumb(str(a.name), _address(a, universe)) for a in category.get_ancestors()] + [Crumb(str(category.name), "")],
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
        return redirect(with_variant(with_page(product.get_absolute_url(), page_named(request.GET)), variant_named(request.GET)), permanent=True)
    facts = listing_detail(product, variant=variant_named(request.GET))
    seen(request, vendor_id=product.vendor_id, product_id=product.pk)
    return render(
        request,
        "catalogue/listing.html",
        {
            "listing": facts,
            "read_in": page_named(request.GET),
            "others": newest_cards(vendor_id=product.vendor_id, exclude=product.pk, limit=8),
            "seen_in": seen_in(product.pk),
            "reviews": review_page(of_listing(product.pk), size=6),
            "product": product,
        },
        status=200 if product.is_on_sale else 410,
    )


def review(request: HttpRequest, product_slug: str, product_pk: int, pk: int) -> HttpResponse:
    """A review's own address, which Oscar's dashboard links to: it is read on its listing's page."""
    return redirect("catalogue:detail", product_slug, product_pk)
