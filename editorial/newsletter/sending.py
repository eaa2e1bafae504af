"""Sending an issue: one row for each subscriber, claimed alone and under lock, sent, marked. Killed at any moment, it goes on; nobody is written to twice.

A row is claimed just before its mail leaves. What was cut off between the two is never sent again: it is counted as « unknown ».
"""

import logging
import time
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.core import mail
from django.db import connection as database
from django.db import transaction
from django.db.models import Count
from lapinblanc import clock

from editorial.newsletter import bounces, composing
from editorial.newsletter.models import Delivery, DeliveryState, Issue, IssueState, Subscriber, SubscriberState

log = logging.getLogger(__name__)
SECONDS = 15.0
ATTEMPTS = 3
LOST_AFTER = timedelta(minutes=10)
REST = timedelta(minutes=2)
DONE = (DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.SOFT, DeliveryState.BOUNCED, DeliveryState.FAILED, DeliveryState.UNKNOWN)


class NotNow(Exception):
    """The issue is not in a state from which this can be done."""


def schedule(*, issue: Issue, moment: datetime) -> None:
    """Leave at that moment. Raises NotNow for a moment that is past, or an issue already on its way."""
    if moment <= clock.now():
        raise NotNow
    _move(issue, (IssueState.DRAFT, IssueState.SCHEDULED), state=IssueState.SCHEDULED, scheduled_for=moment)


def begin(*, issue: Issue) -> int:
    """Freeze what it holds and make one row for each subscriber; the job does the rest. Returns how many. Raises NotNow."""
    with transaction.atomic():
        row = Issue.objects.select_for_update().get(pk=issue.pk)
        if row.state not in (IssueState.DRAFT, IssueState.SCHEDULED):
            raise NotNow
        composing.freeze(row)
        with database.cursor() as cursor:
            cursor.execute(
                "INSERT INTO newsletter_delivery (issue_id, subscriber_id, state, attempts, next_try, problem)"
                " SELECT %s, id, 'waiting', 0, %s, '' FROM newsletter_subscriber WHERE state = 'confirmed' ON CONFLICT DO NOTHING",
                [row.pk, clock.now()],
            )
            made = cursor.rowcount
        row.state, row.started_at, row.rest_until, row.problem = IssueState.SENDING, clock.now(), None, ""
        row.save(update_fields=["state", "started_at", "rest_until", "problem"])
    return int(made)


def stop(*, issue: Issue) -> None:
    """Nothing leaves any more: what is scheduled is a draft again, what is being sent waits. Raises NotNow."""
    if issue.state == IssueState.SCHEDULED:
        _move(issue, (IssueState.SCHEDULED,), state=IssueState.DRAFT, scheduled_for=None)
    else:
        _move(issue, (IssueState.SENDING,), state=IssueState.STOPPED)


def resume(*, issue: Issue) -> None:
    """Go on with those who have not received it. Raises NotNow."""
    _move(issue, (IssueState.STOPPED,), state=IssueState.SENDING, rest_until=None)


def counts(issue: Issue) -> dict[str, int]:
    """How many deliveries are in each state, « total » and « done » beside them."""
    found = {str(state): 0 for state in DeliveryState.values}
    found |= dict(Delivery.objects.filter(issue=issue).values_list("state").annotate(n=Count("pk")))
    return found | {"total": sum(found.values()), "done": sum(found[state] for state in DONE)}


def go_on() -> int:
    """The job, every few seconds: begin what is due, send for a quarter of a minute. Twice at once sends nothing twice."""
    for issue in Issue.objects.filter(state=IssueState.SCHEDULED, scheduled_for__lte=clock.now()):
        begin(issue=issue)
    Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=clock.now() - LOST_AFTER).update(state=DeliveryState.UNKNOWN)
    until, sent = time.monotonic() + SECONDS, 0
    for issue in Issue.objects.filter(state=IssueState.SENDING).order_by("started_at"):
        if issue.rest_until is None or issue.rest_until <= clock.now():
            sent += _send_some(issue, until)
    return sent


def claim(issue: Issue) -> Delivery | None:
    """The next row that waits, marked as on its way: committed before its mail leaves. None when none waits, or all was stopped."""
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(skip_locked=True, of=["self"]).select_related("subscriber", "issue")
        row = rows.filter(issue=issue, issue__state=IssueState.SENDING, state=DeliveryState.WAITING, next_try__lte=clock.now()).order_by("next_try", "pk").first()
        if row is None:
            return None
        row.state, row.claimed_at, row.attempts = DeliveryState.SENDING, clock.now(), row.attempts + 1
        row.save(update_fields=["state", "claimed_at", "attempts"])
        return row


def _send_some(issue: Issue, until: float) -> int:
    """Through one connection to the mail server; one that cannot be reached makes the issue rest, with nothing claimed."""
    server: Any = mail.get_connection()
    try:
        server.open()
    except OSError as trouble:
        _rest(issue, trouble)
        return 0
    found, sent = composing.entries(composing.pages_of(issue)), 0
    try:
        while time.monotonic() < until:
            row = claim(issue)
            if row is None:
                _finish(issue)
                break
            if not _deliver(row, found, server):
                break
            sent += 1
    finally:
        server.close()
    return sent


def _deliver(row: Delivery, found: list[composing.Entry], server: Any) -> bool:
    """Send one; False when the server wants nothing of us for the moment."""
    # Read anew: somebody may have left since the row was made.
    person = Subscriber.objects.get(pk=row.subscriber_id)
    letter = composing.letter_for(row.issue, person, found, key=f"{row.issue_id}-{row.pk}") if person.state == SubscriberState.CONFIRMED else None
    if letter is None:
        _mark(row, DeliveryState.SKIPPED)
        return True
    # A mail service tells us by this number what became of it, and counts neither openings nor clicks.
    letter.metadata, letter.track_opens, letter.track_clicks = {"delivery": str(row.pk)}, False, False  # type: ignore[attr-defined]
    try:
        server.send_messages([letter])
    except SMTPSenderRefused as trouble:
        _wait(row, trouble)
        _rest(row.issue, trouble)
        return False
    except SMTPRecipientsRefused as trouble:
        code = max((code for code, _text in trouble.recipients.values()), default=550)
        _refused(row, code, trouble)
    except AnymailRecipientsRefused as trouble:
        _refused(row, 550, trouble)
    except SMTPDataError as trouble:
        _failed(row, trouble) if trouble.smtp_code >= 500 else _refused(row, trouble.smtp_code, trouble)
    except AnymailAPIError as trouble:
        refused = 400 <= int(getattr(trouble, "status_code", 0) or 0) < 500
        _refused(row, 450, trouble) if refused else _mark(row, DeliveryState.UNKNOWN, trouble)
    except OSError as trouble:
        # Cut off in the middle: whether it left is not known, so that it is not sent again.
        _mark(row, DeliveryState.UNKNOWN, trouble)
        _rest(row.issue, trouble)
        return False
    else:
        _mark(row, DeliveryState.SENT)
    return True


def _refused(row: Delivery, code: int, trouble: Exception) -> None:
    """For good: the address is marked. For the moment: three attempts, further and further apart."""
    if code >= 500:
        _mark(row, DeliveryState.BOUNCED, trouble)
        bounces.hard(row)
    elif row.attempts < ATTEMPTS:
        _wait(row, trouble, row.attempts)
    else:
        _mark(row, DeliveryState.SOFT, trouble)
        bounces.soft(row)


def _failed(row: Delivery, trouble: Exception) -> None:
    _mark(row, DeliveryState.FAILED, trouble)
    log.warning("letter %s refused by the server: %s", row.pk, trouble)


def _wait(row: Delivery, trouble: Exception, times: int = 0) -> None:
    later = clock.now() + timedelta(minutes=10 * times * times)
    Delivery.objects.filter(pk=row.pk).update(state=DeliveryState.WAITING, next_try=later, attempts=times, problem=str(trouble)[:300])


def _mark(row: Delivery, state: DeliveryState, trouble: Exception | None = None) -> None:
    row.state = state
    facts = {"sent_at": clock.now()} if state == DeliveryState.SENT else {}
    Delivery.objects.filter(pk=row.pk, state=DeliveryState.SENDING).update(state=state, problem=str(trouble or "")[:300], **facts)


def _rest(issue: Issue, trouble: Exception) -> None:
    log.warning("letter %s rests: %s", issue.pk, trouble)
    Issue.objects.filter(pk=issue.pk).update(rest_until=clock.now() + REST, problem=str(trouble)[:300])


def _finish(issue: Issue) -> None:
    """All done, nothing on its way: the issue is sent."""
    busy = Delivery.objects.filter(issue=issue, state__in=[DeliveryState.WAITING, DeliveryState.SENDING])
    if not busy.exists():
        Issue.objects.filter(pk=issue.pk, state=IssueState.SENDING).update(state=IssueState.SENT, finished_at=clock.now(), problem="")


def _move(issue: Issue, before: tuple[IssueState, ...], **facts: Any) -> None:
    if not Issue.objects.filter(pk=issue.pk, state__in=before).update(**facts):
        raise NotNow
    issue.refresh_from_db()
