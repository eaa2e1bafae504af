"""Who writes for the whole house, and who for her own boutique: what choosers offer depends on it. Pages keep Wagtail's own permissions."""

from typing import Any

from wagtail.models import GroupPagePermission

EDITORS = ("change_page", "publish_page")


def edits_every_page(user: Any) -> bool:
    """Whether a person may change or publish pages that others wrote, somewhere in the tree; a contributor may add her own alone."""
    if not user.is_active:
        return False
    return user.is_superuser or GroupPagePermission.objects.filter(group__user=user, permission__codename__in=EDITORS).exists()
