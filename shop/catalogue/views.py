"""Public pages of listings and categories."""

from django.http import HttpRequest, HttpResponse


def universe(request: HttpRequest, universe: str) -> HttpResponse:
    return HttpResponse(universe)


def category(request: HttpRequest, universe: str, slug: str, pk: int) -> HttpResponse:
    return HttpResponse(slug)


def detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return HttpResponse(slug)
