"""A small editorial house: a home, stories, a collection, and a campaign to come with its release."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lapinblanc import clock
from wagtail.models import Page, Site

from editorial.campaigns.models import CampaignIndexPage, CampaignPage, ReleasePiece
from editorial.pages.collection import CollectionIndexPage, CollectionPage
from editorial.pages.home import HomePage
from editorial.pages.story import StoryIndexPage, StoryPage
from tests.factories import Market


@dataclass
class House:
    """`draft` comes and stays, `guest` comes and goes again, `known` is live and has a new draft."""

    home: HomePage
    stories: StoryIndexPage
    collections: CollectionIndexPage
    campaigns: CampaignIndexPage
    campaign: CampaignPage
    draft: StoryPage
    guest: StoryPage
    known: StoryPage
    starts: datetime
    ends: datetime

    @classmethod
    def build(cls, market: Market) -> "House":
        root = Page.objects.get(depth=1)
        home = root.add_child(instance=HomePage(title="Accueil", slug="accueil-test"))
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
        stories = home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))
        collections = home.add_child(instance=CollectionIndexPage(title="Collections", slug="collections"))
        campaigns = home.add_child(instance=CampaignIndexPage(title="Campagnes", slug="campagnes"))
        starts = clock.now() + timedelta(days=3)
        made: Any = cls(home, stories, collections, campaigns, None, None, None, None, starts, starts + timedelta(days=10))  # type: ignore[arg-type]
        made.draft, made.guest, made.known = made.story("Brouillon", live=False), made.story("Invitée", live=False), made.story("Au four")
        made.known.title = "Au four, de nouveau"
        made.known.save_revision()
        made.campaign = made.add_campaign("Noël", starts=starts, release=[made.draft, made.guest, made.known], gone=[made.guest], invites=True, banner_text="Noël des ateliers", banner_label="Voir")
        return made

    def story(self, title: str, *, live: bool = True) -> StoryPage:
        page: StoryPage = self.stories.add_child(instance=StoryPage(title=title, intro="Une histoire.", live=live))
        page.save_revision()
        return page

    def collection(self, title: str, *, live: bool = True, **fields: Any) -> CollectionPage:
        page: CollectionPage = self.collections.add_child(instance=CollectionPage(title=title, intro="Choisie.", live=live, **fields))
        page.save_revision()
        return page

    def add_campaign(self, title: str, *, starts: datetime, days: int = 10, live: bool = True, release: Any = (), gone: Any = (), **fields: Any) -> CampaignPage:
        page = CampaignPage(title=title, intro="Une campagne.", starts_at=starts, ends_at=starts + timedelta(days=days), live=live, **fields)
        page.release = [ReleasePiece(page=Page.objects.get(pk=piece.pk), taken_down=piece in gone, sort_order=place) for place, piece in enumerate(release)]
        made: CampaignPage = self.campaigns.add_child(instance=page)
        return made
