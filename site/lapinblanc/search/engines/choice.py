"""Which engine answers: `SEARCH_ENGINE` names it. Nobody else knows."""

from django.conf import settings

from lapinblanc.search.engine import Engine
from lapinblanc.search.engines.postgres.engine import PostgresEngine

INDEX = "site_search"


def make(name: str, *, index: str = INDEX, language: str = "fr", read_seconds: float | None = None) -> Engine:
    """An engine by name; a search may take `read_seconds` (by default what a visitor waits for). Raises ValueError for an unknown one."""
    if name == "postgres":
        return PostgresEngine(index, language)
    if name == "elasticsearch":
        # Its client is imported by those alone who use it.
        from lapinblanc.search.engines.elasticsearch.engine import ElasticsearchEngine

        return ElasticsearchEngine(index, language, url=settings.ELASTICSEARCH_URL, read_seconds=read_seconds or settings.SEARCH_SECONDS)
    raise ValueError(f"SEARCH_ENGINE is « {name} »: postgres or elasticsearch")
