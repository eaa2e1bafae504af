"""Guides: to choose a present, to care for a piece, to understand a technique; and their index."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from editorial.pages.body import BodyPage
from editorial.pages.index import IndexPage


class GuideIndexPage(IndexPage):
    subpage_types: ClassVar[list[str]] = ["editorial.GuidePage"]
    parent_page_types: ClassVar[list[str]] = ["editorial.HomePage"]
    template = "editorial/index.html"

    class Meta:
        verbose_name = _("index of guides")

    def entries(self) -> Any:
        return self.readable_children(GuidePage)


class GuidePage(BodyPage):
    in_short = RichTextField(_("in short"), blank=True, features=["bold", "ul", "ol", "link"])

    content_panels: ClassVar[list[Any]] = [*BodyPage.content_panels, FieldPanel("in_short")]
    parent_page_types: ClassVar[list[str]] = ["editorial.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "editorial/story.html"

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
