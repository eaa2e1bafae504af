"""Appeals: within six months, free of charge, once for each decision and each person; somebody else decides (DSA 20)."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from lapinblanc import clock

from shop.moderation import statements
from shop.moderation.cases import APPEAL_DAYS, working_days_from
from shop.moderation.models import Appeal, Case, CaseState, Decision, Measure, Notice, Origin
from shop.moderation.peers import ask_peers

SIX_MONTHS = timedelta(days=183)


class NoAppeal(Exception):
    """Too late, already appealed, or a decision that an appeal has answered."""


def last_day(decision: Decision) -> datetime:
    return decision.decided_at + SIX_MONTHS


def may_appeal(decision: Decision, *, notice: Notice | None = None) -> bool:
    """The owner of the thing against a restriction; who reported it against a decision that left it as it was."""
    if decision.appeal_id is not None or clock.now() > last_day(decision):
        return False
    fits = decision.restricts if notice is None else decision.measure in (Measure.KEEP, Measure.PUBLISH)
    return fits and not Appeal.objects.filter(decision=decision, notice=notice).exists()


def appeal(*, decision: Decision, text: str, by: Any = None, notice: Notice | None = None) -> Appeal:
    """Raises NoAppeal."""
    if not text.strip():
        raise NoAppeal
    try:
        with transaction.atomic():
            case = Case.objects.select_for_update(of=["self"]).get(pk=decision.case_id)  # type: ignore[attr-defined]
            if not may_appeal(decision, notice=notice):
                raise NoAppeal
            made = Appeal.objects.create(
                decision=decision, notice=notice, text=text.strip()[:3000], by=by if getattr(by, "is_authenticated", False) else None,
                sent_at=clock.now(), due_at=working_days_from(clock.now(), APPEAL_DAYS),
            )
            case.state, case.due_at = CaseState.APPEALED, made.due_at
            case.save(update_fields=["state", "due_at"])
            if case.origin == Origin.APPLICATION:
                ask_peers(case=case, count=1)
            transaction.on_commit(partial(_after, made.pk))
    except IntegrityError as twice:
        raise NoAppeal from twice
    return made


def _after(pk: int) -> None:
    statements.send_appeal_receipt(Appeal.objects.select_related("decision__case__vendor", "notice").get(pk=pk))
