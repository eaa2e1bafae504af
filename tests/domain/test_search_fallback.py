"""FAULTS R14: the second engine answers when the first is dead, slow or wrong, within a budget, and visitors don't queue for it."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from lapinblanc.search.answering import BREAKER
from lapinblanc.search.engine import EngineUnavailable, SearchQuery
from lapinblanc.search.engines import choice

from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
BUDGET = 1.5


@pytest.fixture
def silent_server() -> Iterator[str]:
    """A server that takes every connection and never says a word."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept: list[Any] = []

    def take() -> None:
        while True:
            try:
                kept.append(listener.accept())
            except OSError:
                return

    threading.Thread(target=take, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()
    for connection, _address in kept:
        connection.close()


@pytest.fixture
def shop(market: Market, settings: Any) -> Market:
    make.indexed()
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    return market


def test_a_dead_engine_is_answered_for(shop: Market) -> None:
    answer = Client().get("/recherche/?q=bol+ocre&matiere=grès")
    assert answer.status_code == 200
    assert shop.bowl.get_absolute_url() in answer.content.decode()
    assert {facet.name for facet in answer.context["page"].facets} >= {"material", "colour", "category"}
    assert b"Bol ocre" in Client().get("/recherche/suggestions/?q=bol").content
    assert b"Bol ocre" in Client().get("/rayons/creations/").content


def test_a_slow_engine_is_answered_for_within_the_budget(shop: Market, settings: Any, silent_server: str) -> None:
    Client().get("/recherche/?q=bol")  # caches and templates are warm, the breaker is on
    cache.delete(BREAKER)
    settings.ELASTICSEARCH_URL = silent_server
    began = time.monotonic()
    answer = Client().get("/recherche/?q=bol")
    assert time.monotonic() - began < BUDGET
    assert shop.bowl.get_absolute_url() in answer.content.decode()


def test_nobody_waits_for_an_engine_that_just_failed(shop: Market, settings: Any, silent_server: str) -> None:
    settings.ELASTICSEARCH_URL = silent_server
    settings.SEARCH_SECONDS = 0.8
    Client().get("/recherche/?q=bol")
    began = time.monotonic()
    for _time in range(3):
        assert Client().get("/recherche/?q=bol").status_code == 200
    assert time.monotonic() - began < settings.SEARCH_SECONDS * 3
    assert cache.get(BREAKER)


def test_the_port_tells_a_failure_by_its_own_name(shop: Market) -> None:
    with pytest.raises(EngineUnavailable):
        choice.make("elasticsearch").count()


def test_without_the_second_engine_the_page_would_fail(shop: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what the tests above see comes from PostgreSQL."""
    from lapinblanc.search import answering
    from lapinblanc.search.engines.postgres.engine import PostgresEngine

    def refuse(self: PostgresEngine, query: SearchQuery) -> None:
        raise EngineUnavailable("off")

    monkeypatch.setattr(answering.PostgresEngine, "search", refuse)
    with pytest.raises(EngineUnavailable):
        Client().get("/recherche/?q=bol")


def test_an_unknown_engine_is_said_at_once() -> None:
    with pytest.raises(ValueError, match="postgres or elasticsearch"):
        choice.make("solr")
