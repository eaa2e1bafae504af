"""Proposals of collections in the editors' admin: their addresses and their line of the menu."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from editorial.proposals import answering
from editorial.rights import edits_every_page


@hooks.register("register_admin_urls")
def register_pages() -> list[Any]:
    return [
        path("propositions/", answering.index, name="proposals_index"),
        path("propositions/<int:pk>/", answering.detail, name="proposal_detail"),
        path("propositions/<int:pk>/accepter/", answering.accept, name="proposal_accept"),
        path("propositions/<int:pk>/decliner/", answering.decline, name="proposal_decline"),
    ]


class ForEditors(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return edits_every_page(request.user)


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return ForEditors(_("Proposals"), reverse("proposals_index"), icon_name="grid", order=310)
