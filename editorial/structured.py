"""What pages of the editorial house are for machines: schema.org facts as plain mappings, each with absolute addresses.

`lapinblanc.structured` prints them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from editorial.cards import StoryCard
from shop.api import ListingCard, VendorCard

Facts = dict[str, Any]


def absolute(url: str) -> str:
    """An address of ours with its host."""
    return urljoin(f"{settings.BASE_URL}/", url)


def publisher() -> Facts:
    return {
        "@type": "Organization",
        "@id": absolute("/#organisation"),
        "name": "Lapin Blanc",
        "url": absolute("/"),
        "logo": absolute(static("icons/rabbit.svg")),
    }


def website(*, description: str, language: str) -> Facts:
    """The site itself, with its search."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#site"),
        "name": "Lapin Blanc",
        "url": absolute("/"),
        "description": description,
        "inLanguage": language,
        "publisher": {"@id": absolute("/#organisation")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute(reverse("search:results")) + "?q={words}"},
            "query-input": "required name=words",
        },
    }


def article(page: Any, *, kind: str, url: str, description: str, picture: str, language: str) -> Facts:
    """A text with its author and dates: `kind` is Article or NewsArticle. Without a named author the house signs."""
    facts: Facts = {
        "@type": kind,
        "headline": page.title,
        "description": description,
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": language,
        "datePublished": page.date.isoformat(),
        "dateModified": (page.last_published_at or page.latest_revision_created_at or page.date).isoformat(),
        "author": {"@type": "Person", "name": page.author} if page.author else publisher(),
        "publisher": publisher(),
    }
    if picture:
        facts["image"] = [picture]
    return facts


def web_page(*, kind: str, title: str, url: str, description: str, language: str) -> Facts:
    """A page that is no article: `kind` is WebPage or CollectionPage."""
    return {"@type": kind, "name": title, "url": url, "description": description, "inLanguage": language, "publisher": publisher()}


def event(*, title: str, url: str, description: str, starts: datetime, ends: datetime, picture: str) -> Facts:
    """A dated push that takes place on this site."""
    return {
        "@type": "Event",
        "name": title,
        "url": url,
        "description": description,
        "startDate": starts.isoformat(),
        "endDate": ends.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": url},
        "organizer": publisher(),
        **({"image": [picture]} if picture else {}),
    }


def boutique(card: VendorCard) -> Facts:
    """The boutique that a story is about."""
    return {"@type": "Organization", "name": card.name, "url": absolute(card.url)}


def creations(cards: Sequence[ListingCard]) -> Facts:
    """Creations in their order."""
    return _list([{"@type": "Product", "name": card.title, "url": absolute(card.url), **_image(card.picture), "brand": {"@type": "Brand", "name": card.vendor_name}} for card in cards])


def readings(cards: Sequence[StoryCard]) -> Facts:
    """Pages to read in their order."""
    return _list([{"@type": "CreativeWork", "name": card.title, "url": absolute(card.url), **_image(card.picture)} for card in cards])


def breadcrumb(steps: Sequence[tuple[str, str]]) -> Facts:
    """The way to a page: titles and addresses, from the home page to the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [{"@type": "ListItem", "position": place, "name": title, "item": absolute(url)} for place, (title, url) in enumerate(steps, 1)],
    }


def _list(items: list[Facts]) -> Facts:
    return {
        "@type": "ItemList",
        "numberOfItems": len(items),
        "itemListElement": [{"@type": "ListItem", "position": place, "item": item} for place, item in enumerate(items, 1)],
    }


def _image(picture: Any) -> Facts:
    return {"image": absolute(picture.src)} if picture else {}
