"""`manage.py benchmark_import [--rows N] [--most-memory MB]`: rows a second of an import, beside COPY of as many rows with the same indexes."""

import csv
import io
import resource
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from lapinblanc.jobs.tracked import WorkState

from shop.importing.models import ImportRun
from shop.importing.running import counts, go_through, receive
from shop.vendors.models import Vendor


class Command(BaseCommand):
    help = "Measure an import of generated listings; nothing of it stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rows", type=int, default=5000)
        parser.add_argument("--most-memory", type=int, default=0, help="fail when the memory grew by more MB than this")

    def handle(self, *args: Any, **options: Any) -> None:
        rows, vendor = options["rows"], Vendor.objects.order_by("pk").first()
        if vendor is None:
            self.stderr.write("There is no boutique: run `make run` once.")
            return
        with transaction.atomic():
            copied = self._copied(rows)
            # What a worker that runs has read already: addresses, templates, statements.
            self._imported(vendor, 60)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.monotonic()
            imported = self._imported(vendor, rows)
            spent = time.monotonic() - began
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
            self.stdout.write(f"imported: {imported} of {rows} in {spent:.1f} s, {rows / spent:.0f} a second, memory +{grown} MB")
            self.stdout.write(f"COPY with the same indexes: {copied:.0f} a second; ratio {rows / spent / copied:.4f}")
            transaction.set_rollback(True)
        if imported != rows or 0 < options["most_memory"] < grown:
            raise CommandError(f"{imported} of {rows} imported, memory +{grown} MB")

    def _imported(self, vendor: Vendor, rows: int) -> int:
        run = receive(vendor=vendor, file=_file(rows), filename="mesure.csv", by=None, options={"pictures": "none"})
        ImportRun.objects.filter(pk=run.pk).update(state=WorkState.RUNNING)
        go_through(run, trial=False)
        run.file.delete(save=False)
        return counts(run, trial=False)["imported"]

    def _copied(self, rows: int) -> float:
        """Rows a second of COPY into a table with the columns and indexes of the listings, over and over from those that are there."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE measured (LIKE catalogue_product INCLUDING DEFAULTS INCLUDING INDEXES) ON COMMIT DROP")
            cursor.execute("ALTER TABLE measured DROP CONSTRAINT IF EXISTS measured_pkey")
            cursor.execute("SELECT count(*) FROM catalogue_product")
            have = max(1, cursor.fetchone()[0])
            with cursor.copy("COPY (SELECT * FROM catalogue_product) TO STDOUT") as out:
                lines = [bytes(block) for block in out]
            began = time.monotonic()
            for _time in range(-(-rows // have)):
                with cursor.copy("COPY measured FROM STDIN") as into:
                    for block in lines:
                        into.write(block)
            return have * -(-rows // have) / (time.monotonic() - began)


def _file(rows: int) -> io.BytesIO:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Titre", "Description", "Prix", "Stock", "Matières", "Référence"])
    writer.writerows([f"Bol {rows}-{number}", "Un bol de grès, tourné. " * 20, "28,50", "3", "grès", f"MESURE-{rows}-{number}"] for number in range(rows))
    return io.BytesIO(text.getvalue().encode())
