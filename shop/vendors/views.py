"""Public pages of boutiques."""

from django.http import HttpRequest, HttpResponse


def vendor_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(slug)
