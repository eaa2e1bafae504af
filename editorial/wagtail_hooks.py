"""What the editorial house adds to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static

from editorial.audience import refuse_strangers
from editorial.checks import SCRIPT, with_house_checks
from editorial.choosers import collection_chooser, listing_chooser, vendor_chooser
from editorial.listings import stories


@hooks.register("register_admin_viewset")
def register_choosers() -> list[Any]:
    return [listing_chooser, vendor_chooser, collection_chooser, stories]


@hooks.register("before_serve_page")
def reserved_to_its_audience(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    return refuse_strangers(page, request)


@hooks.register("construct_wagtail_userbar")
def check_content(request: HttpRequest, items: list[Any], page: Any) -> None:
    with_house_checks(items)


@hooks.register("insert_editor_js")
def check_content_in_the_editor() -> str:
    """The editor runs the checks in its own window too, which must know them."""
    return format_html('<script src="{}"></script>', versioned_static(SCRIPT))
