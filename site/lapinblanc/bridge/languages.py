"""The same page in the other language: addresses for the switch at the foot and for hreflang."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from editorial.languages import alternates

LABELS = {"fr": "Français", "en": "English"}
# Rooms of editors, operators and machines have one address whatever the language.
ONE_ADDRESS = ("/cms/", "/gestion/", "/paiement/", "/bac-a-sable/", "/documents/", "/media/", "/styleguide/")


@dataclass(frozen=True, slots=True)
class Alternate:
    """`url` is a path; `label` the language's own name; `translated` when the page truly exists in it."""

    code: str
    label: str
    url: str
    current: bool
    translated: bool


def alternates_of(request: HttpRequest) -> tuple[Alternate, ...]:
    """The page of this request in each language; none where there is one address only."""
    if request.path.startswith(ONE_ADDRESS):
        return ()
    page = routed_page(request)
    known = alternates(page) if page is not None and page.pk else None
    here = get_language() or settings.LANGUAGE_CODE
    return tuple(_alternate(request, code, known, here) for code, _name in settings.LANGUAGES)


def routed_page(request: HttpRequest) -> Any:
    """The page of the editorial house that answers, if one does."""
    routed = getattr(request, "_wagtail_route_for_request", None)
    return routed.page if routed else None


def _alternate(request: HttpRequest, code: str, known: dict[str, str] | None, here: str) -> Alternate:
    by_prefix = _in(code, request.path)
    url = by_prefix if known is None else known.get(code, by_prefix)
    translated = known is None or code in known
    return Alternate(code=code, label=LABELS[code], url=url, current=code == here, translated=translated)


def _in(code: str, path: str) -> str:
    bare = path
    for other, _name in settings.LANGUAGES:
        if other != settings.LANGUAGE_CODE and path.startswith(f"/{other}/"):
            bare = path[len(other) + 1 :]
    return bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"
