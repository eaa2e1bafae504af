"""What the page of a campaign and its card show, gathered once. The template computes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from lapinblanc.choices import TextChoices
from lapinblanc.hours import in_paris_words, left_in_words

from editorial.cards import StoryCard, for_cards, story_cards
from shop.api import VendorCard, joined_vendors


class Phase(TextChoices):
    """Where a campaign stands at an instant."""

    COMING = "coming", _("announced")
    RUNNING = "running", _("in progress")
    OVER = "over", _("has ended")


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """`left`: what is left until `turn`, its start while it is coming, its end while it lasts; both empty afterwards."""

    phase: str
    phase_label: str
    starts: str
    ends: str
    turn: datetime | None
    left: str
    collection: Any
    collection_card: StoryCard | None
    stories: list[StoryCard]
    boutiques: list[VendorCard]


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """What `editorial/_campaign_card.html` shows."""

    card: StoryCard
    phase: str
    phase_label: str
    starts: str
    ends: str


def campaign_facts(page: Any) -> CampaignFacts:
    """A handful of queries, whatever the campaign holds."""
    phase: Any = Phase(page.phase)
    turn = {Phase.COMING: page.starts_at, Phase.RUNNING: page.ends_at}.get(phase) if page.countdown else None
    collection = page.shown_collection
    return CampaignFacts(
        phase=phase.value,
        phase_label=str(phase.label),
        starts=in_paris_words(page.starts_at),
        ends=in_paris_words(page.ends_at),
        turn=turn,
        left=left_in_words(turn) if turn else "",
        collection=collection,
        collection_card=story_cards([collection])[0] if collection else None,
        stories=_stories(page),
        boutiques=joined_vendors(page.key) if page.pk else [],
    )


def campaign_cards(pages: Iterable[Any]) -> list[CampaignCard]:
    """Cards of campaigns fetched with `for_cards`."""
    rows = list(pages)
    return [
        CampaignCard(card=card, phase=page.phase, phase_label=str(Phase(page.phase).label), starts=in_paris_words(page.starts_at), ends=in_paris_words(page.ends_at))
        for page, card in zip(rows, story_cards(rows), strict=True)
    ]


def _stories(page: Any) -> list[StoryCard]:
    """The stories of its release that are live, in the release's order."""
    # A local import: stories, campaigns and home are models that name each other.
    from editorial.pages.story import StoryPage

    order = {piece.page_id: place for place, piece in enumerate(page.release.all())}
    if not order:
        return []
    rows = sorted(for_cards(StoryPage.objects.filter(pk__in=order)), key=lambda row: order[row.pk])
    return story_cards(rows)
