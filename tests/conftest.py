"""The bench of every test: a database cloned from a template, people, boutiques, and time that stands where a test puts it.

Migrations from zero take a minute; they run once per set of migrations into a template database, which each run clones.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.utils import translation
from lapinblanc.search import counting
from psycopg import sql

from editorial.reports import missing
from shop.statistics import counting as visits
from tests.databases import build_template, clone, clone_anew, server, template_name
from tests.factories import Market


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are skipped without Chromium, unless BROWSER_REQUIRED says that this is an error."""
    if Path("/usr/bin/chromium").exists() or os.environ.get("BROWSER_REQUIRED"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """One clone per process, named after LB_TEST_DB and the xdist worker."""
    name = f"test_{os.environ.get('LB_TEST_DB', 'lapinblanc')}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    template = template_name()
    with django_db_blocker.unblock():
        build_template(template)
        clone(template, name)
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = name
        settings.DATABASES["default"]["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        with server("postgres") as link:
            link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For tests that commit: a database cloned anew before and after, so that nothing of them is left."""
    with django_db_blocker.unblock():
        clone_anew()
        yield
        clone_anew()


@pytest.fixture(autouse=True)
def clean_surroundings(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"
    cache.clear()
    counting.forget()
    visits.forget()
    # A request in English leaves its language to the thread, hence to the next test.
    translation.activate("fr")
    missing.forget()
    yield
    cache.clear()


@pytest.fixture
def market(db: None) -> Market:
    """Alice buys, Basile and Camille sell, Dora operates, Eve is a stranger; two boutiques with a listing each."""
    return Market.build()


@pytest.fixture
def open_market(fresh_database: None) -> Market:
    """The same, committed: for threads and browsers."""
    return Market.build()
