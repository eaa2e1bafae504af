"""What everybody may open: reporting a thing, following a notice, a decision by its signed address, the figures."""

import contextlib
from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shop.messaging.reporting import reported
from shop.moderation import links, targets
from shop.moderation.appealing import NoAppeal, appeal, may_appeal
from shop.moderation.figures import figures
from shop.moderation.forms import AppealForm, NoticeForm
from shop.moderation.models import Decision, Measure, Notice, NoticeReason
from shop.moderation.noticing import NoticeFacts, TooMany, receive
from shop.moderation.targets import Target

OF_A_MESSAGE = (NoticeReason.CHILD, NoticeReason.INSULT, NoticeReason.PRIVACY, NoticeReason.MISLEADING, NoticeReason.FORBIDDEN, NoticeReason.OTHER)


@never_cache
def report(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """A notice about a thing that is shown; what is not shown cannot be reported from here."""
    target = targets.find(kind, number)
    if target is None or not target.public:
        raise Http404
    return _reporting(request, target, NoticeReason.values, back=target.url, address=target.url)


@never_cache
def report_message(request: HttpRequest, token: str) -> HttpResponse:
    """A notice about a message, by the signed address that its reader was given; for everybody else it does not exist."""
    seen = reported(token, user=request.user)
    target = targets.find("message", seen.message.pk) if seen is not None else None
    if seen is None or target is None:
        raise Http404
    return _reporting(request, target, OF_A_MESSAGE, back=seen.back, address=seen.address)


def _reporting(request: HttpRequest, target: Target, reasons: Sequence[str], *, back: str, address: str) -> HttpResponse:
    known = {"name": request.user.get_full_name(), "email": request.user.email} if request.user.is_authenticated else {}
    form = NoticeForm(request.POST or None, initial=known, reasons=reasons)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _received(request, target, form, address)
            except TooMany:
                status = 429
                form.add_error(None, _("Many notices came from your place within an hour: please try again later. What you typed is still here."))
    return render(request, "moderation/report.html", {"form": form, "target": target, "back": back}, status=status)


def _received(request: HttpRequest, target: Target, form: NoticeForm, address: str) -> HttpResponse:
    data = form.cleaned_data
    if not data["website"]:
        facts = NoticeFacts(data["reason"], data["text"], data["name"], data["email"], f"{settings.BASE_URL}{address}", "en" if get_language() == "en" else "fr")
        receive(target=target, facts=facts, key=data["key"], by=request.user, place=request.META.get("REMOTE_ADDR", ""))
    return redirect("moderation:received")


def received(request: HttpRequest) -> HttpResponse:
    return render(request, "moderation/received.html")


@never_cache
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """A notice by its signed address: its state, the decision, and an appeal against one that changed nothing."""
    notice = Notice.objects.select_related("case", "decision").filter(pk=links.notice_number(token)).first()
    if notice is None:
        raise Http404
    decision, form = notice.decision, AppealForm(request.POST or None)
    open_to = decision is not None and may_appeal(decision, notice=notice)
    if request.method == "POST" and form.is_valid() and decision is not None:
        with contextlib.suppress(NoAppeal):
            appeal(decision=decision, text=form.cleaned_data["text"], by=request.user, notice=notice)
        return redirect("moderation:followed", token)
    context = {"notice": notice, "case": notice.case, "decision": decision, "form": form if open_to else None, "appeals": notice.appeals.all()}
    return render(request, "moderation/followed.html", context, status=422 if form.errors else 200)


@never_cache
def told(request: HttpRequest, token: str) -> HttpResponse:
    """A decision by its signed address, for whom has no boutique: the author of a review."""
    decision = Decision.objects.select_related("case").filter(pk=links.decision_number(token)).first()
    if decision is None:
        raise Http404
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with contextlib.suppress(NoAppeal):
            appeal(decision=decision, text=form.cleaned_data["text"], by=request.user)
        return redirect("moderation:told", token)
    context = {"decision": decision, "case": decision.case, "form": form if may_appeal(decision) else None, "appeals": decision.appeals.filter(notice=None)}
    return render(request, "moderation/told.html", context, status=422 if form.errors else 200)


def transparency(request: HttpRequest) -> HttpResponse:
    found = figures()
    context = {
        "figures": found,
        "reasons": [(NoticeReason(key).label, count) for key, count in found.by_reason],
        "measures": [(Measure(key).label, count) for key, count in found.by_measure],
    }
    return render(request, "moderation/transparency.html", context)
