"""Writes the archive of a boutique: chapter after chapter, then the manifest. The job may be killed or run twice.

The file has its name only when it is whole, and a run that is ready is never made again.
"""

import hashlib
import json
import secrets
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.jobs.tracked import Cancelled, WorkState
from lapinblanc.mailing import one_line

from shop.exporting.book import Book, empty
from shop.exporting.chapters import chapters
from shop.exporting.models import ExportRun

FORMAT = 1
KEPT = timedelta(days=7)
# Progress is written every so many steps, so that a long archive shows life and a short one costs few writes.
EVERY = 50


def folder() -> Path:
    """Apart from the copies of persons' data, which tidy their own folder."""
    return Path(settings.EXPORTS_ROOT) / "boutiques"


def write_archive(run: ExportRun) -> str:
    """Make the file of this run; returns the sentence shown when it is done."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_urlsafe(24)}.zip"
    draft, sheets = folder() / f"{name}.part", empty(folder() / f"run-{run.pk}-{secrets.token_hex(4)}")
    try:
        with translation.override("fr"), zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
            book = Book(vendor=run.vendor, archive=archive, folder=sheets, step=_steps(run))
            for chapter in chapters():
                chapter.write(book)
            _finish(book)
        digest = _digest(draft)
        draft.rename(folder() / name)
    finally:
        draft.unlink(missing_ok=True)
        shutil.rmtree(sheets, ignore_errors=True)
    _publish(run, name, digest)
    return _("Ready: %(n)d files.") % {"n": len(book.files)}


def _steps(run: ExportRun) -> Any:
    total = sum(chapter.size(run.vendor) for chapter in chapters())
    done = 0
    run.advance(0, total=total)

    def step(count: int) -> None:
        nonlocal done
        before, done = done, done + count
        if done // EVERY != before // EVERY:
            run.advance(min(done, total))

    return step


def _finish(book: Book) -> None:
    """The manifest comes last and names every other file; it is not signed: the digest of the whole stands on the page."""
    context = {"vendor": book.vendor, "day": clock.today(), "chapters": chapters(), "missing": book.missing}
    for language, name in (("fr", "LISEZMOI.txt"), ("en", "README.txt")):
        with translation.override(language):
            book.text(name, render_to_string("exporting/readme.txt", context))
    manifest = {
        "format": FORMAT,
        "boutique": book.vendor.slug,
        "name": book.vendor.name,
        "made_at": clock.now().isoformat(),
        "source": settings.BASE_URL,
        "counts": {name: facts["count"] for name, facts in book.files.items() if "count" in facts},
        "missing": book.missing,
        "files": {name: {"sha256": facts["sha256"], "bytes": facts["bytes"]} for name, facts in book.files.items()},
    }
    book.archive.writestr(zipfile.ZipInfo("manifest.json", clock.now().timetuple()[:6]), json.dumps(manifest, ensure_ascii=False, indent=1), zipfile.ZIP_DEFLATED)


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _publish(run: ExportRun, name: str, digest: str) -> None:
    """The row names the file; older archives of the boutique go, and its owner is told."""
    path = folder() / name
    ready = ExportRun.objects.filter(pk=run.pk, state=WorkState.RUNNING, file="").update(
        file=name, size=path.stat().st_size, digest=digest, expires_at=clock.now() + KEPT, done=run.total,
    )
    if not ready:  # called off, or another worker was faster: its file is the one
        path.unlink(missing_ok=True)
        raise Cancelled
    for older in ExportRun.objects.filter(vendor=run.vendor).exclude(pk=run.pk).exclude(file=""):
        forget(older)
    _tell(run)


def forget(run: ExportRun) -> None:
    """The file goes; the row stays, and says when it was made and for whom."""
    (folder() / Path(run.file).name).unlink(missing_ok=True)
    ExportRun.objects.filter(pk=run.pk).update(file="", size=0)


def _tell(run: ExportRun) -> None:
    if run.asked_by is None:
        return
    with translation.override("fr"):
        context = {"vendor": run.vendor, "url": settings.BASE_URL + reverse("exporting:home"), "days": KEPT.days}
        subject = one_line(_("Your archive of « %(boutique)s » is ready") % {"boutique": run.vendor.name})
        EmailMessage(subject, render_to_string("mails/archive_ready.txt", context), to=[run.asked_by.email]).send()
