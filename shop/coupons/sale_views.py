"""A boutique's prices: its sales and codes at a glance, a sale looked at before it is agreed to, its end."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from lapinblanc.numbers import whole

from shop.catalogue.joining import RefusedPrices, TooLate
from shop.coupons.exceptions import RefusedTerms
from shop.coupons.forms import SaleForm, next_minute
from shop.coupons.looking import Lookout
from shop.coupons.models import Sale
from shop.coupons.reading import codes_said, said_of, sale_pieces, sales_said
from shop.coupons.sales import make_sale, problems_of_sale, stop_sale
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

# More rows than this are counted, not listed: they are lowered all the same.
MOST_ROWS = 200


@vendor_required("listings")
def board(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    return page(request, vendor, "promotions", {"sales": sales_said(vendor), "codes": codes_said(vendor)})


@vendor_required("listings")
def new(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """Typed, looked at (`look`), agreed to (`agree`): what is shown is what is written."""
    if request.method != "POST":
        return _shown(request, vendor, SaleForm(vendor=vendor))
    form = SaleForm(request.POST, vendor=vendor)
    if not form.is_valid():
        return _shown(request, vendor, form, status=422)
    facts = {"title": form.cleaned_data["title"], "starts_at": form.cleaned_data["starts_at"] or next_minute(), "ends_at": form.cleaned_data["ends_at"]}
    _tell(form, problems_of_sale(vendor=vendor, **facts))
    if form.errors:
        return _shown(request, vendor, form, status=422)
    look = Lookout(vendor=vendor, form=form, facts=facts, left_out=_numbers(request, "row") - _numbers(request, "piece"))
    if "agree" in request.POST and request.POST.get("seen") != look.digest:
        messages.warning(request, _("Something has changed meanwhile: look at the prices again."))
    elif "agree" in request.POST:
        try:
            sale = make_sale(vendor=vendor, prices=look.agreed, by=request.user, **facts)
            messages.success(request, _("The sale is set: the prices change by themselves, at its start and at its end."))
            return redirect("promotions:sale", sale.pk)
        except RefusedTerms as refusal:
            _tell(form, refusal.problems)
        except (RefusedPrices, TooLate):
            messages.error(request, _("Something has changed meanwhile: look at the prices again."))
    return _shown(request, vendor, form, look=look, status=422 if form.errors or "agree" in request.POST else 200)


@vendor_required("listings")
def detail(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    sale = own(Sale.objects.all(), vendor=vendor, pk=pk)
    return page(request, vendor, "sale", {"sale": said_of(sale), "pieces": sale_pieces(sale)})


@require_POST
@vendor_required("listings")
def stop(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    sale = own(Sale.objects.all(), vendor=vendor, pk=pk)
    if stop_sale(sale=sale):
        messages.success(request, _("The sale is over: the usual prices are back."))
    return redirect("promotions:board")


def _shown(request: HttpRequest, vendor: Vendor, form: SaleForm, *, look: Lookout | None = None, status: int = 200) -> HttpResponse:
    rows = look.rows() if look is not None else []
    context: dict[str, Any] = {"form": form, "rows": rows[:MOST_ROWS], "more": max(0, len(rows) - MOST_ROWS), "looked": look is not None, "seen": look.digest if look else ""}
    return page(request, vendor, "sale_new", context, status=status)


def _tell(form: SaleForm, problems: Mapping[str, str]) -> None:
    for name, sentence in problems.items():
        form.add_error(name if name in form.fields else None, sentence)


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {pk for text in request.POST.getlist(name) if (pk := whole(text)) is not None}
