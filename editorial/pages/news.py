"""News of the cooperative, and their index."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices

from editorial.pages.body import BodyPage
from editorial.pages.index import IndexPage


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
    template = "editorial/index.html"

    class Meta:
        verbose_name = _("index of news")

    def entries(self) -> Any:
        return NewsPage.objects.child_of(self)


class NewsPage(BodyPage):
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience, default=Audience.PUBLIC)
    comments_open = models.BooleanField(_("members may comment"), default=True)

    parent_page_types: ClassVar[list[str]] = ["editorial.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "editorial/story.html"

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
