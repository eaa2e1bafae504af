"""The home page: a magazine and a shop at once. A hero story, rows of creations, stories, a word of the cooperative."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from editorial.blocks.streams import STORY_BLOCKS, BodyField, gather
from editorial.cards import for_cards, story_cards
from editorial.languages import locales, readable
from editorial.navigation import index_url


class HomePage(Page):
    hero = models.ForeignKey(
        "editorial.StoryPage", verbose_name=_("story of the week"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = BodyField(STORY_BLOCKS, verbose_name=_("rows"), blank=True)
    cooperative = RichTextField(_("a word of the cooperative"), blank=True, features=["bold", "italic", "link"])

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        PageChooserPanel("hero"),
        FieldPanel("body"),
        FieldPanel("cooperative"),
    ]
    template = "editorial/home.html"

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """The page at this address, found in one step; what the translated tree does not hold is looked for in the French one."""
        try:
            return self._straight_to(path_components) or super().route(request, path_components)
        except Http404:
            source = HomePage.objects.filter(translation_key=self.translation_key, locale_id=locales()[settings.LANGUAGE_CODE]).first()
            if source is None or source.pk == self.pk:
                raise
            return super(HomePage, source).route(request, path_components)

    def _straight_to(self, path_components: list[str]) -> RouteResult | None:
        """Wagtail walks the tree with two queries a step; an address names its page in one."""
        address = f"{self.url_path}{'/'.join(path_components)}/" if path_components else ""
        page = Page.objects.live().filter(url_path=address).specific().first() if address else None
        return RouteResult(page) if page is not None and type(page).route == Page.route else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # A local import: stories and the home name each other.
        from editorial.pages.collection import CollectionPage
        from editorial.pages.story import StoryPage

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = list(for_cards(StoryPage.objects.filter(Q(pk=self.hero_id) | Q(pk__in=_newest(StoryPage)))))
        pages.sort(key=lambda page: page.pk != self.hero_id)
        stories = story_cards(pages)
        context["hero"] = stories[0] if stories else None
        context["stories"] = stories[1:4]
        context["collections"] = story_cards(for_cards(readable(CollectionPage.objects.all()))[:4])
        context["gathered"] = gather(self.body, page_id=self.pk)
        context["stories_url"] = index_url("story")
        return context


def _newest(model: Any) -> Any:
    """A subquery: the numbers of the newest live pages of a kind."""
    return readable(model.objects.live()).order_by("-date", "-pk").values("pk")[:4]
