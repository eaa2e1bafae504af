"""News of the cooperative, and their index."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from editorial.pages.body import BodyPage
from editorial.pages.index import IndexPage


class NewsIndexPage(IndexPage):
    subpage_types: ClassVar[list[str]] = ["editorial.NewsPage"]
    parent_page_types: ClassVar[list[str]] = ["editorial.HomePage"]
    max_count = 1
    template = "editorial/index.html"

    class Meta:
        verbose_name = _("index of news")

    def entries(self) -> Any:
        return NewsPage.objects.child_of(self)


class NewsPage(BodyPage):
    parent_page_types: ClassVar[list[str]] = ["editorial.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "editorial/story.html"

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
