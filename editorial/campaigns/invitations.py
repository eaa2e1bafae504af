"""Which campaigns invite boutiques: what the workshop shows. One page per campaign, the one in the site's first language."""

from collections.abc import Sequence

from django.conf import settings
from lapinblanc import clock

from editorial.campaigns.models import CampaignPage
from shop.api import Invitation


def invitations() -> Sequence[Invitation]:
    """Published campaigns that invite and have not started; one query."""
    rows = CampaignPage.objects.filter(live=True, invites=True, starts_at__gt=clock.now(), locale__language_code=settings.LANGUAGE_CODE)
    return [
        Invitation(key=page.key, title=page.title, words=page.invitation or page.intro, starts_at=page.starts_at, ends_at=page.ends_at)
        for page in rows.defer("body")
    ]
