"""The search engines under contract: each test that takes `bench` or `scratch` runs on PostgreSQL and on Elasticsearch."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contracts.search_bench import ENGINES, Bench, filled


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the engine."""
    return str(request.param)


@pytest.fixture(scope="module")
def module_bench(engine: str, request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Bench]:
    """The documents of the module (DOCUMENTS, LANGUAGE, RULES), indexed once for all of its tests."""
    module = request.module
    subject = module.__name__.rpartition("_")[2]
    facts = {"language": getattr(module, "LANGUAGE", "fr"), "rules": getattr(module, "RULES", ())}
    with django_db_blocker.unblock(), filled(engine, subject, module.DOCUMENTS, **facts) as bench:
        yield bench


@pytest.fixture
def bench(module_bench: Bench, db: None) -> Bench:
    """An engine with the documents of the module, to be read only."""
    return module_bench


@pytest.fixture
def scratch(engine: str, db: None) -> Iterator[Bench]:
    """An engine with an empty index, to be written to."""
    with filled(engine, "scratch") as bench:
        yield bench
