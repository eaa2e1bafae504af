"""What requests ask of campaigns, kept in the cache: when something switches next, and which banners there are.

The cache holds dates, not decisions: what is shown is decided by the clock at each request. When the hour has come and the
job is late, the request itself switches, so that a dead worker cannot hold a campaign back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language
from lapinblanc import clock

from editorial.campaigns import switching
from editorial.campaigns.models import CampaignPage
from editorial.cards import open_pages

SECONDS = 30
NEXT, BANNERS = "campaigns:next", "campaigns:banners"
REST = timedelta(seconds=5)
NEVER = datetime.max.replace(tzinfo=clock.PARIS)


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands above every page while a campaign lasts."""

    key: str
    text: str
    label: str
    url: str
    tint: str
    countdown: bool
    language: str
    starts_at: datetime
    ends_at: datetime


def catch_up() -> None:
    """Switch what is due, when anything is; one look into the cache when nothing is."""
    due = cache.get(NEXT)
    if due is None:
        due = switching.next_instant() or NEVER
        cache.set(NEXT, due, SECONDS)
    if due <= clock.now():
        # One request at a time, and what cannot be switched is not tried at each.
        cache.set(NEXT, clock.now() + REST, SECONDS)
        switching.switch_due()
        cache.delete(BANNERS)


def current_banner() -> Banner | None:
    """The banner to show now: of the campaign that started last, in the reader's language, else in the site's first one."""
    known = cache.get(BANNERS)
    if known is None:
        known = _banners()
        cache.set(BANNERS, known, SECONDS)
    now = clock.now()
    running = [banner for banner in known if banner.starts_at <= now < banner.ends_at]
    for language in (get_language(), settings.LANGUAGE_CODE):
        found = [banner for banner in running if banner.language == language]
        if found:
            return max(found, key=lambda banner: banner.starts_at)
    return None


def forget() -> None:
    """Something switched or was published."""
    cache.delete_many([NEXT, BANNERS])


def _banners() -> list[Banner]:
    rows: Any = open_pages(CampaignPage.objects.exclude(banner_text="").filter(ends_at__gt=clock.now()))
    return [
        Banner(
            key=page.key, text=page.banner_text, label=page.banner_label, url=page.get_url() or "", tint=page.tint,
            countdown=page.countdown, language=page.locale.language_code, starts_at=page.starts_at, ends_at=page.ends_at,
        )
        for page in rows.defer("body").select_related("locale")
    ]
