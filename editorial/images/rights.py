"""The report of pictures whose rights end: what has run out, what runs out within a month, and the pages that show them."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from lapinblanc import clock
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from editorial.images.models import Picture

SOON = timedelta(days=30)
MOST = 100


def may_see_report(user: Any) -> bool:
    """Whoever may change every picture, that is those of the root collection."""
    policy = policy_registry.get_by_type(Picture)
    return bool(user.is_superuser or any(row.is_root() for row in policy.collections_user_has_permission_for(user, "change")))


def ending(*, within: timedelta = SOON) -> Any:
    """Pictures whose rights have run out or do so soon, the earliest first."""
    return Picture.objects.filter(rights_until__lt=clock.today() + within).order_by("rights_until", "pk")


def rights_report(request: HttpRequest) -> HttpResponse:
    """Raises PermissionDenied."""
    if not may_see_report(request.user):
        raise PermissionDenied
    pictures = list(ending().prefetch_related("renditions")[:MOST])
    counts = ReferenceIndex.get_count_references_to_in_bulk(pictures)
    rows = [{"picture": picture, "over": picture.rights_until < clock.today(), "uses": counts.get(picture, 0)} for picture in pictures]
    return render(request, "authorship/admin/rights.html", {"rows": rows, "page_title": _("Rights of pictures"), "header_icon": "image"})
