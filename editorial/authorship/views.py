"""What a creator sees behind her link: exactly the draft that was sent, as readers will see it, and two answers."""

from contextlib import suppress
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from editorial.authorship.approvals import AlreadyAnswered, answer, approval_of, has_changed
from editorial.authorship.models import Approval


class AnswerForm(forms.Form):
    """Two answers; who wants a change says which."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("approved", _("I approve this text and these pictures")), ("changes", _("I would like to change something"))],
        widget=forms.RadioSelect,
    )
    message = forms.CharField(label=_("What would you like to change?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "changes" and not (cleaned.get("message") or "").strip():
            self.add_error("message", _("Tell us in a few words what to change."))
        return cleaned


@never_cache
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, token: str) -> HttpResponse:
    approval = approval_of(token)
    if approval is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # A second click finds the first answer.
        with suppress(AlreadyAnswered):
            answer(approval=approval, approved=form.cleaned_data["answer"] == "approved", message=form.cleaned_data["message"])
        return redirect(request.path)
    return _closed_to_others(_as_readers_see(request, approval, form))


def _as_readers_see(request: HttpRequest, approval: Approval, form: AnswerForm) -> HttpResponse:
    """The page of the revision; the frame adds the answers where it finds `request.approval`."""
    assert approval.revision is not None
    page: Any = approval.revision.as_object()
    request.is_preview = True  # type: ignore[attr-defined]
    request.approval = {"row": approval, "form": form, "changed": has_changed(approval)}  # type: ignore[attr-defined]
    response = render(request, page.get_template(request), page.get_context(request))
    response.status_code = 422 if form.is_bound else 200
    return response


def _closed_to_others(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
