"""A page found by its address in two questions, where Wagtail asks for site, language, home page and each step of the tree.

Only what is live and routed by Wagtail's own rule is taken here; drafts, sub-addresses and unknown paths go Wagtail's way.
"""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from editorial.languages import reading, source_language

SECONDS = 60


def serve(request: HttpRequest, path: str) -> HttpResponse:
    page = page_at(request, path)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    answer: HttpResponse = wagtail_serve(request, path)
    return answer


def page_at(request: HttpRequest, path: str) -> Page | None:
    """The live page at this path in the reader's language, else the French one that is not translated yet."""
    homes = _homes(request)
    language = reading()
    wanted = [f"{homes[code]}{path}" for code in dict.fromkeys((language, source_language())) if code in homes]
    # Home pages have a kind of their own, which saves asking for it.
    model = Page if path else _home_model()
    found = {page.url_path: page for page in model.objects.live().filter(url_path__in=wanted)}
    page = next((found[address] for address in wanted if address in found), None)
    if page is None or (path and type(page.specific).route != Page.route):
        return None
    return page.specific if path else page


def _home_model() -> type[Page]:
    # A local import: pages are models, this module is read with the addresses.
    from editorial.pages.home import HomePage

    return HomePage


def _homes(request: HttpRequest) -> dict[str, str]:
    """Where the live home page of each language stands in the tree, for the site of this host; kept for a minute."""
    key = f"homes:{request.get_host()}"
    found = cache.get(key)
    if found is None:
        site = Site.find_for_request(request)
        rows = Page.objects.live().filter(translation_key=site.root_page.translation_key).select_related("locale") if site else ()
        found = {page.locale.language_code: page.url_path for page in rows}
        cache.set(key, found, SECONDS)
    return dict(found)
