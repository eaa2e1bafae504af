"""Answers to a request that went wrong, in the site's own frame and words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere: say what to do; nothing was changed."""
    return render(request, "403_csrf.html", status=403)
