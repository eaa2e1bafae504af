"""The moderation of discussions in the editors' admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from editorial.discussion import admin


@hooks.register("register_admin_urls")
def register_moderation() -> list[Any]:
    return [
        path("discussions/", admin.queue, name="discussion_queue"),
        path("discussions/<int:pk>/decision/", admin.decide, name="discussion_decide"),
    ]


class _ForModerators(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("discussion.change_comment"))


@hooks.register("register_admin_menu_item")
def register_discussions_menu() -> MenuItem:
    return _ForModerators(_("Discussions"), reverse("discussion_queue"), icon_name="comment", order=640)


@hooks.register("register_permissions")
def register_moderation_permission() -> Any:
    return Permission.objects.filter(content_type__app_label="discussion", codename="change_comment")
