"""Decisions: one for each case, by a person who says why (DSA 17, P2B 4). `carrying` tells the reasons, then takes the measure.

Two operators at once: the case's lock lets one through. An appeal is decided by somebody else than the first decision;
the database refuses the same person too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from lapinblanc import clock

from shop.moderation import dossiers, targets
from shop.moderation.carrying import carry_out
from shop.moderation.grounds import BY_KEY
from shop.moderation.models import Appeal, Case, CaseState, Decision, Execution, Measure
from shop.moderation.models.decisions import NOTICE_OF_CLOSING, RESTRICTIONS
from shop.moderation.targets import Target

LONGEST_SUSPENSION = 180


class AlreadyDecided(Exception):
    """Somebody else was quicker."""


class ImpossibleMeasure(Exception):
    """Not for a thing in this state."""


class NoReason(Exception):
    """A restriction names its ground and its facts; a suspension its days."""


class SamePerson(Exception):
    """An appeal is read by somebody else than who decided first."""


class Incomplete(Exception):
    """The boutique cannot be opened yet; `missing` holds sentences."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an operator chose. `manifest`: manifestly unlawful, so that a closing does not wait thirty days."""

    measure: str
    ground: str = ""
    facts: str = ""
    days: int = 0
    manifest: bool = False


def possible(case: Case, target: Target | None) -> tuple[str, ...]:
    """The measures that can be decided now."""
    if case.state not in (CaseState.OPEN, CaseState.APPEALED):
        return ()
    kind = targets.kind_of(case.kind)
    if target is None or kind is None:
        return (Measure.KEEP,) if case.state == CaseState.OPEN else (Measure.CONFIRM,)
    appeal = appeal_of(case)
    return kind.measures(target.state, appealed=appeal.decision.measure if appeal else "")


def appeal_of(case: Case) -> Appeal | None:
    """The appeal that waits for an answer."""
    if case.state != CaseState.APPEALED:
        return None
    return Appeal.objects.select_related("decision").filter(decision__case=case, upheld__isnull=True).order_by("pk").first()


@transaction.atomic
def decide(*, case: Case, by: Any, verdict: Verdict) -> Decision:
    """Write the decision, close the case, and have it carried out once this transaction stands.

    Raises AlreadyDecided, ImpossibleMeasure, NoReason, SamePerson, Incomplete.
    """
    locked = _locked(case.pk)
    if locked.state not in (CaseState.OPEN, CaseState.APPEALED):
        raise AlreadyDecided
    target, appeal = targets.find(locked.kind, locked.number), appeal_of(locked)
    if appeal is not None and appeal.decision.by_id == by.pk:  # type: ignore[attr-defined]
        raise SamePerson
    _check(verdict, possible(locked, target), target)
    decision = _write(locked, by, verdict, appeal, target)
    _close(locked, decision, appeal)
    transaction.on_commit(partial(carry_out, decision.pk))
    return decision


def _locked(pk: int) -> Case:
    return Case.objects.select_for_update(of=["self"]).select_related("vendor").get(pk=pk)


def _check(verdict: Verdict, allowed: tuple[str, ...], target: Target | None) -> None:
    if verdict.measure not in allowed:
        raise ImpossibleMeasure(verdict.measure)
    if verdict.measure in RESTRICTIONS and not (verdict.facts.strip() and verdict.ground in BY_KEY):
        raise NoReason
    if verdict.measure == Measure.SUSPEND and not 0 < verdict.days <= LONGEST_SUSPENSION:
        raise NoReason
    if verdict.measure == Measure.OPEN and target is not None and target.vendor is not None:
        missing = dossiers.dossier_of(target.vendor).missing
        if missing:
            raise Incomplete(missing)


def _write(case: Case, by: Any, verdict: Verdict, appeal: Appeal | None, target: Target | None) -> Decision:
    now = clock.now()
    effective = now
    if verdict.measure == Measure.CLOSE and not verdict.manifest:
        effective = now + NOTICE_OF_CLOSING
    restricts = verdict.measure in RESTRICTIONS
    with override("fr"):
        decision = Decision.objects.create(
            case=case,
            measure=verdict.measure,
            scope=_scope(verdict, case, effective),
            facts=verdict.facts.strip()[:3000],
            ground=verdict.ground if restricts else "",
            clause=str(BY_KEY[verdict.ground].clause) if restricts else "",
            manifest=verdict.manifest and verdict.measure == Measure.CLOSE,
            found_by_machine=bool(case.reasons),
            by=by,
            decided_at=now,
            effective_at=effective,
            ends_at=now + timedelta(days=verdict.days) if verdict.measure == Measure.SUSPEND else None,
            appeal=appeal,
        )
    Execution.objects.create(decision=decision, due_at=effective)
    return decision


def _scope(verdict: Verdict, case: Case, effective: datetime) -> str:
    """What the measure reaches, and for how long, in a sentence that stands in the statement."""
    if verdict.measure == Measure.SUSPEND:
        days = ngettext("%(days)s day", "%(days)s days", verdict.days) % {"days": verdict.days}
        return _("The boutique and all its creations are no longer shown nor sold, for %(days)s. Orders already made are served as usual.") % {"days": days}
    if verdict.measure == Measure.CLOSE:
        when = _("at once") if verdict.manifest else _("in thirty days")
        return _("The boutique is closed for good, %(when)s. Until its last order everything in it can be taken along.") % {"when": when}
    if verdict.measure == Measure.HIDE and case.kind == "message":
        return _("« %(title)s » is no longer shown to anybody in the conversation, until another decision.") % {"title": case.title}
    sentences: dict[str, str] = {
        Measure.HIDE: _("« %(title)s » is no longer shown anywhere on the site, until it is mended and read again, or until another decision."),
        Measure.RETURN: _("« %(title)s » is not shown for now; it can be mended and sent again at any time."),
        Measure.REFUSE: _("The application of « %(title)s » is refused."),
        Measure.WARN: _("« %(title)s » stays as it is; this warning counts if the same happens again."),
        Measure.OPEN: _("The boutique « %(title)s » is open: everybody can visit it."),
        Measure.PUBLISH: _("« %(title)s » is shown to everybody."),
        Measure.RESTORE: _("The measure on « %(title)s » ends."),
        Measure.CONFIRM: _("The first decision about « %(title)s » stands."),
        Measure.KEEP: _("« %(title)s » stays as it is."),
    }
    return (sentences[verdict.measure] % {"title": case.title})[:300]


def _close(case: Case, decision: Decision, appeal: Appeal | None) -> None:
    """The case is decided, its notices answered; an appeal answered says whether it was right."""
    if appeal is not None:
        Appeal.objects.filter(pk=appeal.pk).update(upheld=decision.measure not in (Measure.CONFIRM, Measure.KEEP))
    others = Appeal.objects.filter(decision__case=case, upheld__isnull=True).exists()
    case.state = CaseState.APPEALED if others else CaseState.DECIDED
    case.closed_at = clock.now()
    case.save(update_fields=["state", "closed_at"])
    case.notices.filter(decision__isnull=True).update(decision=decision)  # type: ignore[attr-defined]
    case.peers.filter(state="asked").update(state="released")  # type: ignore[attr-defined]
