"""Jobs of the messages: mails about new ones. Running twice is the same as once."""

from django_tasks import task

from shop.messaging.telling import tell_waiting


@task()
def tell() -> int:
    """Mails that wait, now that a message came or a quiet hour ended; returns how many left."""
    return tell_waiting()
