"""« Près de chez vous »: the boutiques and newest creations of a department and of those around it, and the map of creators.

The place stands in the address alone: nothing about the reader is kept.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shop.catalogue.cards import ListingCard, listing_cards
from shop.catalogue.models import Product
from shop.formats import Crumb
from shop.vendors.browsing import boutiques_in
from shop.vendors.departments import NAMES, department_name
from shop.vendors.france import departments_with_counts, near, view_box
from shop.vendors.places import department_of, is_known_postcode

MOST_BOUTIQUES, MOST_CREATIONS = 12, 12


def near_you(request: HttpRequest) -> HttpResponse:
    postcode = request.GET.get("cp", "").strip()[:10]
    code, problem = _department(postcode, request.GET.get("departement", ""))
    around = near(code) if code else []
    departments = departments_with_counts()
    context = {
        "postcode": postcode,
        "problem": problem,
        "code": code,
        "place": department_name(code) if code else "",
        "here": boutiques_in([code], limit=MOST_BOUTIQUES) if code else [],
        "around": boutiques_in(around, limit=MOST_BOUTIQUES) if around else [],
        "creations": _newest_of([code]) if code else [],
        "departments": departments,
        "overseas": [department for department in departments if not department.outline],
        "open_count": sum(department.count for department in departments),
        "view_box": view_box(),
        "crumbs": [Crumb(_("Near you"), "")],
    }
    return render(request, "vendors/near.html", context, status=422 if problem else 200)


def _department(postcode: str, code: str) -> tuple[str, str]:
    """The department asked for by postcode or by its code, and what is wrong with what was typed."""
    if postcode:
        if is_known_postcode(postcode):
            return department_of(postcode), ""
        return "", _("This postcode is not a French one: five digits, please.")
    return (code, "") if code in NAMES else ("", "")


def _newest_of(codes: list[str]) -> list[ListingCard]:
    rows = Product.objects.on_sale().filter(sellable=True, vendor__department__in=codes).for_cards().newest()
    return listing_cards(rows[:MOST_CREATIONS])
