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
            transaction.on_commit(partial(_tell_reporters, row.pk, told, False))


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
        transaction.on_commit(partial(_tell_reporters, row.pk, told, hides))
    return decision


def _settle(comment: Comment, outcome: Outcome) -> list[str]:
    """Close the reports that wait; the addresses of those who made them."""
    waiting = Report.objects.select_for_update(of=["self"]).filter(comment=comment, outcome=Outcome.WAITING).select_related("reporter")
    addresses = [report.reporter.email for report in waiting if report.reporter]
    Report.objects.filter(comment=comment, outcome=Outcome.WAITING).update(outcome=outcome)
    return addresses


def _tell_author(decision_id: int) -> None:
    from editorial.discussion.tasks import tell_author

    tell_author.enqueue(decision_id)


def _tell_reporters(comment_id: int, addresses: list[str], hidden: bool) -> None:
    from editorial.discussion.tasks import tell_reporter

    for address in addresses:
        tell_reporter.enqueue(comment_id, address, hidden)


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


def send_outcome(comment_id: int, address: str, hidden: bool) -> None:
    """To somebody who reported: what was decided, and where to disagree."""
    comment = Comment.objects.get(pk=comment_id)
    with override("fr"):
        context = {"hidden": hidden, "page": Page.objects.get(pk=comment.page_id), "appeal": settings.APPEAL_EMAIL}
        mailing.compose(template="comment_report", to=address, context=context).send()
