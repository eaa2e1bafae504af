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
    rights = GroupPagePermission.objects.filter(group__user=user, permission__codename__in=EDITORS, page__depth__lte=SECTION_DEPTH)
    return user.is_superuser or rights.exists()
