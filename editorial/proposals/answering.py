"""The editors' pages of proposals, in Wagtail's admin: what waits, what each holds, and the two answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from editorial.proposals import proposing
from editorial.proposals.models import Proposal, ProposalState
from editorial.proposals.views import cards_of, row_of
from editorial.rights import edits_every_page

PER_PAGE = 20


def editors_alone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who may answer: those who edit pages that others wrote. A contributor is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not edits_every_page(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why not, in words for who proposed it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


@editors_alone
def index(request: HttpRequest) -> HttpResponse:
    """Those that wait, or those with another state; newest first."""
    state = request.GET.get("etat", ProposalState.WAITING)
    state = state if state in ProposalState.values else ProposalState.WAITING
    page = Paginator(Proposal.objects.filter(state=state).select_related("who"), PER_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "state": state, "states": ProposalState.choices, "page_title": _("Proposed collections"), "header_icon": "grid"}
    return render(request, "proposals/admin/index.html", context)


@editors_alone
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, _found(pk), ReasonForm())


@editors_alone
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft collection is made; the editor is led to it."""
    try:
        page = proposing.accept(proposal_id=_found(pk).pk, by=request.user)
    except proposing.AlreadyAnswered:
        messages.error(request, _("This proposal was answered already."))
        return redirect("proposal_detail", pk)
    except proposing.NowhereToPut:
        messages.error(request, _("There is no index of collections yet: make one under the home page, then accept again."))
        return redirect("proposal_detail", pk)
    messages.success(request, _("A draft was made of it. Complete it, then publish it; who proposed it is told."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@editors_alone
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    proposal, form = _found(pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, proposal, form, status=422)
    try:
        proposing.decline(proposal_id=pk, by=request.user, reason=form.cleaned_data["reason"])
    except proposing.AlreadyAnswered:
        messages.error(request, _("This proposal was answered already."))
    else:
        messages.success(request, _("Declined. Your words leave by mail."))
    return redirect("proposal_detail", pk)


def _found(pk: int) -> Proposal:
    found: Proposal = get_object_or_404(Proposal.objects.select_related("who", "page", "decided_by"), pk=pk)
    return found


def _detail(request: HttpRequest, proposal: Proposal, form: ReasonForm, status: int = 200) -> HttpResponse:
    row = row_of(proposal, cards_of([proposal]))
    missing = len(proposal.listings) - len(row["cards"])
    context = {"row": row, "form": form, "missing": missing, "waiting": proposal.state == ProposalState.WAITING, "page_title": proposal.title, "header_icon": "grid"}
    return render(request, "proposals/admin/detail.html", context, status=status)
