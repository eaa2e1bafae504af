"""Addresses that only the owner of a mailbox knows: signed, each for one purpose, worthless once the secret has changed."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from editorial.newsletter.models import Issue, Subscriber

SALT = "newsletter"
CONFIRM, PREFERENCES, UNSUBSCRIBE = "confirm", "preferences", "unsubscribe"
CONFIRM_WITHIN = timedelta(days=7)


def address(purpose: str, subscriber: Subscriber, issue: Issue | None = None) -> str:
    """The absolute address for one purpose; of an unsubscription it remembers the issue."""
    text = signing.dumps([subscriber.pk, subscriber.secret, issue.pk if issue else 0], salt=f"{SALT}.{purpose}", compress=True)
    return str(settings.BASE_URL + reverse(f"newsletter:{purpose}", args=[text]))


def read(purpose: str, text: str) -> tuple[Subscriber, Issue | None] | None:
    """Whose address it is; None when it is forged, of another purpose, replaced since, or too old to confirm."""
    try:
        pk, secret, issue = signing.loads(text, salt=f"{SALT}.{purpose}", max_age=CONFIRM_WITHIN if purpose == CONFIRM else None)
    except (signing.BadSignature, ValueError):
        return None
    found = Subscriber.objects.filter(pk=pk, secret=secret).first()
    return (found, Issue.objects.filter(pk=issue).first() if issue else None) if found else None
