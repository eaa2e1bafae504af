"""The bench of every test: a database cloned from a template, people, boutiques, and time that stands where a test puts it.

Migrations from zero take a minute; they run once per set of migrations into a template database, which each run clones.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from tests.factories import Market

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are skipped without Chromium, unless BROWSER_REQUIRED says that this is an error."""
    if Path("/usr/bin/chromium").exists() or os.environ.get("BROWSER_REQUIRED"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


def _template_name() -> str:
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for folder in ("shop", "site", "editorial"):
        for path in sorted((ROOT / folder).glob("**/migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return f"lb_template_{digest.hexdigest()[:12]}"


def _server(name: str) -> psycopg.Connection[Any]:
    """A connection to `name` on the tests' server."""
    facts = settings.DATABASES["default"]
    return psycopg.connect(
        dbname=name, user=facts["USER"], password=facts.get("PASSWORD") or None, host=facts["HOST"],
        port=facts.get("PORT") or None, autocommit=True,
    )


def _build_template(name: str) -> None:
    """Migrate into a database of another name and rename it at the end: a half-built template is never cloned."""
    with _server("postgres") as server:
        server.execute("SELECT pg_advisory_lock(2017)")
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        draft = f"{name}_draft"
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
        connection = connections["default"]
        before = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = draft
        call_command("migrate", verbosity=0)
        connection.close()
        connection.settings_dict["NAME"] = before
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))


def _clone(template: str, name: str) -> None:
    with _server("postgres") as server:
        server.execute("SELECT pg_advisory_lock(2017)")
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """One clone per process, named after LB_TEST_DB and the xdist worker."""
    name = f"test_{os.environ.get('LB_TEST_DB', 'lapinblanc')}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    template = _template_name()
    with django_db_blocker.unblock():
        _build_template(template)
        _clone(template, name)
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = name
        settings.DATABASES["default"]["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        with _server("postgres") as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For tests that commit: a database cloned anew before and after, so that nothing of them is left."""
    name = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        connections.close_all()
        _clone(_template_name(), name)
        yield
        connections.close_all()
        _clone(_template_name(), name)


@pytest.fixture(autouse=True)
def clean_surroundings(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
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
