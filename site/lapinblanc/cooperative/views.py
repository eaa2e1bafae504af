"""The account's page about the cooperative: whether one is a member, under which number, in which college, since when."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lapinblanc.cooperative.models import Member


@login_required
@never_cache
def membership(request: HttpRequest) -> HttpResponse:
    member = Member.objects.filter(user=request.user).first()
    return render(request, "account/cooperative.html", {"member": member})
