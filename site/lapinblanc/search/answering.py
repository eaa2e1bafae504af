"""The search of the site: reads a question, asks the engine of the settings, and PostgreSQL when that one fails or is slow."""

import logging
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.cache import cache

from lapinblanc.search.analysis.question import Understood
from lapinblanc.search.analysis.synonyms import Thesaurus, thesaurus
from lapinblanc.search.analysis.understanding import understand
from lapinblanc.search.engine import Engine, EngineUnavailable, Filters, Hit, Results, SearchQuery
from lapinblanc.search.engines import choice
from lapinblanc.search.engines.postgres.engine import PostgresEngine
from lapinblanc.search.engines.postgres.vocabulary import Vocabulary
from lapinblanc.search.models import SynonymRule

log = logging.getLogger(__name__)
LANGUAGE = "fr"
BREAKER, PAUSE = "search-engine-rests", 30
RULES, RULE_SECONDS = "search-rules", 30


@dataclass(frozen=True, slots=True)
class Answer:
    """Results, the question as understood, and whether the second engine had to answer."""

    results: Results
    understood: Understood
    fallback: bool = False


def question(text: str, *, correct: bool = True) -> Understood:
    """What `text` asks for, with the words of the index and the synonyms of the site."""
    return understand(text[:200], LANGUAGE, lexicon=vocabulary(), thesaurus=current_thesaurus(), correct=correct)


def find(query: SearchQuery) -> Answer:
    """Results from the engine of the settings; from PostgreSQL when it doesn't answer in time."""
    asked = query.understood
    filters = with_prices(query.filters, asked)
    query = replace(query, filters=filters)
    if settings.SEARCH_ENGINE != "postgres" and not cache.get(BREAKER):
        try:
            return Answer(_first().search(query), asked)
        except EngineUnavailable as failed:
            _rest(failed)
    return Answer(_second().search(query), asked, fallback=settings.SEARCH_ENGINE != "postgres")


def titles(text: str, *, limit: int, kinds: tuple[str, ...] = ()) -> tuple[Hit, ...]:
    """Pages whose title begins so, for suggestions."""
    if settings.SEARCH_ENGINE != "postgres" and not cache.get(BREAKER):
        try:
            return _first().suggest(text, limit=limit, kinds=kinds)
        except EngineUnavailable as failed:
            _rest(failed)
    return _second().suggest(text, limit=limit, kinds=kinds)


def vocabulary() -> Vocabulary:
    return Vocabulary(choice.INDEX)


def current_thesaurus() -> Thesaurus:
    """The synonyms of the files and of the editors."""
    extra = cache.get(RULES)
    if extra is None:
        extra = tuple(SynonymRule.objects.filter(language=LANGUAGE).order_by("pk").values_list("rule", flat=True))
        cache.set(RULES, extra, RULE_SECONDS)
    return thesaurus(LANGUAGE, tuple(extra))


def with_prices(filters: Filters, asked: Understood) -> Filters:
    """« moins de 30 euros » is a filter, unless one was chosen."""
    if filters.by_price or (asked.price_from is None and asked.price_to is None):
        return filters
    return replace(filters, price_from=asked.price_from, price_to=asked.price_to)


def _first() -> Engine:
    return choice.make(settings.SEARCH_ENGINE)


def _second() -> PostgresEngine:
    return PostgresEngine(choice.INDEX, LANGUAGE)


def _rest(failed: EngineUnavailable) -> None:
    """The engine is left alone for half a minute, so that visitors don't wait for it one after the other."""
    cache.set(BREAKER, True, PAUSE)
    log.warning("search engine unavailable, PostgreSQL answers: %s", failed)
