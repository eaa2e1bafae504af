"""The operators' queue: the riskiest first, then the oldest, page by page; and the history of a boutique."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from lapinblanc import clock

from shop.moderation.models import Appeal, Case, CaseState, Decision, Measure, Origin
from shop.moderation.models.decisions import RESTRICTIONS

PAGE = 25
WAITING = (CaseState.OPEN, CaseState.APPEALED)


@dataclass(frozen=True, slots=True)
class QueuePage:
    cases: list[Case]
    after: str


def waiting(*, origin: str = "", late: bool = False, text: str = "") -> QuerySet[Case]:
    rows = Case.objects.filter(state__in=WAITING).select_related("vendor")
    if origin == "appeal":
        rows = rows.filter(state=CaseState.APPEALED)
    elif origin in Origin.values:
        rows = rows.filter(origin=origin, state=CaseState.OPEN)
    if late:
        rows = rows.filter(due_at__lt=clock.now())
    return rows.filter(Q(title__icontains=text) | Q(vendor__name__icontains=text)) if text else rows


def queue_page(rows: QuerySet[Case], *, after: str = "") -> QueuePage:
    """`after`: the number of the last case that was shown."""
    last = Case.objects.filter(pk=int(after)).first() if after.isascii() and after.isdigit() and len(after) < 18 else None
    if last is not None:
        later = Q(opened_at__gt=last.opened_at) | Q(opened_at=last.opened_at, pk__gt=last.pk)
        rows = rows.filter(Q(risk__lt=last.risk) | (Q(risk=last.risk) & later))
    shown = list(rows.annotate(notice_count=Count("notices")).order_by("-risk", "opened_at", "pk")[: PAGE + 1])
    return QueuePage(shown[:PAGE], str(shown[PAGE - 1].pk) if len(shown) > PAGE else "")


def history(case: Case) -> list[Decision]:
    """Earlier decisions about the same boutique or the same thing, the last first."""
    about = Q(case__kind=case.kind, case__number=case.number)
    if case.vendor_id is not None:  # type: ignore[attr-defined]
        about |= Q(case__vendor=case.vendor_id)  # type: ignore[attr-defined]
    return list(Decision.objects.filter(about).select_related("case", "by").order_by("-pk")[:20])


def next_step(earlier: list[Decision]) -> str:
    """What a graduated sanction comes to after these decisions; operators may choose otherwise."""
    upheld = set(Appeal.objects.filter(decision__in=earlier, upheld=True).values_list("decision", flat=True))
    hits = [row for row in earlier if row.measure in RESTRICTIONS and row.measure != Measure.RETURN and row.pk not in upheld]
    steps: tuple[Any, ...] = (Measure.WARN, Measure.HIDE, Measure.SUSPEND, Measure.CLOSE)
    return str(steps[min(len(hits), len(steps) - 1)].label)
