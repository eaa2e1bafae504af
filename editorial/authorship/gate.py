"""The door of the editors' admin for creators: what is not named here does not exist for them.

Behind it Wagtail's rights decide about each page and each picture; the door closes what has no such right (reports, persons,
settings, every room that will be added) and the few addresses that tell of pages without asking whose they are.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from editorial.authorship.access import is_creator

ADMIN = "/cms/"
OPEN = frozenset({
    "wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles", "wagtailadmin_block_preview",
    "wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release",
    "my_stories", "wagtailadmin_explore_root", "wagtailadmin_explore", "wagtailadmin_explore_results",
    # Wagtail searches among the pages that she may explore
    "wagtailadmin_pages:search", "wagtailadmin_pages:search_results",
    # her story: Wagtail asks for « change » on this very page
    "wagtailadmin_pages:edit", "wagtailadmin_pages:preview_on_edit", "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:history", "wagtailadmin_pages:history_results", "wagtailadmin_pages:revisions_index",
    "wagtailadmin_pages:revisions_view", "wagtailadmin_pages:revisions_revert", "wagtailadmin_pages:revisions_compare",
    "wagtailadmin_pages:workflow_history", "wagtailadmin_pages:workflow_history_detail",
    "wagtailadmin_pages:workflow_action", "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:workflow_preview",
    # links; pages are filtered in `wagtail_hooks.py`
    "wagtailadmin_choose_page", "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_email_link", "wagtailadmin_choose_page_phone_link", "wagtailadmin_choose_page_anchor_link",
    # her pictures: Wagtail asks for the right on their collection
    "wagtailimages:index", "wagtailimages:index_results", "wagtailimages:add", "wagtailimages:edit", "wagtailimages:delete",
    "wagtailimages:add_multiple", "wagtailimages:edit_multiple", "wagtailimages:delete_multiple",
    "wagtailimages:create_multiple_from_uploaded_image", "wagtailimages:delete_upload_multiple",
    "wagtailimages_chooser:choose", "wagtailimages_chooser:choose_results", "wagtailimages_chooser:chosen",
    "wagtailimages_chooser:chosen_multiple", "wagtailimages_chooser:create",
    # her creations
    "listing_chooser:choose", "listing_chooser:choose_results", "listing_chooser:chosen", "listing_chooser:chosen_multiple",
    "vendor_chooser:choose", "vendor_chooser:choose_results", "vendor_chooser:chosen",
})


class CreatorsDoor:
    """Middleware: answers 403 to a creator at every address of the admin that is not in OPEN."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raises PermissionDenied."""
        match = request.resolver_match
        if match is None or not request.path.startswith(ADMIN) or match.view_name in OPEN:
            return
        if is_creator(request.user):
            raise PermissionDenied
