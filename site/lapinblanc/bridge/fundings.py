"""Fundings in the editors' admin: prepare a project and its tiers, open it, stop it, judge the words that were reported.

After the opening, goal, dates and boutique are locked; so is the promise of a tier that somebody took. A form writes what
it shows and nothing else: counters move beside it.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from lapinblanc.money import Money
from shop.formats import money
from shop.funding.closing import NotReady, open_project, stop_project
from shop.funding.forms import cents_typed
from shop.funding.models import Pledge, Project, ProjectState, Tier
from shop.funding.progress import progress_of
from shop.funding.states import ImpossibleMove
from shop.funding.updates import judge_message

MOST_GOAL = 100_000_000
LOCKED = gettext_lazy("Locked since the opening: backers promised for exactly this.")


class EurosField(forms.CharField):
    """Cents in the row, euros on the screen."""

    def prepare_value(self, value: Any) -> Any:
        return f"{Money(value).decimal}".replace(".", ",") if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        amount = cents_typed(str(value), most=MOST_GOAL)
        if amount is None:
            raise forms.ValidationError(_("An amount in euros, for instance 5000 or 45,50."))
        return amount.cents

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class LockingForm(WagtailAdminModelForm):
    """Fields of `locks` are shown and no longer heard once `is_locked` says so."""

    locks: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.is_locked():
            for name in self.locks:
                self.fields[name].disabled = True
                self.fields[name].help_text = LOCKED

    def is_locked(self) -> bool:
        return False

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk is None or not commit:
            return super().save(commit=commit)
        self.instance.save(update_fields=[name for name in self.Meta.fields if not self.fields[name].disabled])
        return self.instance


class ProjectForm(LockingForm):
    goal_cents = EurosField(label=gettext_lazy("Goal in euros"))
    locks = ("goal_cents", "opens_at", "closes_at", "vendor")

    class Meta:
        model = Project
        fields = ("title", "slug", "summary", "vendor", "goal_cents", "opens_at", "closes_at")

    def is_locked(self) -> bool:
        return bool(self.instance.state != ProjectState.DRAFT)

    def clean(self) -> Any:
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("A funding closes after it has opened: please choose a later hour."))
        return cleaned


class TierForm(LockingForm):
    amount_cents = EurosField(label=gettext_lazy("Amount in euros, delivery included"))
    locks = ("project", "amount_cents", "delivery_month", "needs_address")

    class Meta:
        model = Tier
        fields = ("project", "title", "description", "amount_cents", "limit", "delivery_month", "needs_address", "vat_rate", "position")

    def is_locked(self) -> bool:
        return bool(self.instance.pledges.exists())

    def clean_limit(self) -> Any:
        limit = self.cleaned_data["limit"]
        if limit is not None and self.instance.pk and limit < self.instance.taken:
            raise forms.ValidationError(_("%(count)d places are taken already: the limit cannot be lower.") % {"count": self.instance.taken})
        return limit


class ProjectIndex(IndexView):
    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("funding.change_project") and instance.state in (ProjectState.DRAFT, ProjectState.OPEN):
            buttons.append(Button(_("Open or stop"), url=reverse("funding_decide", args=[instance.pk]), icon_name="check", priority=15))
        return buttons


class Projects(ModelViewSet):
    model = Project
    icon = "success"
    menu_label = gettext_lazy("Fundings")
    index_view_class = ProjectIndex
    form_fields = ProjectForm.Meta.fields
    list_display = ("title", "vendor", Column("state", label=gettext_lazy("State"), accessor=lambda row: row.get_state_display()), "opens_at", "closes_at")
    list_filter = ("state",)
    search_fields = ("title",)
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return ProjectForm


class Tiers(ModelViewSet):
    model = Tier
    icon = "list-ul"
    menu_label = gettext_lazy("Tiers of the fundings")
    form_fields = TierForm.Meta.fields
    list_display = ("title", "project", Column("amount_cents", label=gettext_lazy("Amount"), accessor=lambda row: money(Money(row.amount_cents))), "taken", "limit")
    list_filter = ("project",)
    search_fields = ("title",)
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return TierForm


projects = Projects("fundings", url_prefix="financements")
tiers = Tiers("funding_tiers", url_prefix="paliers")


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft, or stop an open project: what will happen is said before."""
    if not request.user.has_perm("funding.change_project"):
        raise PermissionDenied
    project = get_object_or_404(Project.objects.select_related("vendor"), pk=pk)
    if request.method == "POST":
        verb, done = {
            "open": (open_project, _("The funding is open: its goal and its dates are locked.")),
            "stop": (stop_project, _("The funding is stopped: every promise is let go and everybody is told.")),
        }.get(request.POST.get("action", ""), (None, ""))
        try:
            if verb is not None:
                verb(project=project)
                messages.success(request, done)
        except (NotReady, ImpossibleMove):
            messages.error(request, _("This cannot be done: its boutique must be open and its end still to come. Nothing was changed."))
        return redirect("fundings:index")
    context = {"page_title": project.title, "page_subtitle": project.get_state_display(), "header_icon": "success", "project": project, "goal": Money(project.goal_cents), "tiers": project.tiers.count(), "progress": next(iter(progress_of([project])), None)}
    return render(request, "editors/funding.html", context)


def words(request: HttpRequest) -> HttpResponse:
    """Backers' public words, those reported first."""
    if not request.user.has_perm("funding.change_pledge"):
        raise PermissionDenied
    rows = Pledge.objects.filter(message_public=True).exclude(message="").select_related("project")
    reported = rows.filter(message_reported_at__isnull=False).order_by("message_reported_at")
    others = rows.filter(message_reported_at=None).order_by("-created_at")
    return render(request, "editors/words.html", {"page_title": _("Words of contributors"), "header_icon": "comment", "reported": reported[:100], "others": others[:100]})


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("funding.change_pledge"):
        raise PermissionDenied
    judge_message(pledge=get_object_or_404(Pledge, pk=pk, message_public=True), hide=request.POST.get("action") == "hide")
    messages.success(request, _("Your decision is kept."))
    return redirect("funding_words")
