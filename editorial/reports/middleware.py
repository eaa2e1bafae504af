"""Wagtail's redirects, never in a circle; and the count of what still leads nowhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware

from editorial.reports import missing
from editorial.reports.leading import comes_back


class RedirectMiddleware(WagtailRedirectMiddleware):  # type: ignore[misc]
    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        answer = super().process_response(request, response)
        if response.status_code != 404:
            return answer
        if answer is not response and comes_back(path=request.path, target=answer.url):
            answer = response
        if answer is response and request.method == "GET":
            missing.note(path=request.path, referrer=request.headers.get("Referer", ""))
        return answer
