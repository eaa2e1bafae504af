"""What shared authorship adds to the editors' admin, and what it closes to creators."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from editorial.authorship import admin
from editorial.authorship.access import is_creator, stories_of
from editorial.cards import open_pages
from editorial.pages.story import StoryPage

CREATOR_MENU = {"my-stories", "images", "help"}


@hooks.register("register_admin_urls")
def register_pages() -> list[Any]:
    return [
        path("mes-histoires/", admin.my_stories, name="my_stories"),
        path("portraits/nouveau/", admin.portrait, name="new_portrait"),
        path("portraits/<int:page_id>/", admin.together, name="story_together"),
        path("portraits/<int:page_id>/invitation/", admin.invitation, name="story_invitation"),
        path("portraits/<int:page_id>/envoi/", admin.sending, name="story_sending"),
    ]


class _NewPortrait(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return not is_creator(request.user) and admin.index_for(request.user) is not None


class _MyStories(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return is_creator(request.user)


@hooks.register("register_admin_menu_item")
def new_portrait_item() -> MenuItem:
    return _NewPortrait(_("New portrait"), reverse("new_portrait"), icon_name="user", name="new-portrait", order=90)


@hooks.register("register_admin_menu_item")
def my_stories_item() -> MenuItem:
    return _MyStories(_("My stories"), reverse("my_stories"), icon_name="doc-full-inverse", name="my-stories", order=90)


@hooks.register("construct_main_menu")
def short_menu(request: Any, items: list[MenuItem]) -> None:
    """A creator sees her stories and her pictures."""
    if is_creator(request.user):
        items[:] = [item for item in items if item.name in CREATOR_MENU]


@hooks.register("register_page_header_buttons")
def together_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    if page.specific_class is StoryPage and not is_creator(user) and page.permissions_for_user(user).can_edit():
        yield Button(_("Its creator: invite, have it read"), url=reverse("story_together", args=[page.pk]), icon_name="group", priority=15)


@hooks.register("construct_page_chooser_queryset")
def only_open_pages(pages: Any, request: Any) -> Any:
    """A creator links to what readers see, and to her own stories; the level itself must be such a page. Raises PermissionDenied."""
    if not is_creator(request.user):
        return pages
    mine = stories_of(request.user)
    above = (request.resolver_match.kwargs or {}).get("parent_page_id") if request.resolver_match else None
    if above is not None and above not in mine:
        level = Page.objects.filter(pk=above)
        if not (open_pages(level).exists() or level.filter(depth=1).exists()):
            raise PermissionDenied
    seen = open_pages(Page.objects.all()).values("pk")
    return pages.filter(pk__in=seen) | pages.filter(pk__in=mine)


@hooks.register("before_delete_page")
def keep_the_story(request: Any, page: Any) -> None:
    """Wagtail lets whoever may change a draft delete it; a story is the editors' to delete. Raises PermissionDenied."""
    if is_creator(request.user):
        raise PermissionDenied
