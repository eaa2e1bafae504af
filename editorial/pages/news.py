"""News of the cooperative, and their index."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices
from wagtail.admin.panels import FieldPanel

from editorial.audience import readable, reader, reserved
from editorial.cards import newest_first, story_cards
from editorial.head import Feed
from editorial.pages.body import BodyPage
from editorial.pages.index import IndexPage

MOST_FOR_YOU = 3


class Audience(TextChoices):
    """Who may read a news item: everybody, every member, or one college (the values of `cooperative.College`)."""

    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("all members")
    CREATORS = "creators", _("the college of creators")
    BUYERS = "buyers", _("the college of buyers")
    EMPLOYEES = "employees", _("the college of employees")
    PARTNERS = "partners", _("the college of partners")


class NewsIndexPage(IndexPage):
    subpage_types: ClassVar[list[str]] = ["editorial.NewsPage"]
    parent_page_types: ClassVar[list[str]] = ["editorial.HomePage"]
    template = "editorial/news_index.html"

    class Meta:
        verbose_name = _("index of news")

    def entries(self) -> Any:
        return self.readable_children(NewsPage)

    def listed(self, request: HttpRequest) -> Any:
        """Members see what is reserved to them among the rest."""
        return newest_first(readable(self.entries(), reader(request)))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        member = reader(request)
        context["for_you"] = story_cards(newest_first(reserved(self.entries(), member))[:MOST_FOR_YOU]) if member and not context["newest_url"] else []
        return context

    def feeds(self) -> tuple[Feed, ...]:
        return (Feed(_now("News of the cooperative Lapin Blanc"), reverse("feeds:news")),)


class NewsPage(BodyPage):
    """`audience` says who may read it; the database closes the page to everybody else as soon as it is written."""

    audience = models.CharField(_("for whom"), max_length=12, choices=Audience, default=Audience.PUBLIC)
    comments_open = models.BooleanField(_("members may comment"), default=True)

    settings_panels: ClassVar[list[Any]] = [FieldPanel("audience"), FieldPanel("comments_open"), *BodyPage.settings_panels]

    parent_page_types: ClassVar[list[str]] = ["editorial.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    # The audience alone says who reads: Wagtail's own privacy of the page follows it.
    private_page_options: ClassVar[list[str]] = []
    template = "editorial/news.html"
    article_kind = "NewsArticle"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # A local import: discussions hang on news, and news show them.
        from editorial.discussion.reading import discussion_of

        context = super().get_context(request, *args, **kwargs)
        context["discussion"] = discussion_of(self, member=reader(request), number=request.GET.get("commentaires"))
        return context

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
