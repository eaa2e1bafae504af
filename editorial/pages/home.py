"""The home page: a magazine and a shop at once. A hero story, rows of creations, collections, stories, what is under way, a word of the cooperative."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel, TitleFieldPanel
from wagtail.fields import RichTextField

from editorial import structured
from editorial.blocks.streams import STORY_BLOCKS, BodyField, gather
from editorial.cards import for_cards, story_cards, with_renditions, without_renditions
from editorial.head import Crumb, Feed
from editorial.languages import locales, readable
from editorial.navigation import index_url
from editorial.pages.home_places import home_sections
from editorial.pages.public import PublicPage

NEWEST = 4


class HomePage(PublicPage):
    hero = models.ForeignKey(
        "editorial.StoryPage", verbose_name=_("story of the week"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = BodyField(STORY_BLOCKS, verbose_name=_("rows"), blank=True)
    cooperative = RichTextField(_("a word of the cooperative"), blank=True, features=["bold", "italic", "link"])

    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", help_text=_("For your own lists: readers see the name of the site.")),
        PageChooserPanel("hero", heading=_("Story of the week"), help_text=_("It opens the page. Without one, the newest story does.")),
        FieldPanel("body", help_text=_("The first one stands under the story of the week; collections and stories come by themselves between the others.")),
        MultiFieldPanel([FieldPanel("cooperative", help_text=_("Two or three sentences at the foot of the page, beside the latest news."))], heading=_("The cooperative")),
    ]
    template = "editorial/home.html"

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """What the translated tree does not hold is looked for in the French one (most pages are found before: `editorial/serving.py`)."""
        try:
            return super().route(request, path_components)
        except Http404:
            source = HomePage.objects.filter(translation_key=self.translation_key, locale_id=locales()[settings.LANGUAGE_CODE]).first()
            if source is None or source.pk == self.pk:
                raise
            return super(HomePage, source).route(request, path_components)

    @property
    def lead(self) -> str:
        return self.search_description or _now("Hand-made creations, sold by those who make them, on the marketplace that they own.")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # A local import: stories and the home name each other.
        from editorial.pages.collection import CollectionPage
        from editorial.pages.news import NewsPage
        from editorial.pages.story import StoryPage

        context = super().get_context(request, *args, **kwargs)
        pages = list(without_renditions(for_cards(StoryPage.objects.filter(Q(pk=self.hero_id) | Q(pk__in=_newest(StoryPage))))))
        pages.sort(key=lambda page: page.pk != self.hero_id)
        collections = list(without_renditions(for_cards(readable(CollectionPage.objects.all())))[:NEWEST])
        news = list(without_renditions(for_cards(readable(NewsPage.objects.all())))[: NEWEST - 1])
        with_renditions([*pages, *collections, *news])
        stories = story_cards(pages)
        context["hero"] = stories[0] if stories else None
        context["picture"] = stories[0].picture if stories else None
        context["stories"] = stories[1:NEWEST]
        context["collections"] = story_cards(collections)
        context["news"] = story_cards(news)
        context["gathered"] = gather(self.body, page_id=self.pk)
        context["sections"] = home_sections(request)
        context["more"] = {kind: index_url(kind) for kind in ("story", "collection", "news")}
        return context

    def machine_facts(self, context: dict[str, Any]) -> list[structured.Facts]:
        return [structured.publisher(), structured.website(description=self.lead, language=self.language)]

    def feeds(self) -> tuple[Feed, ...]:
        return (Feed(_now("Lapin Blanc: everything new to read"), reverse("feeds:everything")),)

    def crumbs(self) -> tuple[Crumb, ...]:
        return ()


def _newest(model: Any) -> Any:
    """A subquery: the numbers of the newest live pages of a kind."""
    return readable(model.objects.live()).order_by("-date", "-pk").values("pk")[:NEWEST]
