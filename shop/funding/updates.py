"""News of a project, and the words of its backers: published, mailed, reported, hidden."""

from django.db import transaction
from lapinblanc import clock

from shop.funding import mails
from shop.funding.models import Audience, Pledge, Project, Update


def publish_update(*, project: Project, title: str, text: str, audience: str = Audience.EVERYBODY) -> Update:
    """Write news; the job mails them to the backers who agreed."""
    return Update.objects.create(project=project, title=title.strip(), text=text.strip(), audience=audience)


def mail_due() -> int:
    """Mail what was not yet; a process killed half-way goes on with the next, by the mails' keys."""
    done = 0
    for update in Update.objects.filter(mailed_at=None, published_at__lte=clock.now()).order_by("pk"):
        mails.announce_update(update_id=update.pk)
        done += Update.objects.filter(pk=update.pk, mailed_at=None).update(mailed_at=clock.now())
    return done


def report_message(*, pledge: Pledge) -> None:
    """A reader finds a backer's word out of place: the house looks at it."""
    Pledge.objects.filter(pk=pledge.pk, message_reported_at=None).update(message_reported_at=clock.now())


@transaction.atomic
def judge_message(*, pledge: Pledge, hide: bool) -> None:
    """The house's answer to a report: hidden, or left where it is."""
    locked = Pledge.objects.select_for_update().get(pk=pledge.pk)
    locked.message_hidden_at = (locked.message_hidden_at or clock.now()) if hide else None
    locked.message_reported_at = None
    locked.save(update_fields=["message_hidden_at", "message_reported_at"])
