"""Pictures without a text for those who do not see them, and pictures whose rights have run out; the used ones first."""

from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock
from lapinblanc.choices import TextChoices
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.models import ReferenceIndex

from editorial.images.models import Picture
from editorial.reports.base import EditorsReport, LinkColumn

WITHOUT_ALT = Q(alt="", decorative=False)


def rights_over() -> Q:
    return Q(rights_until__lt=clock.today())


class Lack(TextChoices):
    ALT = "alt", _("no alternative text")
    RIGHTS = "rights", _("rights run out")


class PictureFilters(WagtailFilterSet):  # type: ignore[misc]
    lack = django_filters.ChoiceFilter(label=_("What is wrong"), choices=Lack.choices, method="by_lack")

    class Meta:
        model = Picture
        fields: list[str] = []

    def by_lack(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(WITHOUT_ALT if value == Lack.ALT else rights_over())


class ThumbnailColumn(Column):  # type: ignore[misc]
    def get_value(self, instance: Any) -> Any:
        made = next((rendition for rendition in instance.renditions.all()), None)
        return format_html('<img src="{}" width="72" alt="">', made.url) if made is not None else ""


class Pictures(EditorsReport):
    key = "pictures"
    page_title = _("Pictures to complete")
    header_icon = "image"
    rule = _("Pictures that are not decorative and have no alternative text, and those whose rights have run out. Those in use come first: they are read, or should no longer be shown.")
    model = Picture
    filterset_class = PictureFilters
    columns = [  # noqa: RUF012
        ThumbnailColumn("picture", label=_("Picture")),
        LinkColumn("title", label=_("Title"), link=lambda row: reverse("wagtailimages:edit", args=[row.pk])),
        Column("lacks", label=_("What is wrong")),
        LinkColumn("uses", label=_("Used in"), link=lambda row: reverse("wagtailimages:image_usage", args=[row.pk]) if row.uses else ""),
        Column("credit", label=_("Credit")),
        DateColumn("created_at", label=_("Added")),
    ]
    list_export = ["title", "lacks", "uses", "credit", "rights_until", "created_at"]  # noqa: RUF012
    export_headings = {"title": _("Title"), "lacks": _("What is wrong"), "uses": _("Used in")}  # noqa: RUF012

    def get_base_queryset(self) -> Any:
        kind = ContentType.objects.get_for_model(Picture)
        uses = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id=Cast(OuterRef("pk"), CharField())).order_by()
        counted = uses.values("to_object_id").annotate(count=Count("object_id", distinct=True)).values("count")
        rows = Picture.objects.filter(WITHOUT_ALT | rights_over()).prefetch_related("renditions")
        return rows.annotate(uses=Coalesce(Subquery(counted, output_field=IntegerField()), 0)).order_by("-uses", "-created_at", "-pk")

    def decorate_paginated_queryset(self, rows: Any) -> list[Any]:
        found = list(rows)
        today = clock.today()
        for row in found:
            lacks = [Lack.ALT] if not row.alt and not row.decorative else []
            lacks += [Lack.RIGHTS] if row.rights_until is not None and row.rights_until < today else []
            row.lacks = ", ".join(str(lack.label) for lack in lacks)
        return found
