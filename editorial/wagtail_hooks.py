"""What the editorial house adds to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from editorial.audience import refuse_strangers
from editorial.choosers import collection_chooser, listing_chooser, vendor_chooser


@hooks.register("register_admin_viewset")
def register_choosers() -> list[Any]:
    return [listing_chooser, vendor_chooser, collection_chooser]


@hooks.register("before_serve_page")
def reserved_to_its_audience(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    return refuse_strangers(page, request)
