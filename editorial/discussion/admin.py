"""The moderators' page in the editors' admin: reports first, oldest first, then what was decided lately."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Min, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from editorial.discussion import moderation
from editorial.discussion.models import Comment, Decision, Ground, Outcome, Report, State

may_moderate = permission_required("discussion.change_comment", raise_exception=True)
SHOWN = 50


def waiting_comments() -> Any:
    """Comments with reports that wait, the oldest report first, with their reports."""
    reports = Report.objects.filter(outcome=Outcome.WAITING).select_related("reporter").order_by("created_at")
    rows = Comment.objects.filter(reports__outcome=Outcome.WAITING).annotate(since=Min("reports__created_at", filter=Q(reports__outcome=Outcome.WAITING)))
    return rows.annotate(times=Count("reports")).order_by("since").select_related("author", "page").prefetch_related(Prefetch("reports", reports, to_attr="told"))


@may_moderate
def queue(request: HttpRequest) -> HttpResponse:
    """What was reported, what is hidden, what was said lately: everything can be hidden or shown from here."""
    found = request.GET.get("q", "").strip()[:100]
    said = Comment.objects.exclude(state=State.WITHDRAWN).select_related("author", "page").order_by("-created_at")
    if found:
        said = said.filter(Q(text__icontains=found) | Q(author__email__iexact=found) | Q(author__first_name__iexact=found))
    decisions = Decision.objects.select_related("comment__page", "by").order_by("-created_at")[:SHOWN]
    context = {
        "waiting": list(waiting_comments()[:SHOWN]), "said": list(said[:SHOWN]), "decisions": list(decisions), "grounds": Ground.choices,
        "found": found, "page_title": _("Members' discussions"), "header_icon": "comment",
    }
    return render(request, "discussion/admin/queue.html", context)


@require_POST
@may_moderate
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide, keep or restore one comment."""
    found = get_object_or_404(Comment, pk=pk)
    reason, what = request.POST.get("reason", ""), request.POST.get("decision", "")
    try:
        if what == "hide":
            moderation.hide(comment=found, by=request.user, ground=request.POST.get("ground", ""), reason=reason)
            messages.success(request, _("The comment is hidden; its author receives your reasons."))
        elif what == "restore":
            moderation.restore(comment=found, by=request.user, reason=reason)
            messages.success(request, _("The comment is shown again; its author is told."))
        else:
            moderation.keep(comment=found, by=request.user, reason=reason)
            messages.success(request, _("The comment stays; those who reported it are told."))
    except moderation.NoReason:
        messages.error(request, _("Choose the rule and write the reason: the author receives both."))
        return _again(request, found)
    except moderation.NothingToDecide:
        messages.warning(request, _("This comment was withdrawn or decided meanwhile."))
    return redirect("discussion_queue")


def _again(request: HttpRequest, comment: Comment) -> HttpResponse:
    """The form of one comment again, with what was typed."""
    context = {
        "comment": comment, "grounds": Ground.choices, "reason": request.POST.get("reason", ""), "ground": request.POST.get("ground", ""),
        "page_title": _("Members' discussions"), "header_icon": "comment",
    }
    return render(request, "discussion/admin/again.html", context, status=422)
