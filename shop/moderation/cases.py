"""Opening and closing cases. One open case for a thing: what comes later joins it, and raises its risk if need be.

Deadlines are in working days: a dangerous product three (LAW G1), a creation that waits two, an application five.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from lapinblanc import clock

from shop.moderation.models import Case, CaseState, Origin
from shop.moderation.targets import Target

DAYS = {Origin.APPLICATION: 5, Origin.SCREENING: 2, Origin.CHANGE: 5, Origin.SAMPLE: 10, Origin.NOTICE: 5, Origin.OPERATOR: 10}
DANGEROUS_DAYS, APPEAL_DAYS = 3, 10


def working_days_from(moment: datetime, days: int) -> datetime:
    """The end of the working day that comes `days` working days after this moment."""
    day = moment.astimezone(clock.PARIS)
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return datetime.combine(day.date(), time(18), tzinfo=clock.PARIS)


@transaction.atomic
def open_case(
    *,
    target: Target,
    origin: str,
    risk: int = 0,
    reasons: Sequence[dict[str, Any]] = (),
    days: int | None = None,
    revisions: tuple[int | None, int | None] = (None, None),
) -> Case:
    """The open case of this thing, made or joined."""
    now = clock.now()
    due = working_days_from(now, days if days is not None else DAYS[Origin(origin)])
    facts: dict[str, Any] = {
        "title": target.title[:255], "origin": origin, "vendor": target.vendor, "person": target.person, "risk": min(risk, 100), "reasons": list(reasons),
        "opened_at": now, "due_at": due, "before_revision": revisions[0], "after_revision": revisions[1],
    }
    try:
        with transaction.atomic():
            return Case.objects.create(kind=target.kind, number=target.number, **facts)
    except IntegrityError:
        return _join(target, facts)


def _join(target: Target, facts: dict[str, Any]) -> Case:
    case = Case.objects.select_for_update().get(kind=target.kind, number=target.number, state=CaseState.OPEN)
    case.risk = max(case.risk, facts["risk"])
    case.due_at = min(case.due_at, facts["due_at"])
    known = {row["code"] for row in case.reasons}
    case.reasons = [*case.reasons, *(row for row in facts["reasons"] if row["code"] not in known)]
    case.before_revision = case.before_revision if case.before_revision is not None else facts["before_revision"]
    case.after_revision = facts["after_revision"] or case.after_revision
    case.save(update_fields=["risk", "due_at", "reasons", "before_revision", "after_revision"])
    return case


def drop_case(*, kind: str, number: int, origins: Sequence[str]) -> int:
    """What there was to decide is gone: the thing was taken back by its owner, and nobody reported it."""
    rows = Case.objects.filter(kind=kind, number=number, state=CaseState.OPEN, origin__in=list(origins), notices__isnull=True)
    return int(rows.update(state=CaseState.MOOT, closed_at=clock.now()))
