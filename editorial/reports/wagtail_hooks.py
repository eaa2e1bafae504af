"""The reports in Wagtail's menu, « what it sold » on each page, and where readers go when a page is withdrawn."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from editorial.reports import urls
from editorial.reports.addresses import AddRedirect, ChangeRedirect, may_lead
from editorial.reports.base import may_see


@hooks.register("register_admin_urls")
def register_pages() -> list[Any]:
    """The two forms of redirects stand before Wagtail's own, so that no redirect leads in a circle."""
    return [
        path("editors-reports/", include(urls)),
        path("redirects/add/", AddRedirect.as_view()),
        path("redirects/<int:redirect_id>/", ChangeRedirect.as_view()),
    ]


class _May(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


def _item(order: int) -> Any:
    view = urls.REPORTS[order]
    return lambda: _May(view.page_title, reverse(f"editorial_reports:{view.key}"), icon_name=view.header_icon, name=f"editors-{view.key}", order=order + 1)


for _order in range(len(urls.REPORTS)):
    hooks.register("register_reports_menu_item", _item(_order))


@hooks.register("register_page_header_buttons")
def sales_of_this_page(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if may_see(user) and page.pk and page.live:
        yield Button(_("What it sold"), f"{reverse('editorial_reports:sales')}?lu={page.pk}", icon_name="doc-full", priority=66)


@hooks.register("after_unpublish_page")
def offer_a_redirect(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A page whose address was known: ask at once where it leads now."""
    if not page.get_url() or not may_lead(request, page):
        return None
    return redirect("editorial_reports:lead_away", page.pk)
