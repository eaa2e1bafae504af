"""A copy of a person's data: one archive of JSON and CSV with a word of explanation, for its owner alone, seven days.

Made by a job that may be killed or run twice: the file has its name only when it is whole, and a copy that is ready is
never made again.
"""

import csv
import io
import json
import logging
import secrets
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lapinblanc import clock
from lapinblanc.accounts.models import User
from lapinblanc.audit.journal import Event, record
from lapinblanc.privacy import registry
from lapinblanc.privacy.models import Export, ExportState
from lapinblanc.privacy.subject import Sheet
from lapinblanc.private import private_storage
from lapinblanc.sheets import plain_cell

log = logging.getLogger(__name__)
KEPT = timedelta(days=7)


class PlainJSON(DjangoJSONEncoder):
    """Django's, and the text of whatever else a library's column gives (a telephone number)."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def ask_export(*, user: User, by: Any, reason: str = "") -> Export:
    """Start a copy; the one that waits is given again. The job begins after the commit."""
    from lapinblanc.privacy.tasks import make_export

    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        waiting = Export.objects.filter(user=locked, state=ExportState.ASKED).first()
        if waiting is not None:
            return waiting
        export = Export.objects.create(user=locked, asked_by=by, total=len(registry.subjects()))
        record(Event.EXPORT_ASKED, locked, by=by, reason=reason)
        transaction.on_commit(lambda: make_export.enqueue(export.pk))
    return export


def write_export(pk: int) -> bool:
    """Write the archive and tell its owner; False when another run has done it, or the person is gone."""
    export = Export.objects.select_related("user").filter(pk=pk, state=ExportState.ASKED).first()
    if export is None:
        return False
    folder = Path(settings.EXPORTS_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_urlsafe(24)}.zip"
    draft = folder / f"{name}.part"
    try:
        with translation.override("fr"), zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            _fill(archive, export)
        draft.rename(folder / name)
    finally:
        draft.unlink(missing_ok=True)
    ready = Export.objects.filter(pk=pk, state=ExportState.ASKED).update(
        state=ExportState.READY, file=name, size=(folder / name).stat().st_size, done=export.total, expires_at=clock.now() + KEPT
    )
    if not ready:  # another run was faster: its file is the one
        (folder / name).unlink(missing_ok=True)
        return False
    _tell(export.user)
    return True


def path_of(export: Export) -> Path:
    return Path(settings.EXPORTS_ROOT) / Path(export.file).name


def remove_old() -> int:
    """Take copies away after their seven days, and files that no row names; returns how many."""
    gone = 0
    for export in Export.objects.filter(state=ExportState.READY, expires_at__lte=clock.now()):
        path_of(export).unlink(missing_ok=True)
        gone += Export.objects.filter(pk=export.pk).update(state=ExportState.GONE, file="")
    folder = Path(settings.EXPORTS_ROOT)
    named = set(Export.objects.filter(state=ExportState.READY).values_list("file", flat=True))
    limit = (clock.now() - timedelta(days=1)).timestamp()
    for file in folder.glob("*.zip*") if folder.is_dir() else ():
        if file.name not in named and file.stat().st_mtime < limit:
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def _fill(archive: zipfile.ZipFile, export: Export) -> None:
    told = []
    for number, subject in enumerate(registry.subjects(), start=1):
        for item in subject.export(export.user):
            if isinstance(item, Sheet):
                path = f"{subject.name}/{item.name}"
                archive.writestr(f"{path}.json", json.dumps(list(item.rows), cls=PlainJSON, ensure_ascii=False, indent=2))
                archive.writestr(f"{path}.csv", _csv(item.rows))
                told.append((path, item.about, len(item.rows)))
                continue
            storage = private_storage() if item.private else default_storage
            if storage.exists(item.path):
                with storage.open(item.path) as file:
                    archive.writestr(f"{subject.name}/fichiers/{Path(item.name).name}", file.read())
        Export.objects.filter(pk=export.pk).update(done=number)
    promises = [promise for subject in registry.subjects() for promise in subject.promises()]
    context = {"person": export.user, "day": clock.today(), "sheets": told, "promises": promises}
    archive.writestr("LISEZ-MOI.txt", render_to_string("privacy/readme.txt", context))


def _csv(rows: Any) -> str:
    """With a mark that spreadsheets know as UTF-8; a cell that would be a formula is shown as text (FAULTS S19)."""
    out = io.StringIO()
    out.write("\ufeff")
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, Mapping | list):
        value = json.dumps(value, cls=PlainJSON, ensure_ascii=False)
    return plain_cell(value)


def _tell(person: User) -> None:
    with translation.override("fr"):
        text = render_to_string("mails/export_ready.txt", {"url": settings.BASE_URL + reverse("privacy:home")})
        EmailMessage(_("The copy of your data is ready"), text, to=[person.email]).send()
