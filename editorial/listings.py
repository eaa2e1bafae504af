"""The list of stories in the editors' admin: whose they are, how many creations they name, how many of those are gone."""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from editorial.mentions import Mention
from editorial.pages.story import StoryPage
from shop import api


class StoriesView(IndexView):
    """Counts come with the rows: as many queries for fifty stories as for one."""

    default_ordering = "-date"

    def annotate_queryset(self, pages: Any) -> Any:
        named = Mention.objects.filter(page=OuterRef("pk")).order_by()
        gone = named.exclude(listing__in=api.buyable_listings())
        return super().annotate_queryset(pages.annotate(boutique_name=F("vendor__name"), pieces=_how_many(named), gone=_how_many(gone)))


class Stories(PageListingViewSet):
    model = StoryPage
    index_view_class = StoriesView
    name = "stories"
    url_prefix = "histoires"
    icon = "doc-full"
    menu_label = _("Stories")
    menu_order = 110
    add_to_admin_menu = True
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("boutique_name", label=_("Boutique"), accessor=lambda page: page.boutique_name or "–", sort_key="boutique_name"),
        Column("pieces", label=_("Creations named"), sort_key="pieces"),
        Column("gone", label=_("Of which gone"), sort_key="gone"),
        DateColumn("date", label=_("Date of the story"), sort_key="date"),
        PageStatusColumn("status", label=_("State of the page"), sort_key="live"),
    ]


def _how_many(mentions: Any) -> Any:
    counted = mentions.values("page").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


stories = Stories()
