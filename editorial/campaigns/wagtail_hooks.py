"""What campaigns add to the editors' admin: the site as of a date, and words for the log."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from editorial.campaigns import as_of


@hooks.register("register_admin_urls")
def register_pages() -> list[Any]:
    return [
        path("site-a-une-date/", as_of.choose, name="campaigns_as_of"),
        path("site-a-une-date/maintenant/", as_of.leave, name="campaigns_as_of_leave"),
    ]


class _MayMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return as_of.may_see_as_of(request.user)


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return _MayMenuItem(_("The site as of a date"), reverse("campaigns_as_of"), icon_name="calendar-check", order=710)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action("campaigns.start", _("Campaign started"), _("The campaign started: its release went live"))
    actions.register_action("campaigns.end", _("Campaign ended"), _("The campaign ended: its release was taken down"))
