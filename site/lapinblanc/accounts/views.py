"""The account's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lapinblanc.accounts.two_factor import has_second_factor


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "account/home.html", {"second_factor": has_second_factor(request.user)})
