"""The card of a story, a collection or a news item: what `components/_story_card.html` shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, prefetch_related_objects
from lapinblanc import clock
from wagtail.models import Page, PageViewRestriction

from editorial.images.facts import picture_of
from editorial.languages import address
from shop.api import PictureFacts

# The values of `pages.news.Audience` that need no sign-in.
EVERYBODY = ("public",)


@dataclass(frozen=True, slots=True)
class StoryCard:
    url: str
    title: str
    kicker: str
    intro: str
    picture: PictureFacts | None
    date: date | None
    minutes: int


def story_cards(pages: Any) -> list[StoryCard]:
    """Cards of pages fetched with `for_cards`."""
    return [
        StoryCard(
            url=address(page),
            title=page.title,
            kicker=getattr(page, "kicker", ""),
            intro=page.intro,
            picture=picture_of(getattr(page, "picture", None)),
            date=getattr(page, "date", None),
            minutes=getattr(page, "minutes", 0),
        )
        for page in pages
    ]


def open_pages(pages: Any, *, audiences: Sequence[str] = EVERYBODY) -> Any:
    """Live pages that everybody may see, whose time is not over; of news, those for `audiences`."""
    if hasattr(pages.model, "audience"):
        pages = pages.filter(audience__in=audiences)
    closed = PageViewRestriction.objects.annotate(here=ExpressionWrapper(OuterRef("path"), output_field=CharField())).filter(here__startswith=F("page__path"))
    return pages.live().exclude(expire_at__lte=clock.now()).filter(~Exists(closed))


def is_open_page(number: int) -> bool:
    """Whether readers can open this page: the shop asks before it keeps where a creation was met."""
    return bool(Page.objects.live().filter(pk=number, depth__gt=1).exists())


def for_cards(pages: Any, *, audiences: Sequence[str] = EVERYBODY) -> Any:
    """Open pages, newest first, without their bodies; pictures in two further queries."""
    return newest_first(open_pages(pages, audiences=audiences))


def newest_first(pages: Any) -> Any:
    """Pages of whatever audience as lists read them."""
    return pages.defer("body").order_by("-date", "-pk").select_related("picture").prefetch_related("picture__renditions")


def without_renditions(pages: Any) -> Any:
    """Rows of `for_cards` of which several lists are shown together: `with_renditions` then asks once for all."""
    return pages.prefetch_related(None)


def with_renditions(pages: Sequence[Any]) -> None:
    """The renditions of the pictures of several lists of pages, in one query."""
    prefetch_related_objects([page.picture for page in pages if page.picture is not None], "renditions")
