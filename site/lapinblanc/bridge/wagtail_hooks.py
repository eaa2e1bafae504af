"""What the composition adds to the editors' admin: the fundings of the shop."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from lapinblanc.bridge import fundings


@hooks.register("register_admin_viewset")
def register_fundings() -> list[Any]:
    return [fundings.projects, fundings.tiers]


@hooks.register("register_admin_urls")
def register_pages() -> list[Any]:
    return [
        path("financements/decider/<int:pk>/", fundings.decide, name="funding_decide"),
        path("financements/mots/", fundings.words, name="funding_words"),
        path("financements/mots/<int:pk>/", fundings.judge, name="funding_judge"),
    ]


class _May(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("funding.change_project"))


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    lines = [
        _May(_("Fundings"), reverse("fundings:index"), icon_name="success", order=1),
        _May(_("Tiers of the fundings"), reverse("funding_tiers:index"), icon_name="list-ul", order=2),
        _May(_("Words of contributors"), reverse("funding_words"), icon_name="comment", order=3),
    ]
    return SubmenuMenuItem(_("Fundings"), Menu(items=lines), name="fundings", icon_name="success", order=650)
