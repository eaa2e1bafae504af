"""Who works for the boutique, and what they may do."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from lapinblanc.accounts.two_factor import confirmed

from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import TeamMember, TeamRole, Vendor


@vendor_required("boutique")
@confirmed
def team(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    if request.method == "POST":
        _invite(request, vendor)
        return redirect("workshop:team")
    members = vendor.members.select_related("user").order_by("pk")
    return page(request, vendor, "team", {"members": members, "roles": TeamRole.choices[1:]})


def _invite(request: HttpRequest, vendor: Vendor) -> None:
    role = request.POST.get("role", "")
    user = get_user_model().objects.filter(email__iexact=request.POST.get("email", "").strip()).first()
    if user is None or role not in (TeamRole.MANAGER, TeamRole.ORDERS):
        messages.error(request, _("Nobody has an account with this address yet: ask them to create one first."))
        return
    TeamMember.objects.get_or_create(vendor=vendor, user=user, defaults={"role": role})
    messages.success(request, _("%(person)s is in your team.") % {"person": user.email})


@require_POST
@vendor_required("boutique")
@confirmed
def remove_member(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    member = own(TeamMember.objects.all(), vendor=vendor, pk=pk)
    if member.role == TeamRole.OWNER:
        messages.error(request, _("The owner stays in the team."))
    else:
        member.delete()
    return redirect("workshop:team")
