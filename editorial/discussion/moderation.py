"""What moderators decide about comments: hide with reasons, keep, restore. Each decision is a row, and is told (LAW M4, DSA 16 and 17)."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import override
from lapinblanc import mailing
from wagtail.models import Page

from editorial.discussion.models import Comment, Decision, Ground, Outcome, Report, State


class NoReason(Exception):
    """A comment is hidden for a known rule and a written reason, or not at all."""


class NothingToDecide(Exception):
    """The comment was withdrawn, or is already as asked."""


def hide(*, comment: Comment, by: Any, ground: str, reason: str) -> Decision:
    """Hide a comment everywhere; its author is sent the statement of reasons, those who reported it the outcome.

    Raises NoReason, NothingToDecide.
    """
    if ground not in Ground.values or not reason.strip():
        raise NoReason
    return _decide(comment, by, State.SHOWN, State.HIDDEN, Outcome.HIDDEN, ground=ground, reason=reason.strip()[:1000])


def restore(*, comment: Comment, by: Any, reason: str = "") -> Decision:
    """Show a hidden comment again, after an appeal or a second look; its author is told. Raises NothingToDecide."""
    return _decide(comment, by, State.HIDDEN, State.SHOWN, Outcome.KEPT, reason=reason.strip()[:1000])


def keep(*, comment: Comment, by: Any, reason: str = "") -> None:
    """Leave a reported comment where it is: the reports are settled and those who made them told."""
    with transaction.atomic():
        row = Comment.objects.select_for_update().get(pk=comment.pk)
        told = _settle(row, Outcome.KEPT)
        if told:
            Decision.objects.create(comment=row, by=by, hides=False, reason=reason.strip()[:1000])
            transaction.on_commit(partial(_tell_reporters, told, False))


def _decide(comment: Comment, by: Any, before: State, after: State, outcome: Outcome, **facts: Any) -> Decision:
    with transaction.atomic():
        row = Comment.objects.select_for_update().get(pk=comment.pk)
        if row.state != before:
            raise NothingToDecide
        row.state = after
        row.save(update_fields=["state"])
        hides = after == State.HIDDEN
        decision = Decision.objects.create(comment=row, by=by, hides=hides, **facts)
        told = _settle(row, outcome) if hides else []
        transaction.on_commit(partial(_tell_author, decision.pk))
        transaction.on_commit(partial(_tell_reporters, told, hides))
    return decision


def _settle(comment: Comment, outcome: Outcome) -> list[int]:
    """Close the reports that wait; their numbers."""
    waiting = list(Report.objects.select_for_update().filter(comment=comment, outcome=Outcome.WAITING).values_list("pk", flat=True))
    Report.objects.filter(pk__in=waiting).update(outcome=outcome)
    return waiting


def _tell_author(decision_id: int) -> None:
    from editorial.discussion.tasks import tell_author

    tell_author.enqueue(decision_id)


def _tell_reporters(reports: list[int], hidden: bool) -> None:
    from editorial.discussion.tasks import tell_reporter

    # Numbers alone: the queue keeps what it was given, and an address in it would outlive its account.
    for report_id in reports:
        tell_reporter.enqueue(report_id, hidden)


def send_statement(decision_id: int) -> None:
    """The statement of reasons, or the news that the comment is shown again."""
    decision = Decision.objects.select_related("comment__author").get(pk=decision_id)
    author = decision.comment.author
    if author is None:
        return
    with override("fr"):
        context = {"decision": decision, "comment": decision.comment, "page": Page.objects.get(pk=decision.comment.page_id), "appeal": settings.APPEAL_EMAIL}
        template = "comment_hidden" if decision.hides else "comment_restored"
        mailing.compose(template=template, to=author.email, context=context).send()


def send_outcome(report_id: int, hidden: bool) -> None:
    """To somebody who reported: what was decided, and where to disagree. Nothing to one whose account is gone."""
    report = Report.objects.select_related("comment", "reporter").filter(pk=report_id).first()
    if report is None or report.reporter is None:
        return
    comment = report.comment
    with override("fr"):
        context = {"hidden": hidden, "page": Page.objects.get(pk=comment.page_id), "appeal": settings.APPEAL_EMAIL}
        mailing.compose(template="comment_report", to=report.reporter.email, context=context).send()
