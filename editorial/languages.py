"""Pages in two languages: French is the source; what is not translated yet is read in French, at an English address.

A page's address in a language is asked here, never built by hand.
"""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from wagtail.models import Locale, Page

KEY, SECONDS = "locales", 300


def locales() -> dict[str, int]:
    """The number of each locale by its language code; one query every few minutes."""
    found = cache.get(KEY)
    if found is None:
        found = dict(Locale.objects.values_list("language_code", "pk"))
        cache.set(KEY, found, SECONDS)
    return dict(found)


def source_language() -> str:
    """The language that pages are first written in."""
    return str(settings.LANGUAGE_CODE)


def reading() -> str:
    """The reader's language when pages exist in it, else French."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in locales() else settings.LANGUAGE_CODE


def readable(pages: Any) -> Any:
    """Of a queryset of one kind of page: those in the reader's language, and the French ones not translated into it."""
    language, known = reading(), locales()
    source = known[settings.LANGUAGE_CODE]
    if language == settings.LANGUAGE_CODE:
        return pages.filter(locale_id=source)
    here = pages.model.objects.live().filter(locale_id=known[language], translation_key=OuterRef("translation_key"))
    return pages.filter(Q(locale_id=known[language]) | Q(locale_id=source) & ~Exists(here))


def address(page: Any, request: Any = None) -> str:
    """Where a reader of the present language reads a page; an untranslated one stays under their prefix."""
    url = page.get_url(request) or ""
    language = reading()
    if language != settings.LANGUAGE_CODE and url.startswith("/") and page.locale_id == locales()[settings.LANGUAGE_CODE]:
        return f"/{language}{url}"
    return url


def alternates(page: Page) -> dict[str, str]:
    """The addresses of a page's live, public translations by language, its own among them (for hreflang); one query."""
    codes = {pk: code for code, pk in locales().items()}
    # A cycle: cards ask this module for addresses.
    from editorial.cards import open_pages

    found = open_pages(Page.objects.filter(translation_key=page.translation_key))
    return {codes[other.locale_id]: other.get_url() or "" for other in found if other.locale_id in codes}


def in_another_language(page: Any) -> str:
    """The language of a page read under another one's address (« not translated yet »); empty when they agree."""
    if get_language() is None or page.locale_id == locales().get(reading()):
        return ""
    return next((code for code, pk in locales().items() if pk == page.locale_id), "")
