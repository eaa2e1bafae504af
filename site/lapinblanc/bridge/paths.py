"""An address with a NUL names nothing, and no database can be asked for one: it is answered here."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


class PlainPaths:
    """After whatever an error page asks for, before every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)
