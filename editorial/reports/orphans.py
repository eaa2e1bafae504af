"""Pages that are live and to which nothing of the site leads: readers find them by the search alone, or never."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Cast, Left, Length
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.models import Page, ReferenceIndex, get_page_models

from editorial.pages.index import IndexPage
from editorial.pages.standard import FooterGroup, TextPage
from editorial.reports.base import EditorsReport, LinkColumn, edit_url

STEP = Page.steplen


class Orphans(EditorsReport):
    key = "orphans"
    page_title = _("Pages that nothing leads to")
    header_icon = "link-external"
    rule = _("A published page counts as found when its published index lists it, when it is an index itself, when the footer lists it, or when another published page links to it. These pages have none of that.")
    model = Page
    columns = [  # noqa: RUF012
        LinkColumn("title", label=_("Page"), link=lambda row: edit_url(row.pk)),
        Column("kind", label=_("Kind"), accessor=lambda row: row.page_type_display_name),
        Column("address", label=_("Address"), accessor=lambda row: row.get_url() or ""),
        DateColumn("first_published_at", label=_("Published on")),
    ]
    list_export = ["title", "page_type_display_name", "url", "first_published_at"]  # noqa: RUF012
    export_headings = {"title": _("Page"), "page_type_display_name": _("Kind"), "url": _("Address"), "first_published_at": _("Published on")}  # noqa: RUF012

    def get_base_queryset(self) -> Any:
        return orphans().order_by("path")


def orphans() -> Any:
    """Live pages below a home page that no live page links to, no live index lists and no footer shows. One query."""
    indexes = [model for model in get_page_models() if issubclass(model, IndexPage)]
    index_kinds = list(ContentType.objects.get_for_models(*indexes).values()) if indexes else []
    parent = Left(OuterRef("path"), Length(OuterRef("path")) - STEP, output_field=CharField())
    listed = Page.objects.annotate(above=ExpressionWrapper(parent, output_field=CharField())).filter(
        live=True, content_type__in=index_kinds, path=F("above")
    )
    return (
        Page.objects.live().filter(depth__gt=2, alias_of__isnull=True)
        .exclude(content_type__in=index_kinds)
        .exclude(pk__in=_in_the_footer())
        .filter(~Exists(listed), ~Exists(_links()))
    )


def _links() -> Any:
    """References to the page from another page that is live."""
    kind = ContentType.objects.get_for_model(Page)
    live = Page.objects.live().annotate(text=Cast("pk", CharField())).values("text")
    return ReferenceIndex.objects.filter(
        to_content_type=kind, to_object_id=Cast(OuterRef("pk"), CharField()), base_content_type=kind, object_id__in=live
    ).exclude(object_id=Cast(OuterRef("pk"), CharField()))


def _in_the_footer() -> Any:
    """Pages of text that say in which group of the footer they stand."""
    found = Q(pk__in=[])
    for model in get_page_models():
        if issubclass(model, TextPage):
            found |= Q(pk__in=model.objects.exclude(footer=FooterGroup.NONE).values("pk"))
    return Page.objects.filter(found).values("pk")
