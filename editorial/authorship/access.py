"""Who is a creator in the editors' admin, and which stories are hers. Wagtail's own rights decide about pages and pictures.

A creator is whoever is let in by a boutique's group alone; an editor who also has a boutique stays an editor.
"""

from typing import Any

from django.db.models import Q

from editorial.authorship.models import Invitation
from editorial.authorship.roles import ENTER, ROLES

_KEPT = "_creator_of"


def creator_of(user: Any) -> frozenset[int] | None:
    """The numbers of the boutiques that a creator writes for; None for everybody else. One query a request at most."""
    if not user.is_authenticated or user.is_superuser:
        return None
    if not hasattr(user, _KEPT):
        setattr(user, _KEPT, _creator_of(user))
    return getattr(user, _KEPT)  # type: ignore[no-any-return]


def _creator_of(user: Any) -> frozenset[int] | None:
    groups = list(user.groups.values_list("name", "authorship__vendor_id", "pk"))
    vendors = frozenset(vendor for _name, vendor, _pk in groups if vendor is not None)
    if not vendors or any(name in {role.name for role in ROLES} for name, _vendor, _pk in groups):
        return None
    app, codename = ENTER.split(".")
    others = [pk for _name, vendor, pk in groups if vendor is None]
    elsewhere = Q(group__in=others) | Q(user=user)
    entered = _permissions().filter(elsewhere, content_type__app_label=app, codename=codename)
    return None if entered.exists() else vendors


def _permissions() -> Any:
    # A local import: this module is read while Django's own apps still load.
    from django.contrib.auth.models import Permission

    return Permission.objects.all()


def is_creator(user: Any) -> bool:
    return creator_of(user) is not None


def stories_of(user: Any) -> list[int]:
    """The numbers of the pages that a creator is invited to."""
    vendors = creator_of(user) or frozenset()
    return list(Invitation.objects.filter(authorship__vendor_id__in=vendors, withdrawn_at__isnull=True).order_by("page_id").values_list("page_id", flat=True))
