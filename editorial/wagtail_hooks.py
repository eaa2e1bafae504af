"""What the editorial house adds to Wagtail's admin."""

from typing import Any

from wagtail import hooks

from editorial.choosers import listing_chooser, vendor_chooser


@hooks.register("register_admin_viewset")
def register_choosers() -> list[Any]:
    return [listing_chooser, vendor_chooser]
