"""Atom feeds: stories, news, collections, and everything. What is open to everybody, in the language of the address, newest first.

A few queries a kind whatever is there; a reader that has the newest already costs one a kind (ETag, Last-Modified).
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition
from lapinblanc.search.document import COLLECTION, NEWS, STORY

from editorial.cards import for_cards, open_pages
from editorial.languages import readable
from editorial.navigation import index_url
from editorial.search import page_models
from editorial.structured import absolute

MOST = 30
MORNING = time(8, tzinfo=ZoneInfo(settings.TIME_ZONE))


class HouseFeed(Feed):
    """What all feeds share; `kinds` are those of the search, none means all that has a body and a date."""

    feed_type = Atom1Feed
    kinds: tuple[str, ...] = ()
    address: Any = ""

    def pages(self) -> list[Any]:
        """A queryset for each model, in the language that is read."""
        return [readable(model.objects.all()) for model in page_models(*self.kinds) if hasattr(model, "date")]

    def link(self) -> str:
        return absolute((index_url(self.kinds[0]) if self.kinds else "") or "/")

    def feed_url(self) -> str:
        return absolute(str(self.address))

    def feed_guid(self) -> str:
        return absolute(str(self.address))

    def author_name(self) -> str:
        return "Lapin Blanc"

    def items(self) -> list[Any]:
        rows = [page for pages in self.pages() for page in for_cards(pages)[:MOST]]
        return sorted(rows, key=lambda page: (page.date, page.pk), reverse=True)[:MOST]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.intro)

    def item_link(self, item: Any) -> str:
        return str(item.absolute_url)

    def item_guid(self, item: Any) -> str:
        return str(item.absolute_url)

    def item_pubdate(self, item: Any) -> datetime:
        return published(item)

    def item_updateddate(self, item: Any) -> datetime:
        return item.last_published_at or published(item)  # type: ignore[no-any-return]

    def item_author_name(self, item: Any) -> str:
        return item.author or "Lapin Blanc"

    def item_categories(self, item: Any) -> list[str]:
        return [word for word in (str(item._meta.verbose_name), item.kicker) if word]


class Everything(HouseFeed):
    title = _("Lapin Blanc: everything new to read")
    subtitle = _("Stories, collections, guides, campaigns and news of the cooperative.")
    address = reverse_lazy("feeds:everything")


class Stories(HouseFeed):
    kinds = (STORY,)
    title = _("Stories of Lapin Blanc")
    subtitle = _("Creators, their workshops, and what leaves their hands.")
    address = reverse_lazy("feeds:stories")


class News(HouseFeed):
    kinds = (NEWS,)
    title = _("News of the cooperative Lapin Blanc")
    subtitle = _("What is decided, what is counted, what is to come.")
    address = reverse_lazy("feeds:news")


class Collections(HouseFeed):
    kinds = (COLLECTION,)
    title = _("Collections of Lapin Blanc")
    subtitle = _("Creations chosen one by one, and why.")
    address = reverse_lazy("feeds:collections")


def published(page: Any) -> datetime:
    """The day that the page bears, in the morning in Paris."""
    return datetime.combine(page.date, MORNING)


def served(feed: HouseFeed) -> Callable[..., HttpResponse]:
    """The view of a feed; who has its newest state is told so without making it."""

    def state(request: HttpRequest) -> tuple[int, datetime | None]:
        kept = getattr(request, "feed_state", None)
        if kept is None:
            found = [open_pages(pages).aggregate(n=Count("pk"), latest=Max("last_published_at")) for pages in feed.pages()]
            kept = (sum(row["n"] for row in found), max((row["latest"] for row in found if row["latest"]), default=None))
            request.feed_state = kept  # type: ignore[attr-defined]
        return kept

    def etag(request: HttpRequest) -> str:
        text = f"{feed.address} {get_language()} {state(request)}"
        return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'

    def latest(request: HttpRequest) -> datetime | None:
        return state(request)[1]

    return condition(etag_func=etag, last_modified_func=latest)(feed)  # type: ignore[no-any-return]
