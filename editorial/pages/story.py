"""Stories of creators, and their index."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from editorial.cards import for_cards, story_cards
from editorial.languages import readable
from editorial.pages.body import BodyPage
from editorial.pages.index import IndexPage


class StoryIndexPage(IndexPage):
    subpage_types: ClassVar[list[str]] = ["editorial.StoryPage"]
    parent_page_types: ClassVar[list[str]] = ["editorial.HomePage"]
    template = "editorial/index.html"

    class Meta:
        verbose_name = _("index of stories")

    def entries(self) -> Any:
        return self.readable_children(StoryPage)


class StoryPage(BodyPage):
    """A creator's story; `vendor` is the boutique that it tells of."""

    vendor = models.ForeignKey(
        "vendors.Vendor", verbose_name=_("boutique"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    parent_page_types: ClassVar[list[str]] = ["editorial.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "editorial/story.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        others = for_cards(readable(StoryPage.objects.exclude(pk=self.pk)))[:3]
        context["next_stories"] = story_cards(others)
        return context
