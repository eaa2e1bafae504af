"""The figures of moderation that everybody may read (PRODUCT M1, M2; DSA 15 and 24), counted from the rows themselves."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from lapinblanc import clock

from shop.moderation.models import Appeal, Decision, Measure, Notice, PeerReview
from shop.moderation.models.decisions import RESTRICTIONS

YEAR, KEPT_SECONDS = timedelta(days=365), 900
_KEY = "moderation.figures"


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the last twelve months. `days_to_open`: the middle one; None while no boutique was opened."""

    days_to_open: int | None
    opened: int
    notices: int
    by_reason: tuple[tuple[str, int], ...]
    answered: int
    acted: int
    decisions: int
    by_measure: tuple[tuple[str, int], ...]
    automated: int
    appeals: int
    appeals_decided: int
    appeals_upheld: int
    peers_answered: int


def figures() -> Figures:
    """Counted once in a quarter of an hour."""
    found = cache.get(_KEY)
    if not isinstance(found, Figures):
        found = counted()
        cache.set(_KEY, found, KEPT_SECONDS)
    return found


def counted() -> Figures:
    since = clock.now() - YEAR
    decisions = Decision.objects.filter(decided_at__gte=since)
    restrictions = decisions.filter(measure__in=RESTRICTIONS)
    notices, appeals = Notice.objects.filter(sent_at__gte=since), Appeal.objects.filter(sent_at__gte=since)
    opened = [row.decided_at - row.case.opened_at for row in decisions.filter(measure=Measure.OPEN).select_related("case")]
    return Figures(
        days_to_open=int(median(wait.days for wait in opened)) if opened else None,
        opened=len(opened),
        notices=notices.count(),
        by_reason=_by(notices, "reason"),
        answered=notices.filter(decision__isnull=False).count(),
        acted=notices.filter(decision__measure__in=RESTRICTIONS).count(),
        decisions=restrictions.count(),
        by_measure=_by(restrictions, "measure"),
        automated=restrictions.filter(automated=True).count(),
        appeals=appeals.count(),
        appeals_decided=appeals.filter(upheld__isnull=False).count(),
        appeals_upheld=appeals.filter(upheld=True).count(),
        peers_answered=PeerReview.objects.filter(answered_at__gte=since).count(),
    )


def _by(rows: Any, field: str) -> tuple[tuple[str, int], ...]:
    return tuple(rows.order_by().values_list(field).annotate(how_many=Count("pk")).order_by("-how_many", field))
