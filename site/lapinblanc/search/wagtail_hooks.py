"""The search in the editors' admin: synonyms with a trial before saving, and the report of searches."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from lapinblanc.search import editors
from lapinblanc.search.models import SynonymRule


class SynonymRules(ModelViewSet):
    """Rules in the words of the trade; each is tried on the page « try » before it is kept."""

    model = SynonymRule
    icon = "openquote"
    menu_label = _("Synonyms")
    form_fields = ("language", "rule", "note")
    list_display = ("rule", "language", "note", "changed_at")
    list_filter = ("language",)
    search_fields = ("rule", "note")
    inspect_view_enabled = False
    copy_view_enabled = False


synonym_rules = SynonymRules("synonyms", url_prefix="recherche/synonymes")


@hooks.register("register_admin_viewset")
def register_synonyms() -> Any:
    return synonym_rules


@hooks.register("register_admin_urls")
def register_pages() -> list[Any]:
    return [
        path("recherche/essai/", editors.trial, name="search_trial"),
        path("recherche/rapport/", editors.report, name="search_report"),
        path("recherche/index/", editors.indexes, name="search_indexes"),
    ]


class _May(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("site_search.change_synonymrule"))


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    lines = [
        _May(_("Try a search"), reverse("search_trial"), icon_name="search", order=1),
        _May(_("Synonyms"), reverse("synonyms:index"), icon_name="openquote", order=2),
        _May(_("What people search"), reverse("search_report"), icon_name="list-ul", order=3),
        _May(_("Indexes"), reverse("search_indexes"), icon_name="cogs", order=4),
    ]
    return SubmenuMenuItem(_("Searches"), Menu(items=lines), icon_name="search", order=700)
