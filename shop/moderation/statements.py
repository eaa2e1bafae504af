"""The mails of moderation: statements of reasons, what becomes of notices and appeals, peers who are asked. One key a mail.

A mail that the server refuses is tried again by the job of mails, which makes it anew from the rows.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from shop.moderation import links, targets
from shop.moderation.models import Appeal, Case, CaseState, Decision, Measure, Notice, PeerReview
from shop.order.mails import send
from shop.order.models import MailSent

# What the owner of a thing is told; the rest concerns those who reported it alone.
TOLD = frozenset({
    Measure.OPEN, Measure.PUBLISH, Measure.RESTORE, Measure.CONFIRM, Measure.RETURN, Measure.REFUSE, Measure.WARN, Measure.HIDE, Measure.SUSPEND, Measure.CLOSE,
})


def send_statement(decision: Decision) -> bool:
    """To whom the decision is about, before the measure. Whether the mail left, or nobody has to be told."""
    address = owner_address(decision.case)
    about_notice = decision.appeal is not None and decision.appeal.notice_id is not None
    if decision.measure not in TOLD or not address or (about_notice and not decision.restricts):
        return True
    with override("fr"):
        context = {"decision": decision, "case": decision.case, "restricts": decision.restricts or decision.measure == Measure.CONFIRM, "url": owner_url(decision), "final": decision.appeal_id is not None}
        return _sent(f"statement:{decision.pk}", address, subject_of(decision), "moderation_statement", context)


def send_ended(decision: Decision) -> bool:
    """A measure for some days is over."""
    address = owner_address(decision.case)
    if not address:
        return True
    with override("fr"):
        subject = _("« %(title)s »: the measure is over") % {"title": decision.case.title}
        return _sent(f"measureover:{decision.pk}", address, subject, "moderation_ended", {"decision": decision, "case": decision.case, "url": owner_url(decision)})


def send_receipt(notice: Notice) -> bool:
    if not notice.email:
        return True
    with override(notice.language):
        context = {"notice": notice, "case": notice.case, "url": links.notice_url(notice)}
        return _sent(f"noticereceipt:{notice.pk}", notice.email, _("We have received your notice"), "notice_receipt", context)


def answer_notices(decision: Decision) -> None:
    """To those who reported the thing: what was decided, and where to disagree. An appeal answered is told to its author too."""
    asked = decision.appeal.notice if decision.appeal is not None else None
    for notice in [*decision.notices.all(), *([asked] if asked is not None else [])]:  # type: ignore[attr-defined]
        send_answer(notice, decision)


def send_answer(notice: Notice, decision: Decision) -> bool:
    if not notice.email:
        return True
    with override(notice.language):
        context = {"notice": notice, "decision": decision, "case": decision.case, "url": links.notice_url(notice), "acted": decision.restricts, "final": decision.appeal_id is not None}
        return _sent(f"noticeanswer:{notice.pk}-{decision.pk}", notice.email, _("Your notice was decided"), "notice_answer", context)


def send_appeal_receipt(appeal: Appeal) -> bool:
    if appeal.notice is not None:
        address, language, url = appeal.notice.email, appeal.notice.language, links.notice_url(appeal.notice)
    else:
        address, language, url = owner_address(appeal.decision.case), "fr", owner_url(appeal.decision)
    if not address:
        return True
    with override(language):
        return _sent(f"appealreceipt:{appeal.pk}", address, _("We have received your appeal"), "appeal_receipt", {"appeal": appeal, "case": appeal.decision.case, "url": url})


def send_peer_request(peer: PeerReview) -> bool:
    with override("fr"):
        subject = _("A workshop asks for your eye: « %(name)s »") % {"name": peer.case.title}
        url = f"{settings.BASE_URL}{reverse('moderation:peer', args=[peer.pk])}"
        return _sent(f"peerasked:{peer.pk}", peer.vendor.email, subject, "peer_asked", {"peer": peer, "case": peer.case, "url": url})


def subject_of(decision: Decision) -> str:
    named = {"title": decision.case.title}
    if decision.measure == Measure.OPEN:
        return _("Your boutique « %(title)s » is open") % named
    if decision.measure == Measure.PUBLISH:
        return _("« %(title)s » is online") % named
    return _("« %(title)s »: a decision and its reasons") % named


def owner_address(case: Case) -> str:
    """Where the owner of the thing is written to; empty when nobody is left."""
    if case.vendor is not None:
        return case.vendor.email
    target = targets.find(case.kind, case.number)
    return target.email if target is not None else ""


def owner_url(decision: Decision) -> str:
    """The decision on the boutique's own page, or by a signed address."""
    if decision.case.vendor_id is None:  # type: ignore[attr-defined]
        return links.decision_url(decision)
    return f"{settings.BASE_URL}{reverse('moderation:decision', args=[decision.pk])}"


def again(kind: str, rest: str) -> None:
    """A mail that the server refused, made anew from the rows."""
    number = int(rest.partition("-")[0])
    if kind in ("statement", "measureover"):
        decision = Decision.objects.select_related("case__vendor", "appeal").get(pk=number)
        (send_statement if kind == "statement" else send_ended)(decision)
    elif kind == "noticereceipt":
        send_receipt(Notice.objects.select_related("case").get(pk=number))
    elif kind == "noticeanswer":
        decision = Decision.objects.select_related("case").get(pk=int(rest.partition("-")[2]))
        send_answer(Notice.objects.get(pk=number), decision)
    elif kind == "appealreceipt":
        send_appeal_receipt(Appeal.objects.select_related("decision__case__vendor", "notice").get(pk=number))
    else:
        peer = PeerReview.objects.select_related("case", "vendor").get(pk=number)
        if peer.case.state == CaseState.OPEN:
            send_peer_request(peer)


KINDS = ("statement", "measureover", "noticereceipt", "noticeanswer", "appealreceipt", "peerasked")


def _sent(key: str, to: str, subject: str, template: str, context: dict[str, Any]) -> bool:
    send(key=key, to=to, subject=subject, template=template, context=context)
    return MailSent.objects.filter(key=key, sent_at__isnull=False).exists()
