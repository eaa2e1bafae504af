"""What is proposed while somebody types: words of the index, categories, boutiques, stories, creations. One small answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Sum
from django.urls import reverse
from django.utils.http import urlencode

from lapinblanc import clock
from lapinblanc.search import answering
from lapinblanc.search.analysis.words import fold
from lapinblanc.search.document import CAMPAIGN, COLLECTION, GUIDE, LISTING, NEWS, PAGE, STORY, VENDOR
from lapinblanc.search.models import SearchCount
from lapinblanc.search.sources import cards

FIRST_LETTER = 2
MOST_QUERIES, MOST_LISTINGS, MOST_OTHERS = 4, 4, 2
POPULAR = 5
"""A question is proposed to others once it was asked so often with results, on at least two days: never one person's words."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line of the list: text, where it leads, and a small picture or none."""

    text: str
    url: str
    kind: str
    detail: str = ""
    picture: Any = None


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the site that isn't a document, such as a category: its name and the words above it."""

    text: str
    url: str
    detail: str = ""


_places: list[Callable[[], Sequence[Place]]] = []


def register(places: Callable[[], Sequence[Place]]) -> None:
    """A room's pages to propose by name; called on each request, so the room keeps them at hand."""
    if places not in _places:
        _places.append(places)


def shelves() -> list[Place]:
    """The pages to stroll through, the rooms' largest first as they give them."""
    return [place for places in _places for place in places()]


def proposals(text: str) -> list[Proposal]:
    """At most a dozen lines, in groups, from the second letter on; a fixed number of queries."""
    typed = " ".join(text.split())[:80]
    if len(fold(typed)) < FIRST_LETTER:
        return []
    listings = answering.titles(typed, limit=MOST_LISTINGS, kinds=(LISTING,))
    others = answering.titles(typed, limit=MOST_OTHERS * 2, kinds=(VENDOR, STORY, COLLECTION, CAMPAIGN, GUIDE, NEWS, PAGE))
    shown = cards((hit.kind, hit.key) for hit in (*listings, *others))
    return [
        *_queries(typed),
        *_categories(typed),
        *(_page(hit.kind, shown[hit.kind, hit.key]) for hit in others if (hit.kind, hit.key) in shown),
        *(_page(hit.kind, shown[hit.kind, hit.key]) for hit in listings if (hit.kind, hit.key) in shown),
    ]


def _queries(typed: str) -> list[Proposal]:
    """What others asked for, then the words of the index that complete the last one."""
    found = [row["text"] for row in _popular() if row["text"].startswith(fold(typed))][:2]
    *whole, last = typed.split(" ")
    for written, _stem, _documents in answering.vocabulary().completions(last, 6):
        if len(written) >= len(last):
            found.append(" ".join([*whole, written]))
    unique = {fold(text): text for text in reversed(found)}
    ordered = sorted(unique.values(), key=found.index)[:MOST_QUERIES]
    return [Proposal(text, f"{reverse('search:results')}?{urlencode({'q': text})}", "query") for text in ordered]


def _categories(typed: str) -> list[Proposal]:
    folded = fold(typed)
    found = [place for place in shelves() if any(word.startswith(folded) for word in (fold(place.text), *fold(place.text).replace("’", "'").split()))]
    found.sort(key=lambda place: (not fold(place.text).startswith(folded), len(place.text)))
    return [Proposal(place.text, place.url, "category", place.detail) for place in found[:MOST_OTHERS]]


def _page(kind: str, card: Any) -> Proposal:
    if kind == LISTING:
        return Proposal(card.title, card.url, kind, f"{card.price} · {card.vendor_name}", card.picture)
    if kind == VENDOR:
        return Proposal(card.name, card.url, kind, card.place, card.picture)
    return Proposal(card.title, card.url, kind, card.kicker, card.picture)


def _popular() -> list[dict[str, Any]]:
    """Questions of the last month that many asked and that had results; kept for ten minutes."""
    found = cache.get("popular-searches")
    if found is None:
        rows = SearchCount.objects.filter(day__gte=clock.today() - timedelta(days=30), results__gt=0).values("text").annotate(times=Sum("searches"))
        found = list(rows.filter(times__gte=POPULAR).order_by("-times")[:500])
        cache.set("popular-searches", found, 600)
    return list(found)
