"""Stories of creators, and their index."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from editorial import structured
from editorial.authorship.forms import StoryForm
from editorial.authorship.panels import TogetherPanel
from editorial.blocks.streams import Gathered, gather
from editorial.cards import for_cards, story_cards
from editorial.head import Feed
from editorial.languages import readable
from editorial.navigation import index_url
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

    def feeds(self) -> tuple[Feed, ...]:
        return (Feed(_now("Stories of Lapin Blanc"), reverse("feeds:stories")),)


class StoryPage(BodyPage):
    """A creator's story; `vendor` is the boutique that it tells of."""

    vendor = models.ForeignKey(
        "vendors.Vendor", verbose_name=_("boutique"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    base_form_class = StoryForm
    content_panels: ClassVar[list[Any]] = [
        BodyPage.OPENING,
        FieldPanel("vendor", help_text=_("Whose story it is. The boutique’s card closes the page.")),
        BodyPage.BODY,
        BodyPage.SIGNATURE,
        TogetherPanel(heading=_("With its creator")),
    ]
    parent_page_types: ClassVar[list[str]] = ["editorial.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "editorial/story.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def gathered(self) -> Gathered:
        return gather(self.body, page_id=self.pk, picture_ids=[self.picture_id], vendor_id=self.vendor_id)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["next_stories"] = story_cards(for_cards(readable(StoryPage.objects.exclude(pk=self.pk)))[:3])
        context["more_url"] = index_url("story")
        context["about"] = context["gathered"].vendors.get(self.vendor_id)
        # The card closes the page unless the text shows it already.
        named = {block["value"].get("vendor") for block in self.body.raw_data if block["type"] == "vendor"}
        context["boutique"] = context["about"] if self.vendor_id not in named else None
        return context

    def machine_facts(self, context: dict[str, Any]) -> list[structured.Facts]:
        facts = super().machine_facts(context)
        if context.get("about"):
            facts[0]["about"] = structured.boutique(context["about"])
        return facts
