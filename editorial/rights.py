"""Who writes for the whole house, and who for her own boutique: what choosers offer depends on it. Pages keep Wagtail's own permissions."""

from typing import Any

from wagtail.models import GroupPagePermission

EDITORS = ("change_page", "publish_page")
# The root, a home page, a section of it: deeper lie single pages, which a contributor may be given one by one.
SECTION_DEPTH = 3


def edits_every_page(user: Any) -> bool:
    """Whether a person may change or publish pages that others wrote, in some section; a right to one page of her own is none."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    # The group of an invited boutique changes its own story and no other page.
    rights = GroupPagePermission.objects.filter(
        group__user=user, group__authorship__isnull=True, permission__codename__in=EDITORS, page__depth__lte=SECTION_DEPTH
    )
    return bool(rights.exists())
