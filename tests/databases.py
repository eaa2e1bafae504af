"""Test databases: a template migrated once per set of migrations, and clones of it."""

import hashlib
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]


def template_name() -> str:
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for folder in ("shop", "site", "editorial"):
        for path in sorted((ROOT / folder).glob("**/migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return f"lb_template_{digest.hexdigest()[:12]}"


def server(name: str) -> psycopg.Connection[Any]:
    """A connection to `name` on the tests' server."""
    facts = settings.DATABASES["default"]
    return psycopg.connect(
        dbname=name, user=facts["USER"], password=facts.get("PASSWORD") or None, host=facts["HOST"],
        port=facts.get("PORT") or None, autocommit=True,
    )


def build_template(name: str) -> None:
    """Migrate into a database of another name and rename it at the end: a half-built template is never cloned."""
    with server("postgres") as link:
        link.execute("SELECT pg_advisory_lock(2017)")
        if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        draft = f"{name}_draft"
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
        link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
        connection = connections["default"]
        before = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = draft
        call_command("migrate", verbosity=0)
        connection.close()
        connection.settings_dict["NAME"] = before
        link.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))


def clone(template: str, name: str) -> None:
    with server("postgres") as link:
        link.execute("SELECT pg_advisory_lock(2017)")
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def clone_anew() -> None:
    """Give this process its database as the migrations leave it."""
    connections.close_all()
    clone(template_name(), settings.DATABASES["default"]["NAME"])
