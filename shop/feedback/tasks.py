"""Jobs of reviews. May run twice: a mail has one key."""

from django_tasks import task

from shop.feedback.inviting import invite_due


@task
def invite() -> int:
    return invite_due()
