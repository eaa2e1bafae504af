"""The whole public site as an editor will see it at a date: our clock is moved, what is due until then is switched by the
very code of the job, and when the page is drawn everything is rolled back.

Nothing of such a request lasts: its transaction is undone, so no job is enqueued and nothing waits for a commit; the cache is
a dummy for this thread; the answer is never stored. What would change something is refused.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from editorial.campaigns.as_of import held_date
from editorial.campaigns.switching import switch_due
from lapinblanc import clock
from lapinblanc.previews import previewing
from shop.coupons.sales import switch_due as switch_sales

# Where people work: it is always now.
ALWAYS_NOW = ("/cms/", "/gestion/", "/static/", "/media/", "/langue/")


class AsOfMiddleware:
    """After authentication, before everything that reads or writes of the shop."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ALWAYS_NOW):
            return self.get_response(request)
        moment = held_date(request)
        if moment is None:
            return self.get_response(request)
        request.as_of = moment  # type: ignore[attr-defined]
        if request.method not in ("GET", "HEAD"):
            response = render(request, "editorial/as_of_refused.html", status=409)
        else:
            response = self._shown(request, moment)
        patch_cache_control(response, no_store=True, private=True)
        return response

    def _shown(self, request: HttpRequest, moment: datetime) -> HttpResponse:
        before = request.session.modified
        with previewing(), dummy_cache(), clock.at(moment), transaction.atomic():
            switch_due()
            switch_sales()
            response = self.get_response(request)
            if getattr(response, "streaming", False):
                # Drawn while the date holds, not afterwards.
                response.streaming_content = list(response.streaming_content)  # type: ignore[attr-defined]
            transaction.set_rollback(True)
        request.session.modified = before
        # What was to be kept in the browser belongs to what was undone (a guest's basket that was merged, for instance).
        response.cookies.clear()
        return response


@contextmanager
def dummy_cache() -> Iterator[None]:
    """For this thread alone: nothing is read from the cache, nothing stays in it."""
    real = caches["default"]
    caches["default"] = DummyCache("as-of", {})
    try:
        yield
    finally:
        caches["default"] = real
