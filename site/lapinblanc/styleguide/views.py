"""Each component of the theme in each of its states, on one page; with values of its own, no database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lapinblanc.styleguide import samples


def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide/index.html", samples.context())
