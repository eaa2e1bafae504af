"""The shelves of the search contracts: built once for each engine and module, outside any test's transaction."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.contracts.search.shelf import ENGINES, Shelf, required, shelf


@pytest.fixture(scope="module", params=ENGINES)
def shelved(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Shelf]:
    """The module's DOCUMENTS in the module's LANGUAGE (French unless it says otherwise), in each engine."""
    with django_db_blocker.unblock():
        required(request.param)
        cache.clear()
        with shelf(request.param, request.module.DOCUMENTS, getattr(request.module, "LANGUAGE", "fr")) as made:
            yield made
