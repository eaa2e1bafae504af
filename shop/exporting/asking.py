"""Verbs around an archive: asking for one, finding the one that is ready, tidying what is over."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from lapinblanc import clock
from lapinblanc.audit.journal import Event, record
from lapinblanc.jobs.tracked import WorkState

from shop.exporting.making import folder, forget
from shop.exporting.models import ExportRun
from shop.vendors.models import Vendor

UNDER_WAY = (WorkState.WAITING, WorkState.RUNNING)


@transaction.atomic
def ask_archive(*, vendor: Vendor, by: Any) -> ExportRun:
    """Start an archive; the one under way is given again. The job begins after the commit."""
    from shop.exporting.tasks import make_archive

    locked = Vendor.objects.select_for_update().get(pk=vendor.pk)
    known = ExportRun.objects.filter(vendor=locked, state__in=UNDER_WAY).first()
    if known is not None:
        return known
    run = ExportRun.objects.create(vendor=locked, asked_by=by)
    record(Event.EXPORT_ASKED, locked, by=by)
    transaction.on_commit(lambda: make_archive.enqueue(run.pk))
    return run


@transaction.atomic
def try_again(*, run: ExportRun) -> bool:
    """Back into the queue after a failure, unless another is under way by now."""
    from shop.exporting.tasks import make_archive

    Vendor.objects.select_for_update().get(pk=run.vendor_id)
    if ExportRun.objects.filter(vendor_id=run.vendor_id, state__in=UNDER_WAY).exists() or not run.again():
        return False
    transaction.on_commit(lambda: make_archive.enqueue(run.pk))
    return True


def latest(vendor: Vendor) -> ExportRun | None:
    """The run that the page shows."""
    return ExportRun.objects.filter(vendor=vendor).first()


def ready(vendor: Vendor) -> ExportRun | None:
    """The archive that may be fetched now."""
    return ExportRun.objects.filter(vendor=vendor, state=WorkState.DONE, expires_at__gt=clock.now()).exclude(file="").first()


def path_of(run: ExportRun) -> Path:
    return folder() / Path(run.file).name


def remove_old() -> int:
    """Take archives away after their seven days, and files that no row names; returns how many."""
    gone = 0
    for run in ExportRun.objects.filter(expires_at__lte=clock.now()).exclude(file=""):
        forget(run)
        gone += 1
    named = set(ExportRun.objects.exclude(file="").values_list("file", flat=True))
    limit = (clock.now() - timedelta(days=1)).timestamp()
    for path in folder().iterdir() if folder().is_dir() else ():
        if path.name not in named and path.stat().st_mtime < limit:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
            gone += 1
    return gone
