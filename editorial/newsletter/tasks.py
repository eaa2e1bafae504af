"""The jobs of the letter."""

from django_tasks import task

from editorial.newsletter import consent, mails, sending


@task
def send_question(subscriber_id: int) -> None:
    """The mail that asks to confirm, or that says one is subscribed already. Twice asks twice, and confirms nothing."""
    mails.send_question(subscriber_id)


@task
def send_letters() -> int:
    """Every five seconds: letters that are due, a quarter of a minute of each."""
    return sending.go_on()


@task
def forget_unconfirmed() -> int:
    """Every day: addresses that never confirmed."""
    return consent.forget_unconfirmed()
