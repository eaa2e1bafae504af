"""Where the frame leads to in the editorial house, in the reader's language: index pages by kind, and the pages of the footer.

Kept in the cache, for they change a few times a year. What is not translated leads to the page in the site's first language.
"""

from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.utils.translation import get_language

from editorial.languages import address, readable

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
        pages = readable(apps.get_model(_indexes[kind]).objects.live().public()).order_by("path")
        found = next((url for page in pages if (url := address(page))), "")
        cache.set(key, found, SECONDS)
    return str(found)


def way_to(page: Any) -> list[tuple[str, str]]:
    """Titles and addresses of the live pages between the home page and this one's parent, kept as long as the others."""
    if page.depth < 4:
        return []
    parent = page.path[: -page.steplen]
    key = f"way:{parent}"
    found = cache.get(key)
    if found is None:
        above = page.get_ancestors().filter(depth__gt=2, live=True)
        found = [(other.title, other.get_url() or "") for other in above]
        cache.set(key, found, SECONDS)
    return list(found)


def footer_pages(group: str) -> list[tuple[str, str]]:
    """Titles and addresses of the live pages of a footer group, in the tree's order."""
    key = f"footer:{group}:{get_language()}"
    found = cache.get(key)
    if found is None:
        # As above.
        from editorial.pages.legal import LegalPage
        from editorial.pages.standard import StandardPage

        pages = [page for model in (StandardPage, LegalPage) for page in readable(model.objects.live().public().filter(footer=group)).order_by("path")]
        found = [(page.title, address(page)) for page in pages]
        cache.set(key, found, SECONDS)
    return list(found)
