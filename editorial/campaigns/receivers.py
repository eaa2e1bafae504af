"""Wagtail tells that a page was published, taken down or deleted; campaigns and banners follow."""

from typing import Any

from django.db.models.signals import pre_delete
from lapinblanc import clock
from wagtail.signals import page_published, page_unpublished

from editorial.campaigns.horizon import forget
from editorial.campaigns.models import CampaignPage
from shop.api import call_off_campaign


def connect() -> None:
    page_published.connect(published, dispatch_uid="campaigns_published")
    for signal in (page_unpublished, pre_delete):
        signal.connect(withdrawn, sender=CampaignPage, dispatch_uid="campaigns_withdrawn")


def published(**kwargs: Any) -> None:
    forget()


def withdrawn(*, instance: CampaignPage, **kwargs: Any) -> None:
    """A campaign that was to come will not be, one in progress ends: no price stays lowered without its campaign."""
    forget()
    if instance.ends_at > clock.now():
        call_off_campaign(instance.key)
