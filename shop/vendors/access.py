"""The only door to what is a vendor's: a person's boutique, and rows of it. What is foreign does not exist (404).

Rights by role: an owner may everything, a manager listings and orders, a member of the orders team orders alone.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from shop.vendors.models import TeamMember, TeamRole, Vendor

Rest = ParamSpec("Rest")
RIGHTS: dict[str, frozenset[str]] = {
    TeamRole.OWNER: frozenset({"orders", "listings", "money", "boutique"}),
    TeamRole.MANAGER: frozenset({"orders", "listings"}),
    TeamRole.ORDERS: frozenset({"orders"}),
}


def membership_of(user: Any) -> TeamMember | None:
    """The boutique that a person works for, their own before another's; None for everybody else."""
    if not user.is_authenticated:
        return None
    members = TeamMember.objects.filter(user=user).select_related("vendor")
    return min(members, key=lambda member: (member.role != TeamRole.OWNER, member.pk), default=None)


def vendors_of(user: Any) -> frozenset[int]:
    """The numbers of the boutiques that a person works for with the right to their listings."""
    if not user.is_authenticated:
        return frozenset()
    return frozenset(member.vendor_id for member in TeamMember.objects.filter(user=user) if may(member, "listings"))


def may(member: TeamMember, right: str) -> bool:
    return right in RIGHTS[member.role]


def own(rows: QuerySet[Any], *, vendor: Vendor, **lookup: Any) -> Any:
    """The row of `rows` that is this vendor's. Raises Http404 for a missing and for a foreign one alike."""
    found = rows.filter(vendor=vendor, **lookup).first()
    if found is None:
        raise Http404
    return found


def own_of(rows: QuerySet[Any], *, parent: Model, field: str, **lookup: Any) -> Any:
    """A row that belongs to a row already known to be the vendor's (a line of an order, a picture of a listing)."""
    found = rows.filter(**{field: parent}, **lookup).first()
    if found is None:
        raise Http404
    return found


def vendor_required(
    right: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Vendor, Rest], HttpResponse]], Callable[Concatenate[HttpRequest, Rest], HttpResponse]
]:
    """A view of the workshop: it gets the vendor; without the right the page does not exist.

    A visitor is asked to sign in; a buyer without a boutique is shown how to open one.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, Vendor, Rest], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
        @wraps(view)
        @never_cache
        def guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            member = membership_of(request.user)
            if member is None:
                if request.method == "GET" and right == "orders" and not kwargs:
                    return redirect("opening:start")
                raise Http404
            if not may(member, right):
                raise Http404
            request.membership = member  # type: ignore[attr-defined]
            return view(request, member.vendor, *args, **kwargs)

        guarded.policy = "vendor"  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate
