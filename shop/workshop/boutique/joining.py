"""The link of an invitation to a team: whoever proves its address takes the place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shop.vendors import team


@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    invitation = team.by_token(token)
    proved = invitation is not None and team.is_meant_for(invitation, request.user)
    if request.method == "POST" and invitation is not None and proved:
        try:
            team.join(invitation=invitation, user=request.user)
        except team.CannotInvite:
            return render(request, "vendors/join.html", {"invitation": None, "proved": False}, status=404)
        messages.success(request, _("Welcome to the team of « %(name)s ».") % {"name": invitation.vendor.name})
        return redirect("workshop:today")
    return render(request, "vendors/join.html", {"invitation": invitation, "proved": proved}, status=200 if invitation else 404)
