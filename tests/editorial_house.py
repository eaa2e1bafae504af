"""The smallest editorial house for tests of bodies, collections and mentions."""

from typing import Any

from lapinblanc.demo.reference import create_reference
from wagtail.models import Page, Site

from editorial.models import CollectionIndexPage, CollectionPage, HomePage, StoryIndexPage, StoryPage


def home() -> Any:
    """A home page that the default site shows, with the indexes of stories and of collections."""
    create_reference()
    page = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil"))
    Site.objects.filter(is_default_site=True).update(root_page=page, hostname="testserver", port=80)
    page.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))
    page.add_child(instance=CollectionIndexPage(title="Collections", slug="collections"))
    return page


def story(title: str, body: list[Any], **fields: Any) -> Any:
    return StoryIndexPage.objects.get().add_child(instance=StoryPage(title=title, intro="Un matin.", body=body, **fields))


def collection(title: str, body: list[Any], **fields: Any) -> Any:
    return CollectionIndexPage.objects.get().add_child(instance=CollectionPage(title=title, intro="Des pièces.", body=body, **fields))


def piece(listing: Any, note: str = "") -> tuple[str, Any]:
    """A block that shows one creation."""
    return "listing", {"listing": listing, "note": note}


def row(*listings: Any, **fields: Any) -> tuple[str, Any]:
    """A block that shows several creations."""
    return "rail", {"title": "Ses pièces", "intro": "", "listings": list(listings), "category": "", "vendor": None, "search": "", **fields}
