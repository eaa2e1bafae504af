"""Who works for the boutique, and what they may do: invited by mail, roles changed, places taken back or given up."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from lapinblanc.accounts.two_factor import confirmed

from shop.vendors import team as verbs
from shop.vendors.access import own, vendor_required
from shop.vendors.frame import page
from shop.vendors.models import TeamInvitation, TeamMember, TeamRole, Vendor

WORDS = {
    TeamRole.OWNER: gettext_lazy("Everything: orders, creations, money, the page, the team, the archive."),
    TeamRole.MANAGER: gettext_lazy("Orders and creations. Neither the money nor the page nor the team."),
    TeamRole.ORDERS: gettext_lazy("Orders alone: prepare, send, answer."),
}


class InvitationForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    role = forms.ChoiceField(label=gettext_lazy("What they may do"), choices=TeamRole.choices[1:])


@vendor_required("boutique")
@confirmed
def team(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.invite(vendor=vendor, email=form.cleaned_data["email"], role=form.cleaned_data["role"], by=request.user)
        except verbs.CannotInvite as refused:
            form.add_error("email", refused.message)
        else:
            messages.success(request, _("The invitation has left. It waits seven days for an answer."))
            return redirect("workshop:team")
    return page(request, vendor, "team", _context(vendor, form), status=422 if form.errors else 200)


def _context(vendor: Vendor, form: Any) -> dict[str, Any]:
    return {
        "form": form,
        "members": vendor.members.select_related("user").order_by("pk"),
        "invitations": vendor.invitations.all(),
        "roles": [(value, label, WORDS[TeamRole(value)]) for value, label in TeamRole.choices],
    }


@require_POST
@vendor_required("boutique")
@confirmed
def change_role(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    member = own(TeamMember.objects.all(), vendor=vendor, pk=pk)
    role = request.POST.get("role", "")
    if role in TeamRole.values:
        _said(request, verbs.change_role(member=member, role=role))
    return redirect("workshop:team")


@require_POST
@vendor_required("boutique")
@confirmed
def remove_member(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    _said(request, verbs.leave(member=own(TeamMember.objects.all(), vendor=vendor, pk=pk)))
    return redirect("workshop:team")


@require_POST
@vendor_required("boutique")
@confirmed
def withdraw(request: HttpRequest, vendor: Vendor, pk: int) -> HttpResponse:
    own(TeamInvitation.objects.all(), vendor=vendor, pk=pk).delete()
    return redirect("workshop:team")


@vendor_required("orders")
def leave(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """One's own place, given up by oneself."""
    member = request.membership  # type: ignore[attr-defined]
    if request.method == "POST":
        if _said(request, verbs.leave(member=member)):
            messages.success(request, _("You have left the team of « %(name)s ».") % {"name": vendor.name})
            return redirect("/")
        return redirect("workshop:team_leave")
    return page(request, vendor, "team_leave", {"member": member})


def _said(request: HttpRequest, done: bool) -> bool:
    if not done:
        messages.error(request, _("A boutique keeps one owner at least: make somebody else an owner first."))
    return done
