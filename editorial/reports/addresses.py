"""Addresses not found, and what is done about them: a redirect, or set aside. Also where readers of a withdrawn page are led."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import CreateView, EditView
from wagtail.models import Page

from editorial.reports import missing
from editorial.reports.base import EditorsReport, may_see
from editorial.reports.leading import LeadsInACircle, comes_back, lead
from editorial.reports.models import NotFound


class ActionsColumn(Column):  # type: ignore[misc]
    """« Lead elsewhere » opens the form of redirects, filled in; « Set aside » posts."""

    cell_template_name = "editorial/reports/address_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        query = urlencode({"old_path": instance.path})
        away = reverse("editorial_reports:set_aside", args=[instance.pk])
        return {**context, "add_url": f"{reverse('wagtailredirects:add')}?{query}", "away_url": away, "token": get_token(parent_context["request"])}


class Addresses(EditorsReport):
    key = "addresses"
    page_title = gettext_lazy("Addresses not found")
    header_icon = "warning"
    rule = gettext_lazy("Addresses of this site that somebody asked for in vain. Only the address, how often, and the site a reader came from last are kept, for ninety days; robots' attempts are left out.")
    model = NotFound
    columns = [  # noqa: RUF012
        Column("path", label=gettext_lazy("Address")),
        NumberColumn("times", label=gettext_lazy("Times")),
        DateColumn("last_seen", label=gettext_lazy("Last seen")),
        Column("came_from", label=gettext_lazy("Came from")),
        ActionsColumn("actions", label=gettext_lazy("What to do"), accessor="path"),
    ]
    list_export = ["path", "times", "first_seen", "last_seen", "came_from"]  # noqa: RUF012

    def get_base_queryset(self) -> Any:
        missing.write()
        return NotFound.objects.filter(dismissed=False).order_by("-times", "-last_seen", "pk")


@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """This address needs no redirect: it is no longer listed."""
    if not may_see(request.user):
        raise PermissionDenied
    NotFound.objects.filter(pk=pk).update(dismissed=True)
    messages.success(request, _("The address was set aside."))
    return redirect("editorial_reports:addresses")


class StraightRedirectForm(RedirectForm):  # type: ignore[misc]
    """Wagtail's form of a redirect, which takes none that leads in a circle."""

    def clean(self) -> Any:
        cleaned = super().clean()
        path = self.cleaned_data.get("old_path")
        target = self.cleaned_data.get("redirect_page") or self.cleaned_data.get("redirect_link")
        if path and target and comes_back(path=path, target=target):
            raise forms.ValidationError(_("This redirect would lead back to its own address. Please choose another page."))
        return cleaned


class AddRedirect(CreateView):  # type: ignore[misc]
    """`?old_path=` fills the form in; the live page with the same last word, if there is one alone, is proposed."""

    form_class = StraightRedirectForm

    def get_initial(self) -> dict[str, Any]:
        path = self.request.GET.get("old_path", "")[:255]
        if not path:
            return dict(super().get_initial())
        word = path.strip("/").rsplit("/", 1)[-1]
        named = list(Page.objects.live().filter(depth__gt=2, slug=word)[:2]) if word else []
        return {**super().get_initial(), "old_path": path, "redirect_page": named[0].pk if len(named) == 1 else None}

    def save_instance(self) -> Any:
        made = super().save_instance()
        NotFound.objects.filter(path__in=[made.old_path, f"{made.old_path}/"]).update(dismissed=True)
        return made


class ChangeRedirect(EditView):  # type: ignore[misc]
    form_class = StraightRedirectForm


class LeadAwayForm(forms.Form):
    """Where readers of a page that was just withdrawn are led."""

    where = forms.ChoiceField(label=gettext_lazy("Lead its readers"), widget=forms.RadioSelect, initial="section")
    other = forms.ModelChoiceField(label=gettext_lazy("Another page"), queryset=Page.objects.live(), required=False, widget=AdminPageChooser())

    def __init__(self, *args: Any, section: Page | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        to_section = [("section", _("to « %(title)s »") % {"title": section.title})] if section is not None else []
        self.fields["where"].choices = [*to_section, ("other", _("to another page")), ("nowhere", _("nowhere: the address says that nothing is there"))]
        if section is None:
            self.fields["where"].initial = "other"

    @cached_property
    def target(self) -> Page | None:
        chosen = self.cleaned_data["where"]
        return self.section if chosen == "section" else self.cleaned_data["other"] if chosen == "other" else None

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.cleaned_data.get("where") == "other" and not self.cleaned_data.get("other"):
            self.add_error("other", _("Please choose a page that is published."))
        return cleaned


def lead_away(request: HttpRequest, page_id: int) -> HttpResponse:
    """After a page was withdrawn: its section, another page, or nothing. Whoever may unpublish it and write redirects decides."""
    page = get_object_or_404(Page, pk=page_id, live=False)
    if not may_lead(request, page):
        raise PermissionDenied
    parent = page.get_parent()
    form = LeadAwayForm(request.POST or None, section=parent if parent.live and parent.depth > 1 else None)
    if request.method == "POST" and form.is_valid():
        problem = _write(request, page, form)
        if not problem:
            return redirect("wagtailadmin_explore", parent.pk)
        form.add_error(None, problem)
    context = {
        "form": form, "page": page, "address": page.get_url(), "page_title": _("Where are its readers led?"), "page_subtitle": page.title, "header_icon": "redirect",
    }
    return render(request, "editorial/reports/lead_away.html", context, status=422 if form.errors else 200)


def may_lead(request: HttpRequest, page: Page) -> bool:
    return bool(request.user.has_perm("wagtailredirects.add_redirect") and page.permissions_for_user(request.user).can_edit())


def _write(request: HttpRequest, page: Page, form: LeadAwayForm) -> str:
    """The redirect, or none; returns what is wrong, in the reader's words."""
    target = form.target
    if target is None:
        Redirect.objects.filter(old_path=Redirect.normalise_path(page.get_url() or "/")).delete()
        messages.info(request, _("« %(title)s » leads nowhere now.") % {"title": page.title})
        return ""
    try:
        lead(path=page.get_url() or "", to=target)
    except LeadsInACircle:
        return str(_("This redirect would lead back to its own address. Please choose another page."))
    messages.success(request, format_html(_("Readers of « {} » are led to « {} »."), page.title, target.title))
    return ""
