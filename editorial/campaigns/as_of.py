"""Choosing the date at which an editor looks at the whole site. Kept in the session, believed only of those who may."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from lapinblanc import clock
from lapinblanc.hours import in_paris_words
from wagtail.admin.widgets import AdminDateTimeInput

from editorial.campaigns.models import CampaignPage
from editorial.navigation import index_url

SESSION_KEY = "site_as_of"
ALMOST_A_MINUTE = timedelta(seconds=59, microseconds=999_999)


class DateForm(forms.Form):
    moment = forms.DateTimeField(label=_("Date and hour, in Paris time"), widget=AdminDateTimeInput)

    def clean_moment(self) -> datetime:
        moment: datetime = self.cleaned_data["moment"]
        if moment <= clock.now():
            raise forms.ValidationError(_("Choose an hour that is still to come: the past cannot be shown again."))
        return moment


def may_see_as_of(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_perm("editorial_campaigns.see_as_of"))


def held_date(request: HttpRequest) -> datetime | None:
    """The date that this session holds; None without one, for those who may not, and once it has passed."""
    text = request.session.get(SESSION_KEY)
    if not text or not may_see_as_of(request.user):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo is not None and moment > clock.now() else None


@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """In the editors' admin: a date, or one of the hours at which a campaign switches."""
    if not may_see_as_of(request.user):
        raise PermissionDenied
    form = DateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session[SESSION_KEY] = form.cleaned_data["moment"].isoformat()
        return redirect(index_url("home") or "/")
    held = held_date(request)
    context = {
        "form": form, "held": in_paris_words(held) if held else "", "instants": _instants(),
        "page_title": _("The site as of a date"), "header_icon": "calendar-check",
    }
    return render(request, "editorial/admin/as_of.html", context, status=422 if form.errors else 200)


@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Back to now. Anybody may: it only takes away."""
    request.session.pop(SESSION_KEY, None)
    return redirect(index_url("home") or "/")


def _instants() -> list[tuple[str, str, str]]:
    """(title, hour in words, value of the field) of what campaigns still have before them; one query."""
    now = clock.now()
    rows = CampaignPage.objects.filter(ends_at__gt=now).order_by("starts_at").defer("body")[:20]
    hours = [(page.title, at) for page in rows for at in (page.starts_at, page.ends_at) if at > now]
    # The field takes whole minutes: the one at which it has switched.
    return [(title, in_paris_words(at), (at + ALMOST_A_MINUTE).astimezone(clock.PARIS).strftime("%Y-%m-%d %H:%M")) for title, at in sorted(hours, key=lambda row: row[1])]
