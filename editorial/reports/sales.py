"""What each page sold, and the stories that sold nothing: sums of order lines by the page in which a creation was met.

The sums are those of `shop.order.reading`: nothing of who bought, cancelled and returned orders left out.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import Count
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.money import Money
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.models import Page

from editorial.pages.story import StoryPage
from editorial.reports.base import DAYS, EditorsReport, LinkColumn, edit_url
from shop import api

PERIODS = ((7, _("7 days")), (DAYS, _("30 days")), (90, _("90 days")), (365, _("a year")))


@dataclass(slots=True)
class PageRow:
    """What one page sold, with its title once the page of rows is known; `found` is false for a page that was deleted."""

    page: int
    pieces: int
    amount: Decimal
    shown_amount: str
    orders: int
    listings: int
    title: str = ""
    kind: str = ""
    found: bool = False


class SalesFilters(WagtailFilterSet):  # type: ignore[misc]
    days = django_filters.ChoiceFilter(label=_("Over"), choices=PERIODS, empty_label=None)
    lu = django_filters.NumberFilter(label=_("Number of the page"), min_value=1, max_value=2**31 - 1)

    class Meta:
        model = Page
        fields: list[str] = []


class Sales(EditorsReport):
    """The largest first; every order line that counts is in exactly one row, so that the sums are the lines' to the cent."""

    key = "sales"
    page_title = _("What pages sold")
    header_icon = "doc-full"
    rule = _("Creations bought after a card in the page was followed. The page is read in the address of the link: no cookie, nothing about the reader. Cancelled and returned orders do not count; refunds are taken off.")
    filterset_class = SalesFilters
    columns = [  # noqa: RUF012
        LinkColumn("title", label=_("Page"), link=lambda row: edit_url(row.page) if row.found else ""),
        Column("kind", label=_("Kind")),
        NumberColumn("pieces", label=_("Pieces")),
        Column("shown_amount", label=_("Amount, VAT included")),
        NumberColumn("orders", label=_("Orders")),
        NumberColumn("listings", label=_("Creations that sold")),
    ]
    list_export = ["title", "kind", "pieces", "amount", "orders", "listings"]  # noqa: RUF012
    export_headings = {  # noqa: RUF012
        "title": _("Page"), "kind": _("Kind"), "pieces": _("Pieces"), "amount": _("Amount, VAT included"), "orders": _("Orders"),
        "listings": _("Creations that sold"),
    }

    def get_queryset(self) -> list[PageRow]:
        chosen = self.filters.form.cleaned_data if self.filters and self.filters.is_valid() else {}
        days = int(chosen.get("days") or DAYS)
        pages = [int(chosen["lu"])] if chosen.get("lu") else None
        sold = api.sold_from_pages(since=clock.now() - timedelta(days=days), pages=pages)
        self.sums = _sums(sold, days)
        return [PageRow(row.page, row.pieces, row.amount.decimal, api.money(row.amount), row.orders, row.listings) for row in sold]

    def filter_queryset(self, queryset: list[PageRow]) -> list[PageRow]:
        """Filtered where it was summed."""
        return queryset

    def decorate_paginated_queryset(self, rows: Any) -> list[PageRow]:
        found = list(rows)
        pages = Page.objects.in_bulk([row.page for row in found])
        for row in found:
            page = pages.get(row.page)
            row.found = page is not None
            row.title = page.title if page is not None else gettext("page deleted (no. %(number)d)") % {"number": row.page}
            row.kind = str(page.page_type_display_name) if page is not None else ""
        return found

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "sums": self.sums}


def _sums(sold: list[api.PageSales], days: int) -> str:
    pieces, amount = sum(row.pieces for row in sold), Money.total(row.amount for row in sold)
    return ngettext("%(pieces)d piece, %(amount)s in %(days)d days", "%(pieces)d pieces, %(amount)s in %(days)d days", pieces) % {
        "pieces": pieces, "amount": api.money(amount), "days": days
    }


class QuietStories(EditorsReport):
    key = "quiet"
    page_title = _("Stories without sales")
    header_icon = "mail"
    rule = _("Published stories from which nothing was bought in the last thirty days. A story may be worth reading without selling; these may lack a card, or show creations that are gone.")
    model = StoryPage
    columns = [  # noqa: RUF012
        LinkColumn("title", label=_("Story"), link=lambda row: edit_url(row.pk)),
        Column("author", label=_("Author")),
        DateColumn("first_published_at", label=_("Published on")),
        NumberColumn("shown", label=_("Creations shown"), accessor=lambda row: row.mentioned),
    ]
    list_export = ["title", "author", "first_published_at", "mentioned"]  # noqa: RUF012
    export_headings = {"title": _("Story"), "author": _("Author"), "mentioned": _("Creations shown"), "first_published_at": _("Published on")}  # noqa: RUF012

    def get_base_queryset(self) -> Any:
        since = clock.now() - timedelta(days=DAYS)
        rows = StoryPage.objects.live().exclude(pk__in=api.pages_that_sold(since=since)).defer("body")
        return rows.annotate(mentioned=Count("mentions")).order_by("-first_published_at", "-pk")
