"""The places of a tier: one guarded UPDATE takes one, so that the last goes to one backer; a CHECK stands behind it."""

from django.conf import settings
from django.db.models import F, Q

from shop.funding.exceptions import TierGone
from shop.funding.models import Tier


def take(tier_id: int) -> None:
    """One place more. Raises TierGone when none is left. Inside a transaction."""
    free = Q(pk=tier_id) & (Q(limit__isnull=True) | Q(taken__lt=F("limit")))
    # Tests alone switch the guard off, to see the race lost without it.
    wanted = Q(pk=tier_id) if getattr(settings, "UNSAFE_PLACE_GUARD_OFF", False) else free
    if not Tier.objects.filter(wanted).update(taken=F("taken") + 1):
        raise TierGone


def give_back(tier_id: int) -> None:
    Tier.objects.filter(pk=tier_id).update(taken=F("taken") - 1)
