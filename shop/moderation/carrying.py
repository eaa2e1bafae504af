"""Carrying decisions out: first the reasons are told, then the measure is taken, later it ends by itself.

Each step may run twice and goes on where a killed process stopped; a job asks every minute. The statement stands on the
boutique's own page from the moment of the decision; a mail server that refuses holds a measure back for an hour at most.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from lapinblanc import clock
from lapinblanc.audit.journal import because

from shop.moderation import statements, targets
from shop.moderation.models import Case, Decision, Execution, Measure

PATIENCE = timedelta(hours=1)
LASTING = (Measure.RETURN, Measure.REFUSE, Measure.HIDE, Measure.SUSPEND, Measure.CLOSE)


def carry_out(decision_id: int) -> bool:
    """Tell, then apply what is due; whether the measure stands now."""
    execution = Execution.objects.select_related("decision__case__vendor").get(decision_id=decision_id)
    if execution.told_at is None and not _tell(execution):
        return False
    return _apply(execution.pk)


def carry_out_due() -> int:
    """The job: what waits, and what ends; returns how many."""
    now = clock.now()
    waiting = Execution.objects.filter(applied_at__isnull=True, cancelled_at__isnull=True).filter(Q(told_at__isnull=True) | Q(due_at__lte=now))
    ended = Execution.objects.filter(decision__ends_at__lte=now, applied_at__isnull=False, ended_at__isnull=True)
    numbers = list(waiting.order_by("pk").values_list("decision_id", flat=True)[:200])
    for decision_id in numbers:
        carry_out(decision_id)
    over = list(ended.order_by("pk").values_list("pk", flat=True)[:200])
    for pk in over:
        _end(pk)
    return len(numbers) + len(over)


def _tell(execution: Execution) -> bool:
    """The statement of reasons by mail. False: the server refuses, and it is too early to go on without it."""
    sent = statements.send_statement(execution.decision)
    if not sent and clock.now() < execution.decision.decided_at + PATIENCE:
        return False
    Execution.objects.filter(pk=execution.pk, told_at__isnull=True).update(told_at=clock.now())
    statements.answer_notices(execution.decision)
    return True


@transaction.atomic
def _apply(pk: int) -> bool:
    row = Execution.objects.select_for_update(of=["self"]).select_related("decision__case", "decision__by").get(pk=pk)
    now = clock.now()
    if row.applied_at is not None or row.cancelled_at is not None:
        return row.applied_at is not None
    if row.told_at is None or row.due_at > now:
        return False
    case, kind = row.decision.case, targets.kind_of(row.decision.case.kind)
    with because(row.decision.facts or row.decision.scope, by=row.decision.by):
        if kind is not None and row.decision.measure == Measure.RESTORE:
            _put_back(case, kind)
        elif kind is not None and targets.find(case.kind, case.number) is not None:
            row.before = kind.take(case.number, row.decision.measure) or ""
            if row.decision.measure in (Measure.PUBLISH, Measure.OPEN):
                forget_returned(kind=case.kind, number=case.number)
    row.applied_at = max(now, row.told_at)
    row.save(update_fields=["applied_at", "before"])
    return True


def lasting(case: Case) -> list[Execution]:
    """The measures on the thing of this case that stand, or will; the last one first."""
    rows = Execution.objects.select_for_update(of=["self"]).select_related("decision").filter(
        decision__case__kind=case.kind, decision__case__number=case.number, decision__measure__in=LASTING, ended_at__isnull=True, cancelled_at__isnull=True
    )
    return list(rows.order_by("-pk"))


def _put_back(case: Case, kind: targets.Kind) -> None:
    """Everything that stands on this thing ends; what was announced is called off. The state before the first one returns."""
    rows, now, before = lasting(case), clock.now(), None
    for row in rows:
        if row.applied_at is None:
            row.cancelled_at = now
        else:
            row.ended_at, before = now, row.before or before
        row.save(update_fields=["cancelled_at", "ended_at"])
    if before is not None:
        kind.put_back(case.number, before)


@transaction.atomic
def _end(pk: int) -> None:
    """A measure for some days is over: the thing returns, unless another measure stands on it."""
    row = Execution.objects.select_for_update(of=["self"]).select_related("decision__case").get(pk=pk)
    if row.ended_at is not None:
        return
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    case, kind = row.decision.case, targets.kind_of(row.decision.case.kind)
    standing = [other for other in lasting(case) if other.applied_at is not None]
    if kind is not None and not standing:
        kind.put_back(case.number, row.before)
        transaction.on_commit(lambda: statements.send_ended(Decision.objects.get(pk=row.decision_id)))  # type: ignore[attr-defined]


def forget_returned(*, kind: str, number: int) -> int:
    """A thing sent back, mended and let through: that measure has ended."""
    rows = Execution.objects.filter(decision__case__kind=kind, decision__case__number=number, decision__measure__in=(Measure.RETURN, Measure.REFUSE, Measure.HIDE), applied_at__isnull=False, ended_at__isnull=True)
    return int(rows.update(ended_at=clock.now()))
