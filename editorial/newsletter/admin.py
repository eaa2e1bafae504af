"""An issue in the editors' admin: as it will be read, a test to oneself, its leaving with progress and stop, and what became of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from lapinblanc import clock
from lapinblanc.cooperative.models import College

from editorial.newsletter import composing, sending
from editorial.newsletter.composing import Reader
from editorial.newsletter.models import Consent, ConsentKind, Issue, IssueState, Subscriber, SubscriberState

may_send = permission_required("newsletter.change_issue", raise_exception=True)


@may_send
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The issue as a chosen reader receives it, in both forms and widths; while it is being sent, the page renews itself."""
    issue = get_object_or_404(Issue, pk=pk)
    college = request.GET.get("lecteur", "")
    mail = _composed(issue, Reader(college=college if college in College.values else ""), to=request.user.email)
    counts = sending.counts(issue)
    context = {
        "issue": issue, "counts": counts, "readers": [("", _("a reader of the public part")), *College.choices], "college": college,
        "html": mail.alternatives[0][0] if mail else "", "text": mail.body if mail else "",
        "confirmed": Subscriber.objects.filter(state=SubscriberState.CONFIRMED).count(), "editable": composing.is_draft(issue),
        "left": Consent.objects.filter(issue=issue, kind__in=[ConsentKind.UNSUBSCRIBED, ConsentKind.COMPLAINED]).count(),
        "complained": Consent.objects.filter(issue=issue, kind=ConsentKind.COMPLAINED).count(),
        "page_title": issue.title, "header_icon": "mail",
    }
    answer = render(request, "newsletter/admin/letter.html", context)
    if issue.state == IssueState.SENDING:
        answer["Refresh"] = "4"
    return answer


@require_POST
@may_send
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter to oneself alone, marked as a test."""
    issue = get_object_or_404(Issue, pk=pk)
    college = request.POST.get("lecteur", "")
    mail = _composed(issue, Reader(college=college if college in College.values else ""), to=request.user.email)
    if mail is None:
        messages.error(request, _("This letter holds nothing yet: write a foreword, or choose pages."))
        return _back(issue, college)
    mail.subject = _("[Test] %(title)s") % {"title": issue.title}
    try:
        mail.send()
    except OSError as trouble:
        messages.error(request, _("The mail server refused: %(trouble)s") % {"trouble": trouble})
    else:
        messages.success(request, _("The test left for %(email)s.") % {"email": request.user.email})
    return _back(issue, college)


@require_POST
@may_send
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Send now, at an hour, stop, go on."""
    issue = get_object_or_404(Issue, pk=pk)
    try:
        messages.success(request, _act(issue, request.POST.get("action", ""), request.POST.get("moment", "")))
    except sending.NotNow:
        messages.error(request, _("This is not possible now: look at the state of the letter, and choose an hour to come."))
    return _back(issue)


def _act(issue: Issue, action: str, moment: str) -> str:
    if action == "send":
        if _composed(issue, Reader(), to="") is None:
            raise sending.NotNow
        people = sending.begin(issue=issue)
        return _("The letter is leaving for %(people)d subscribers.") % {"people": people}
    if action == "schedule":
        sending.schedule(issue=issue, moment=_paris(moment))
        return _("The letter will leave at that hour.")
    if action == "stop":
        sending.stop(issue=issue)
        return _("Stopped: nothing more leaves.")
    if action == "resume":
        sending.resume(issue=issue)
        return _("The sending goes on with those who have not received it.")
    raise sending.NotNow


def _paris(text: str) -> datetime:
    """A date and an hour of the form, in Paris. Raises NotNow when it is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=clock.PARIS)
    except ValueError:
        raise sending.NotNow from None


def _composed(issue: Issue, reader: Reader, *, to: str) -> Any:
    home = settings.BASE_URL + reverse("newsletter:subscribe")
    return composing.letter(issue, reader, composing.entries(composing.pages_of(issue)), to=to, stop_url=home, preferences_url=home)


def _back(issue: Issue, college: str = "") -> HttpResponse:
    address = reverse("newsletter_letter", args=[issue.pk])
    return redirect(f"{address}?lecteur={college}" if college in College.values else address)
