"""Django looks for models here; each kind of page has its own file in `pages/`."""

from editorial.pages.collection import CollectionIndexPage, CollectionPage
from editorial.pages.home import HomePage
from editorial.pages.news import NewsIndexPage, NewsPage
from editorial.pages.standard import StandardPage
from editorial.pages.story import StoryIndexPage, StoryPage

__all__ = [
    "CollectionIndexPage",
    "CollectionPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
]
