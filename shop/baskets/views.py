"""The basket: by boutique, with shipping choices and totals; putting in, changing, taking out."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from lapinblanc import numbers

from shop.baskets.choices import read_choices, read_codes, remember_choices
from shop.baskets.codes import take_codes, with_refused
from shop.baskets.contents import add_listing, set_quantity
from shop.baskets.exceptions import BasketProblem, PersonalisationMissing
from shop.baskets.pricing import quote_basket
from shop.baskets.quote import CodeQuote
from shop.catalogue.browsing import newest_cards
from shop.catalogue.detail import listing_detail
from shop.catalogue.models import Product
from shop.catalogue.reading import page_named, page_read


def detail(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, *, refused: Mapping[int, CodeQuote] | None = None, status: int = 200) -> HttpResponse:
    wrong = refused or {}
    codes = {vendor_id: code for vendor_id, code in read_codes(request).items() if vendor_id not in wrong}
    quote = with_refused(quote_basket(request.basket, choices=read_choices(request), codes=codes), wrong)
    return render(request, "basket/detail.html", {"quote": quote, "proposals": [] if quote.parcels else newest_cards()}, status=status)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put a listing into the basket; on refusal the listing's page comes back with what was typed."""
    product = _chosen(request.POST.get("listing", ""))
    whole = product.parent if product.is_child else product
    values = {field.label: request.POST.get(f"perso-{field.pk}", "") for field in whole.personalisation_fields.all()}
    try:
        add_listing(
            basket=request.basket, product=product, quantity=_whole_number(request.POST.get("quantity", "1"), least=1),
            personalisation=values, read_in=page_read(request.POST),
        )
    except BasketProblem as problem:
        return _listing_again(request, whole.pk, problem)
    messages.success(request, _("« %(title)s » is in your basket.") % {"title": whole.title})
    return redirect("basket:detail")


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Quantities, removals, shipping choices and codes of the basket's page, all in one form."""
    remember_choices(request)
    try:
        for name, value in request.POST.items():
            if name.startswith("quantity-") and (line := numbers.whole(name[9:])) is not None:
                set_quantity(basket=request.basket, line_id=line, quantity=_whole_number(value, least=0))
        removed = numbers.whole(request.POST.get("remove", ""))
        if removed is not None:
            set_quantity(basket=request.basket, line_id=removed, quantity=0)
    except BasketProblem as problem:
        messages.error(request, problem.message)
    refused = take_codes(request)
    if refused:
        # Shown with what was typed and why; what is wrong is not kept.
        return _show(request, refused=refused, status=422)
    return redirect(reverse("basket:detail"))


def _chosen(number: str) -> Product:
    product = Product.objects.select_related("vendor", "parent__vendor").filter(pk=numbers.whole(number)).first()
    whole = product.parent if product is not None and product.is_child else product
    if product is None or whole is None or not whole.is_on_sale or product.is_parent:
        raise Http404
    return product


def _listing_again(request: HttpRequest, pk: int, problem: BasketProblem) -> HttpResponse:
    product = Product.objects.for_page().get(pk=pk)
    chosen = numbers.whole(request.POST.get("listing", ""))
    errors = problem.errors if isinstance(problem, PersonalisationMissing) else {}
    return render(
        request,
        "catalogue/listing.html",
        {
            "listing": listing_detail(product, variant=chosen),
            "problem": problem.message,
            "errors": errors,
            "typed": request.POST.dict(),
            "read_in": page_named(request.POST),
            "others": newest_cards(vendor_id=product.vendor_id, exclude=product.pk),
        },
        status=422,
    )


def _whole_number(text: str, *, least: int) -> int:
    """What was typed as a quantity; nonsense counts as one piece."""
    found = numbers.whole(text.strip())
    return max(least, found) if found is not None and found < 100_000 else 1
