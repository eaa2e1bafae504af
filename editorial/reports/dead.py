"""Creations in pages that nobody can buy any more: which page, since when, what readers are shown instead."""

from typing import Any

import django_filters
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from editorial.mentions import Mention
from editorial.reports.base import EditorsReport, LinkColumn, edit_url
from shop import api


class DeadFilters(WagtailFilterSet):  # type: ignore[misc]
    live = django_filters.BooleanFilter(field_name="page__live", label=_("Published"))

    class Meta:
        model = Mention
        fields: list[str] = []


class DeadListings(EditorsReport):
    """One row for each mention of a creation in a page."""

    key = "dead"
    page_title = _("Creations that are gone")
    header_icon = "warning"
    rule = _("Creations named in a page that are sold out, paused, removed, or of a closed boutique. Readers are shown a piece of the same boutique, else of the same kind; what has none deserves an edit.")
    model = Mention
    filterset_class = DeadFilters
    columns = [  # noqa: RUF012  Wagtail reads plain class attributes
        LinkColumn("page", label=_("Page"), accessor="page.title", link=lambda row: edit_url(row.page_id)),
        Column("listing", label=_("Creation"), accessor="gone.title"),
        Column("boutique", label=_("Boutique"), accessor="gone.boutique"),
        Column("reason", label=_("Why"), accessor="gone.reason.label"),
        DateColumn("since", label=_("Since"), accessor="gone.since"),
        Column("instead", label=_("Shown instead")),
    ]
    list_export = ["page.title", "gone.title", "gone.boutique", "gone.reason.label", "gone.since", "instead"]  # noqa: RUF012
    export_headings = {  # noqa: RUF012
        "page.title": _("Page"), "gone.title": _("Creation"), "gone.boutique": _("Boutique"), "gone.reason.label": _("Why"),
        "gone.since": _("Since"), "instead": _("Shown instead"),
    }

    def get_base_queryset(self) -> Any:
        rows = Mention.objects.filter(listing__in=api.unavailable_listings()).select_related("page")
        return rows.order_by("-page__live", "page__path", "position")

    def decorate_paginated_queryset(self, rows: Any) -> list[Any]:
        found = list(rows)
        numbers = [row.listing_id for row in found]
        gone, instead = api.why_unavailable(numbers), api.alternatives(numbers)
        for row in found:
            row.gone = gone[row.listing_id]
            chosen = instead.get(row.listing_id)
            row.instead = f"{chosen.card.title} ({chosen.nearness.label})" if chosen is not None else gettext("nothing: please replace it")
        return found
