"""Django looks for models here; each kind of page has its own file in `pages/`."""

from editorial.mentions import Mention
from editorial.pages.collection import CollectionIndexPage, CollectionPage
from editorial.pages.guide import GuideIndexPage, GuidePage
from editorial.pages.home import HomePage
from editorial.pages.legal import LegalPage
from editorial.pages.news import NewsIndexPage, NewsPage
from editorial.pages.standard import StandardPage
from editorial.pages.story import StoryIndexPage, StoryPage

__all__ = [
    "CollectionIndexPage",
    "CollectionPage",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "LegalPage",
    "Mention",
    "NewsIndexPage",
    "NewsPage",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
]
