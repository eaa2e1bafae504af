"""« Chiffres » in the workshop: a sentence first, then charts with their tables, what led here, what to improve; as CSV too."""

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc.money import Money
from lapinblanc.numbers import whole
from lapinblanc.sheets import plain_cell

from shop.formats import money
from shop.statistics import advice, figures
from shop.statistics.bars import HEIGHT, bars, shares
from shop.vendors.access import vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor

LABELS = {7: gettext_lazy("7 days"), 30: gettext_lazy("30 days"), 90: gettext_lazy("90 days"), 365: gettext_lazy("1 year")}


def _days(request: HttpRequest) -> int:
    asked = whole(request.GET.get("jours", ""))
    return asked if asked in figures.PERIODS else 30


@vendor_required("listings")
def board(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    days = _days(request)
    period = figures.Period.of(days)
    orders, cents = figures.sales(vendor, period)
    visits, by_day, listings = figures.visits(vendor, period), figures.by_day(vendor, period), figures.listings(vendor, period)
    context = {
        "periods": [(number, label, number == days) for number, label in LABELS.items()],
        "days": days,
        "visits": visits,
        "orders": orders,
        "sold": cents,
        "sold_now": money(Money(cents.now)),
        "favourites": figures.favourites(vendor, period),
        "per_hundred": f"{100 * orders.now / visits.now:.1f}".replace(".", ",") if visits.now else "",
        "height": HEIGHT,
        "visit_bars": [(bar, str(bar.value)) for bar in bars(first=period.first, last=period.last, values={day: row[0] for day, row in by_day.items()})],
        "sale_bars": [(bar, money(Money(bar.value))) for bar in bars(first=period.first, last=period.last, values={day: row[1] for day, row in by_day.items()})],
        "sources": shares(figures.by_source(vendor, period)),
        "words": shares(figures.words(vendor, period)),
        "listings": listings,
        "advice": advice.advice_for(vendor, listings),
    }
    return page(request, vendor, "figures", context)


@vendor_required("listings")
def sheet(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """The figures of creations as a table for a spreadsheet."""
    days = _days(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="chiffres-{days}-jours.csv"'
    answer.write("\ufeff")
    writer: Any = csv.writer(answer, delimiter=";")
    writer.writerow([_("Creation"), _("Visits"), _("Favourites"), _("Pieces sold"), _("Sales (€)")])
    for row in figures.listings(vendor, figures.Period.of(days), most=5000):
        writer.writerow([plain_cell(row.title), row.visits, row.favourites, row.pieces, str(row.amount.decimal).replace(".", ",")])
    return answer
