"""Mails between the editors and creators, in French, as HTML and text. Each leaves after the commit that it tells of."""

import logging
from pathlib import Path
from typing import Any

import css_inline
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from lapinblanc.mailing import one_line

from editorial.authorship.models import Answer, Approval, Invitation

log = logging.getLogger(__name__)


def announce_invitation(*, invitation_id: int) -> None:
    """To every owner of the boutique: the story is open to her."""
    invitation = Invitation.objects.select_related("page", "authorship__group", "invited_by").get(pk=invitation_id)
    for person in invitation.authorship.group.user_set.all():
        with translation.override("fr"):
            subject = _("« %(title)s »: your story, in your words") % {"title": invitation.page.draft_title or invitation.page.title}
            context = {
                "title": invitation.page.draft_title or invitation.page.title,
                "editor": _name(invitation.invited_by),
                "edit_url": settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[invitation.page_id]),
            }
            _send(person.email, subject, "invitation", context)


def send_link(*, approval: Approval, address: str, note: str) -> None:
    """To the creator: her draft to read, by a link that needs no account."""
    with translation.override("fr"):
        title = approval.page.draft_title or approval.page.title
        subject = _("To read before it is published: « %(title)s »") % {"title": title}
        _send(approval.email, subject, "draft", {"title": title, "who": approval.who, "editor": _name(approval.sent_by), "note": note, "url": settings.BASE_URL + address})


def announce_answer(*, approval_id: int) -> None:
    """To the editor who sent the draft: what the creator answered."""
    approval = Approval.objects.select_related("page", "sent_by").get(pk=approval_id)
    if approval.sent_by is None:
        return
    with translation.override("fr"):
        title = approval.page.draft_title or approval.page.title
        approved = approval.answer == Answer.APPROVED
        subject = (_("%(who)s approves « %(title)s »") if approved else _("%(who)s asks for changes in « %(title)s »")) % {"who": approval.who, "title": title}
        context = {"approval": approval, "approved": approved, "title": title, "edit_url": settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[approval.page_id])}
        _send(approval.sent_by.email, subject, "answer", context)


def _name(user: Any) -> str:
    return user.get_full_name() if isinstance(user, get_user_model()) else ""


def _send(to: str, subject: str, template: str, context: dict[str, Any]) -> None:
    """A server that refuses is told in the log; what the mail tells of stays in the editors' admin."""
    subject = one_line(subject)
    full = {**context, "subject": subject}
    mail = EmailMultiAlternatives(subject, render_to_string(f"authorship/mails/{template}.txt", full), to=[to])
    css = Path(str(finders.find("css/mail.css"))).read_text(encoding="utf-8")
    mail.attach_alternative(css_inline.inline(render_to_string(f"authorship/mails/{template}.html", full), extra_css=css), "text/html")
    try:
        mail.send()
    except OSError as trouble:
        log.warning("mail %s not sent: %s", template, trouble)
