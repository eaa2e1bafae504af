"""Test databases: a template migrated once per set of migrations, and clones of it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]


def migrations() -> dict[str, str]:
    """Our migrations by path with a short digest of each, and the libraries, which bring their own."""
    paths = [ROOT / "requirements.txt", *(path for folder in ("shop", "site", "editorial") for path in (ROOT / folder).glob("**/migrations/*.py"))]
    return {str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in sorted(paths)}


def template_name() -> str:
    return f"lb_template_{hashlib.sha256(json.dumps(migrations()).encode()).hexdigest()[:12]}"


def server(name: str) -> psycopg.Connection[Any]:
    """A connection to `name` on the tests' server."""
    facts = settings.DATABASES["default"]
    return psycopg.connect(
        dbname=name, user=facts["USER"], password=facts.get("PASSWORD") or None, host=facts["HOST"],
        port=facts.get("PORT") or None, autocommit=True,
    )


def build_template(name: str) -> None:
    """Migrate into a database of another name and rename it at the end: a half-built template is never cloned.

    It starts from the template that has most of these migrations and none that changed since, so that only new ones run.
    """
    with server("postgres") as link:
        link.execute("SELECT pg_advisory_lock(2017)")
        if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        draft = f"{name}_draft"
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
        link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(draft), sql.Identifier(_nearest(link) or "template1")))
        connection = connections["default"]
        before = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = draft
        call_command("migrate", verbosity=0)
        connection.close()
        connection.settings_dict["NAME"] = before
        link.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(draft), sql.Literal(json.dumps(migrations()))))
        link.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))


def _nearest(link: psycopg.Connection[Any]) -> str | None:
    """The template of this server that needs the fewest migrations more; None when there is none to start from."""
    rows = link.execute("SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname ~ '^lb_template_[0-9a-f]{12}$'")
    ours = migrations().items()
    known = [(len(held), name) for name, told in rows if told and (held := json.loads(told)).items() <= ours]
    return max(known)[1] if known else None


def clone(template: str, name: str) -> None:
    with server("postgres") as link:
        link.execute("SELECT pg_advisory_lock(2017)")
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def clone_anew() -> None:
    """Give this process its database as the migrations leave it."""
    connections.close_all()
    clone(template_name(), settings.DATABASES["default"]["NAME"])
