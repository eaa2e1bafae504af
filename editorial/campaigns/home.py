"""The campaign in progress, as the home page shows it: two queries, and three for its picture and funding."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from lapinblanc import clock

from editorial.campaigns.models import CampaignPage
from editorial.cards import StoryCard, for_cards, story_cards
from editorial.languages import readable
from editorial.pages.home_places import HomeSection
from shop import api

TEMPLATE = "editorial/_campaign_place.html"


@dataclass(frozen=True, slots=True)
class CampaignPlace:
    card: StoryCard
    until: datetime
    progress: api.FundingProgress | None


def campaign_in_progress(request: HttpRequest) -> HomeSection | None:
    """The one that ends first; nothing between campaigns."""
    now = clock.now()
    running = CampaignPage.objects.filter(starts_at__lte=now, ends_at__gt=now)
    page = next(iter(for_cards(readable(running)).order_by("ends_at", "pk")[:1]), None)
    if page is None:
        return None
    funding = api.fundings_by_number([page.project_id]).get(page.project_id) if page.project_id else None
    return HomeSection(TEMPLATE, CampaignPlace(card=story_cards([page])[0], until=page.ends_at, progress=funding))
