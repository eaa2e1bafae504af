"""A request that comes after the hour finds the site switched, whether or not the job has run."""

import logging
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse

from editorial.campaigns.horizon import catch_up

log = logging.getLogger(__name__)


class SwitchMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            try:
                catch_up()
            except Error:
                # A page that can be shown is shown; the job tries again.
                log.exception("campaigns could not be caught up")
        return self.get_response(request)
