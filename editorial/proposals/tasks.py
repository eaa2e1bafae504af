"""The mail that answers a proposal, sent by a job."""

from pathlib import Path

import css_inline
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task
from lapinblanc import clock
from lapinblanc.mailing import one_line

from editorial.proposals.models import Proposal, ProposalState


@task
def tell_proposer(proposal_id: int) -> bool:
    """Tell who proposed what was answered; a second run finds it told and does nothing."""
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update(of=["self"]).select_related("who").filter(pk=proposal_id, told_at__isnull=True).first()
        if proposal is None or proposal.state == ProposalState.WAITING:
            return False
        proposal.told_at = clock.now()
        proposal.save(update_fields=["told_at"])
        with translation.override("fr"):
            _send(proposal)
    return True


def _send(proposal: Proposal) -> None:
    accepted = proposal.state == ProposalState.ACCEPTED
    subject = _("Your collection « %(title)s » is accepted") if accepted else _("Your collection « %(title)s »: our answer")
    context = {"proposal": proposal, "accepted": accepted, "mine_url": settings.BASE_URL + reverse("proposals:mine"), "subject": one_line(subject % {"title": proposal.title})}
    mail = EmailMultiAlternatives(context["subject"], render_to_string("mails/proposal.txt", context), to=[proposal.who.email])
    css = Path(str(finders.find("css/mail.css"))).read_text(encoding="utf-8")
    mail.attach_alternative(css_inline.inline(render_to_string("mails/proposal.html", context), extra_css=css), "text/html")
    mail.send()
