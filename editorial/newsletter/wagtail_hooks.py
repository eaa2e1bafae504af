"""The letter in the editors' admin: issues, and subscribers to look at."""

from typing import Any

from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import DeleteView, EditView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from editorial.newsletter import admin
from editorial.newsletter.composing import is_draft
from editorial.newsletter.models import Issue, Subscriber


class LookedAt(ModelPermissionPolicy):
    """Nobody subscribes, changes or takes away somebody else: people do it themselves."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


register_permission_policy(Subscriber, LookedAt(Subscriber))


def _page_of(issue: Issue) -> str:
    return reverse("newsletter_letter", args=[issue.pk])


class ChangeDraft(EditView):
    """What leaves or has left shows its figures instead of its form."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        issue = get_object_or_404(Issue, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs) if is_draft(issue) else redirect("newsletter_letter", issue.pk)


class DeleteDraft(DeleteView):
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        issue = get_object_or_404(Issue, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs) if is_draft(issue) else redirect("newsletter_letter", issue.pk)


class Issues(ModelViewSet):
    model = Issue
    edit_view_class = ChangeDraft
    delete_view_class = DeleteDraft
    icon = "mail"
    menu_label = _("Letters")
    list_display = (
        TitleColumn("title", label=_("title"), get_url=_page_of),
        Column("state", label=_("state"), accessor="get_state_display"),
        Column("scheduled_for", label=_("leaves on")),
        Column("finished_at", label=_("finished")),
    )
    list_filter = ("state",)
    search_fields = ("title",)
    copy_view_enabled = False
    inspect_view_enabled = False


class Subscribers(ModelViewSet):
    model = Subscriber
    icon = "group"
    menu_label = _("Subscribers")
    form_fields = ("email",)
    list_display = ("email", Column("state", label=_("state"), accessor="get_state_display"), Column("wanted", label=_("subjects")), "asked_at", "confirmed_at", "left_at")
    list_filter = ("state", "stories", "collections", "cooperative")
    search_fields = ("email",)
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ("email", "state", "language", "wanted", "asked_at", "confirmed_at", "left_at", "history")


class Letter(ViewSetGroup):
    menu_label = _("Letter")
    menu_icon = "mail"
    menu_order = 630
    items = (Issues("letters", url_prefix="lettre/numeros"), Subscribers("subscribers", url_prefix="lettre/abonnes"))


@hooks.register("register_admin_viewset")
def register_letter() -> Any:
    return Letter()


@hooks.register("register_admin_urls")
def register_letter_pages() -> list[Any]:
    return [
        path("lettre/<int:pk>/", admin.letter, name="newsletter_letter"),
        path("lettre/<int:pk>/essai/", admin.test, name="newsletter_test"),
        path("lettre/<int:pk>/envoi/", admin.act, name="newsletter_act"),
    ]
