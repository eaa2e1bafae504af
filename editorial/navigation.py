"""Where the frame leads to in the editorial house, in the reader's language: index pages by kind, and the pages of the footer.

Kept in the cache, for they change a few times a year. What is not translated leads to the page in the site's first language.
"""

from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.utils.translation import get_language
from wagtail.models import Locale

SECONDS = 300
_indexes = {
    "home": "editorial.HomePage",
    "story": "editorial.StoryIndexPage",
    "collection": "editorial.CollectionIndexPage",
    "news": "editorial.NewsIndexPage",
    "guide": "editorial.GuideIndexPage",
}


def register_index(kind: str, model: str) -> None:
    """A room with a list page of its own names its model, `app.Model`, when it is ready."""
    _indexes[kind] = model


def index_url(kind: str) -> str:
    """The address of the list of a kind (home, story, collection, news, guide and those registered); empty while there is none."""
    key = f"index:{kind}:{get_language()}"
    found = cache.get(key)
    if found is None:
        # The frame is drawn on error pages too, also while models load.
        pages = in_reader_language(apps.get_model(_indexes[kind]).objects.live().public())
        found = next((url for page in pages if (url := page.get_url())), "")
        cache.set(key, found, SECONDS)
    return str(found)


def footer_pages(group: str) -> list[tuple[str, str]]:
    """Titles and addresses of the live pages of a footer group, in the tree's order."""
    key = f"footer:{group}:{get_language()}"
    found = cache.get(key)
    if found is None:
        # As above.
        from editorial.pages.legal import LegalPage
        from editorial.pages.standard import StandardPage

        pages = [page for model in (StandardPage, LegalPage) for page in in_reader_language(model.objects.live().public().filter(footer=group))]
        found = [(page.title, page.get_url() or "") for page in pages]
        cache.set(key, found, SECONDS)
    return list(found)


def in_reader_language(pages: Any) -> list[Any]:
    """Pages in the active language, each that is not translated in the site's first one; in the tree's order. Few: they are all read."""
    active, default = Locale.get_active(), Locale.get_default()
    rows = list(pages.filter(locale__in={active, default}).order_by("path"))
    translated = {page.translation_key for page in rows if page.locale_id == active.pk}
    kept = [page for page in rows if page.locale_id == active.pk or page.translation_key not in translated]
    return sorted(kept, key=lambda page: page.locale_id != active.pk)
