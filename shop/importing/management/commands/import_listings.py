"""`import_listings --vendor SLUG --format auto FILE [--dry-run] [--pictures none|fetch|ZIP]`: the import of the workshop, from a shell."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from lapinblanc.jobs.tracked import run_tracked

from shop.importing.models import ImportRun, Outcome, Stage
from shop.importing.recognising import FORMATS
from shop.importing.running import begin, counts, receive, work
from shop.importing.tables import Unreadable
from shop.vendors.models import Vendor


class Command(BaseCommand):
    help = "Import a file of listings as drafts; prints counts and what was refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--vendor", required=True, help="the boutique's slug")
        parser.add_argument("--format", default="auto", choices=["auto", *FORMATS])
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--pictures", default="none", help="none, fetch, or a zip with the files")
        parser.add_argument("--overwrite", action="store_true", help="take the file's where a listing was changed here since")
        parser.add_argument("--stock", action="store_true", help="take the file's stock for listings known already")

    def handle(self, *args: Any, **options: Any) -> None:
        vendor = Vendor.objects.filter(slug=options["vendor"]).first()
        if vendor is None:
            raise CommandError(f"no boutique {options['vendor']!r}")
        pictures = options["pictures"]
        chosen = {"overwrite": options["overwrite"], "stock": options["stock"], "pictures": pictures if pictures in ("none", "fetch") else "zip"}
        try:
            with Path(options["file"]).open("rb") as file:
                zipped = Path(pictures).open("rb") if chosen["pictures"] == "zip" else None  # noqa: SIM115  closed below
                try:
                    run = receive(vendor=vendor, file=file, filename=options["file"], by=None, wanted=options["format"], options=chosen, pictures=zipped)
                finally:
                    if zipped is not None:
                        zipped.close()
            self.stdout.write(f"format: {run.format} ({run.confidence} %)")
            self._stage(run, Stage.TRYING if options["dry_run"] else Stage.IMPORTING)
        except (Unreadable, OSError) as why:
            raise CommandError(getattr(why, "message", "") or str(why)) from why
        self._report(run, trial=options["dry_run"])
        if not options["dry_run"] and chosen["pictures"] != "none":
            self._stage(run, Stage.PICTURES)
            self.stdout.write(ImportRun.objects.get(pk=run.pk).note)

    def _stage(self, run: ImportRun, stage: str) -> None:
        begin(run=run, stage=stage)
        run_tracked(ImportRun, run.pk, work)

    def _report(self, run: ImportRun, *, trial: bool) -> None:
        for name, count in counts(run, trial=trial).items():
            self.stdout.write(f"{name}: {count}")
        for line in run.lines.filter(trial=trial, outcome=Outcome.REFUSED)[:1000]:
            self.stdout.write(f"refused, lines {line.first_line}-{line.last_line}, {line.title or line.key}: {' '.join(line.sentences)}")
