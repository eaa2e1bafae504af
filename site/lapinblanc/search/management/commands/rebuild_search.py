"""`manage.py rebuild_search`: an index from zero, beside the one in use, with a progress bar."""

import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from lapinblanc.search.indexing import rebuild


class Command(BaseCommand):
    help = "Rebuild the search index from the database and put it in the place of the one in use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", choices=["postgres", "elasticsearch"], default=None, help="the one of the settings, and PostgreSQL's, unless named")

    def handle(self, *args: Any, **options: Any) -> None:
        names = [options["engine"]] if options["engine"] else list(dict.fromkeys(["postgres", settings.SEARCH_ENGINE]))
        for name in names:
            began = time.monotonic()
            done = rebuild(name, tell=self._bar)
            seconds = time.monotonic() - began
            self.stdout.write(f"\r{name}: {done} documents in {seconds:.1f} s, {done / max(seconds, 0.001):.0f} a second{' ' * 20}")

    def _bar(self, done: int, total: int) -> None:
        if sys.stdout.isatty():
            filled = min(30, 30 * done // max(total, 1))
            self.stdout.write(f"\r[{'█' * filled}{'·' * (30 - filled)}] {done} / {total}", ending="")
            self.stdout.flush()
