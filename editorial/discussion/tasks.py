"""Mails about decisions. Twice tells twice: the queue runs each once, and a failed one is run again by an operator."""

from django_tasks import task

from editorial.discussion import moderation


@task
def tell_author(decision_id: int) -> None:
    moderation.send_statement(decision_id)


@task
def tell_reporter(report_id: int, hidden: bool) -> None:
    moderation.send_outcome(report_id, hidden)
