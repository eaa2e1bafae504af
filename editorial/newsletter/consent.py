"""Asking for the letter, confirming by mail, choosing subjects, leaving: the states of a subscriber and the evidence of each step.

Whoever asks hears the same answer whether the address is known or not; only the mail differs.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from lapinblanc import clock

from editorial.newsletter.models import Consent, ConsentKind, Issue, Subscriber, SubscriberState, new_secret

TOPICS = ("stories", "collections", "cooperative")
# What is agreed to, word for word; a changed text takes a new version, and the old one stays here.
TEXT_VERSION = "2026-11"
TEXTS = {
    "2026-11": _("I agree to receive the letter of Lapin Blanc about the chosen subjects. We count neither openings nor clicks. Each letter holds a link to unsubscribe."),
}
REST = timedelta(minutes=10)
PENDING_KEPT = timedelta(days=30)


class NoTopic(Exception):
    """A letter about nothing is no letter."""


def ask(*, email: str, topics: Iterable[str], language: str, place: str) -> None:
    """Somebody typed this address into a form: one mail leaves, at most one in ten minutes, and nothing else is done yet.

    Raises NoTopic.
    """
    chosen = set(topics) & set(TOPICS)
    if not chosen:
        raise NoTopic
    address = email.strip().lower()
    with transaction.atomic():
        row, made = _row(address)
        if not made and row.asked_at > clock.now() - REST:
            return
        row.asked_at = clock.now()
        if row.state != SubscriberState.CONFIRMED:
            # Somebody who left or whose address refused comes back as a stranger would; older links lead nowhere.
            row.state, row.secret, row.language = SubscriberState.PENDING, new_secret(), language
            for topic in TOPICS:
                setattr(row, topic, topic in chosen)
        row.save()
        _note(row, ConsentKind.ASKED, place=place)
        transaction.on_commit(partial(_send_question, row.pk))


def confirm(*, subscriber: Subscriber) -> bool:
    """The link of the mail was followed and its button pressed. False when it had left or bounced since: ask anew."""
    with transaction.atomic():
        row = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        if row.state == SubscriberState.CONFIRMED:
            return True
        if row.state != SubscriberState.PENDING:
            return False
        row.state, row.confirmed_at, row.left_at = SubscriberState.CONFIRMED, clock.now(), None
        row.save(update_fields=["state", "confirmed_at", "left_at"])
        _note(row, ConsentKind.CONFIRMED)
    return True


def change(*, subscriber: Subscriber, topics: Iterable[str], language: str) -> None:
    """Other subjects or another language. Raises NoTopic."""
    chosen = set(topics) & set(TOPICS)
    if not chosen:
        raise NoTopic
    with transaction.atomic():
        row = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        for topic in TOPICS:
            setattr(row, topic, topic in chosen)
        row.language = language
        row.save(update_fields=[*TOPICS, "language"])
        _note(row, ConsentKind.CHANGED)


def unsubscribe(*, subscriber: Subscriber, issue: Issue | None = None, kind: ConsentKind = ConsentKind.UNSUBSCRIBED) -> None:
    """Never written to again, until they ask anew. Twice is once."""
    _leave(subscriber, SubscriberState.UNSUBSCRIBED, kind, issue)


def mark_bounced(*, subscriber: Subscriber, issue: Issue | None = None) -> None:
    """The address refuses for good. Twice is once; who has unsubscribed stays so."""
    _leave(subscriber, SubscriberState.BOUNCED, ConsentKind.BOUNCED, issue)


def forget_unconfirmed() -> int:
    """Addresses that never confirmed are not kept beyond a month (LAW D2)."""
    old = Subscriber.objects.filter(state=SubscriberState.PENDING, confirmed_at=None, asked_at__lt=clock.now() - PENDING_KEPT)
    return int(old.delete()[0])


def _leave(subscriber: Subscriber, state: SubscriberState, kind: ConsentKind, issue: Issue | None) -> None:
    with transaction.atomic():
        row = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        if row.state in (state, SubscriberState.UNSUBSCRIBED):
            return
        row.state, row.left_at = state, clock.now()
        row.save(update_fields=["state", "left_at"])
        _note(row, kind, issue=issue)


def _row(address: str) -> tuple[Subscriber, bool]:
    """The row of an address under lock; two forms at once make one."""
    known = Subscriber.objects.select_for_update().filter(email__iexact=address).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            return Subscriber.objects.create(email=address), True
    except IntegrityError:
        return Subscriber.objects.select_for_update().get(email__iexact=address), False


def _note(row: Subscriber, kind: ConsentKind, *, place: str = "", issue: Issue | None = None) -> None:
    version = TEXT_VERSION if kind in (ConsentKind.ASKED, ConsentKind.CONFIRMED, ConsentKind.CHANGED) else ""
    Consent.objects.create(subscriber=row, kind=kind, place=place[:200], text_version=version, issue=issue)


def _send_question(pk: int) -> None:
    from editorial.newsletter.tasks import send_question

    send_question.enqueue(pk)
