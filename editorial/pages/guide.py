"""Guides: to choose a present, to care for a piece, to understand a technique; and their index."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from editorial.cards import for_cards, story_cards
from editorial.navigation import index_url
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
    """A text to come back to: what it says in short stands beside it, with the list of its parts."""

    in_short = RichTextField(_("in short"), blank=True, features=["bold", "ul", "ol", "link"])

    content_panels: ClassVar[list[Any]] = [
        BodyPage.OPENING,
        FieldPanel("in_short", help_text=_("Three to five lines for who has one minute: the answer, not an announcement of it.")),
        BodyPage.BODY,
        BodyPage.SIGNATURE,
    ]
    parent_page_types: ClassVar[list[str]] = ["editorial.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "editorial/guide.html"

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["next_guides"] = story_cards(for_cards(GuidePage.objects.sibling_of(self, inclusive=False))[:3])
        context["more_url"] = index_url("guide")
        return context
