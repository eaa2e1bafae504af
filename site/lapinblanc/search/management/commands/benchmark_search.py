"""`manage.py benchmark_search`: times of the search on the data at hand, as ratios; passes no judgement."""

import resource
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lapinblanc.search.benchmark import measure
from lapinblanc.search.engines import choice


class Command(BaseCommand):
    help = "Measure searches, facets and suggestions of an engine; print medians, p95 and ratios."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", choices=["postgres", "elasticsearch"], default="postgres")
        parser.add_argument("--rounds", type=int, default=5)
        parser.add_argument("--count", type=int, default=12, help="questions of each kind in a round")

    def handle(self, *args: Any, **options: Any) -> None:
        engine = choice.make(options["engine"], read_seconds=30)
        self.stdout.write(f"{options['engine']}: {engine.count()} documents, {options['rounds']} rounds of {options['count']} questions of each kind")
        found = measure(engine, rounds=options["rounds"], count=options["count"])
        plainest = next(row for row in found if row.name == "one rare word")
        self.stdout.write(f"{'':26}{'p50 ms':>9}{'p95 ms':>9}{'÷ engine':>10}{'÷ rare word':>13}")
        for row in found:
            self.stdout.write(f"{row.name:26}{row.p50:9.1f}{row.p95:9.1f}{row.over_engine:10.2f}{row.p50 / plainest.p50:13.2f}")
        self.stdout.write(f"memory of this process, at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
