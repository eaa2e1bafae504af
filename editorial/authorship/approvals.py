"""A draft sent to its creator by a link: signed, for one draft and one answer, for three weeks; no account is needed.

The link opens exactly the revision that was sent. Her answer is kept with its hour and its revision, and never changed.
"""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.urls import reverse
from lapinblanc import clock

from editorial.authorship.mails import announce_answer, send_link
from editorial.authorship.models import Answer, Approval
from shop import api

SALT = "editorial.authorship.approval"
LIFETIME = timedelta(days=21)


class NothingToSend(Exception):
    """The story has no draft, or tells of no open boutique."""


class AlreadyAnswered(Exception):
    """The link has served."""


def token_of(approval: Approval) -> str:
    return signing.dumps([approval.pk, approval.email], salt=SALT, compress=True)


def address_of(approval: Approval) -> str:
    return reverse("authorship:draft", args=[token_of(approval)])


def approval_of(token: str) -> Approval | None:
    """The draft that a link opens; None when it is forged, over or its revision is gone."""
    try:
        pk, email = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Approval.objects.filter(pk=pk, email=email, revision__isnull=False).select_related("revision", "page").first()
    return found if found is not None and clock.now() < found.sent_at + LIFETIME else None


@transaction.atomic
def send_draft(*, page: Any, by: Any, note: str = "") -> Approval:
    """Send the newest draft of a story to the creator it tells of. Raises NothingToSend."""
    revision = page.get_latest_revision()
    if revision is None or page.vendor_id is None:
        raise NothingToSend
    try:
        facts = api.maker_facts(page.vendor_id)
    except api.VENDOR_MODEL.DoesNotExist as closed:
        raise NothingToSend from closed
    approval = Approval.objects.create(
        page_id=page.pk, revision=revision, revision_at=revision.created_at, email=facts.email, who=facts.person or facts.boutique, sent_by=by
    )
    transaction.on_commit(lambda: send_link(approval=approval, address=address_of(approval), note=note))
    return approval


@transaction.atomic
def answer(*, approval: Approval, approved: bool, message: str = "") -> Approval:
    """Keep the creator's word on this revision. Raises AlreadyAnswered: the first answer stands."""
    row = Approval.objects.select_for_update().get(pk=approval.pk)
    if row.answer:
        raise AlreadyAnswered
    row.answer = Answer.APPROVED if approved else Answer.CHANGES
    row.message, row.answered_at = message.strip()[:4000], clock.now()
    row.save(update_fields=["answer", "message", "answered_at"])
    transaction.on_commit(lambda: announce_answer(approval_id=row.pk))
    return row


def has_changed(approval: Approval) -> bool:
    """The story was changed after the revision that was sent."""
    return bool(approval.page.latest_revision_id != approval.revision_id)


def approvals_of(page_id: int) -> list[Approval]:
    """What was sent and answered for a story, newest first."""
    return list(Approval.objects.filter(page_id=page_id).select_related("page", "sent_by").order_by("-sent_at", "-pk")[:20])
