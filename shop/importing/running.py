"""The work of an import: the dry run and the import itself, some listings together, going on where it was cut off."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from pathlib import PurePath
from typing import IO, Any

from django.core.files import File
from django.db import DatabaseError, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.jobs.tracked import WorkState

from shop.catalogue.whole.rows import SkuTaken
from shop.importing.grouping import Group, Sorted, recognise
from shop.importing.incoming import Incoming
from shop.importing.models import ImportLine, ImportRun, Outcome, Stage
from shop.importing.recognising import Recognised
from shop.importing.sources import opened
from shop.importing.taking import Taken, Taking
from shop.vendors.models import Vendor

# Listings of one transaction: enough that statements are shared, few enough that the memory stays small and progress is seen.
TOGETHER = 50
OVER = (WorkState.DONE, WorkState.FAILED, WorkState.CANCELLED)


def receive(*, vendor: Vendor, file: IO[bytes], filename: str, by: Any, wanted: str = "auto", options: dict[str, Any] | None = None, pictures: Any = None) -> ImportRun:
    """Keep the file and say what it seems to be. Raises Unreadable."""
    source = opened(file)
    try:
        how = recognise(source, wanted)
    finally:
        source.close()
    file.seek(0)
    hashed = hashlib.sha256()
    while block := file.read(1024 * 1024):
        hashed.update(block)
    digest = hashed.hexdigest()
    file.seek(0)
    run = ImportRun(
        vendor=vendor, asked_by=by, filename=PurePath(filename.replace("\\", "/")).name[:120] or "fichier", digest=digest, format=how.format, confidence=how.confidence,
        headers=how.headers, columns=how.columns, samples=how.samples, header_line=how.header_line, options=options or {}, state=WorkState.DONE,
    )
    stem = f"imports/{vendor.pk}/{digest[:16]}-{clock.now():%Y%m%d%H%M%S%f}"
    run.file.save(f"{stem}.bin", File(file), save=False)
    if pictures is not None:
        run.pictures_file.save(f"{stem}-photos.zip", File(pictures), save=False)
    run.save()
    return run


def set_columns(*, run: ImportRun, columns: list[str], options: dict[str, Any]) -> None:
    """What the person corrected, and chose once for all; ready for the dry run."""
    run.columns, run.options = columns[: len(run.headers)], options
    run.save(update_fields=["columns", "options"])


def recognise_again(*, run: ImportRun, wanted: str, options: dict[str, Any]) -> bool:
    """The person knows better where the file comes from: its columns are read as that format has them. False while it is at work, or was imported."""
    with run.file.open("rb") as file:
        source = opened(file)
        try:
            how = recognise(source, wanted)
        finally:
            source.close()
    rows = ImportRun.objects.filter(pk=run.pk, state__in=OVER, stage__in=(Stage.CHOOSING, Stage.TRYING))
    facts = {"confidence": how.confidence, "columns": how.columns, "headers": how.headers, "samples": how.samples, "header_line": how.header_line}
    return bool(rows.update(format=wanted, options=options, stage=Stage.CHOOSING, **facts))


def again_from(*, run: ImportRun, enqueue: Any) -> None:
    """After a failure or a stop: from the last line on."""
    with transaction.atomic():
        if run.again():
            transaction.on_commit(lambda: enqueue(run.pk))


def begin(*, run: ImportRun, stage: str) -> bool:
    """Put the work of a stage into the queue; False when one is under way already. The caller enqueues the job."""
    rows = ImportRun.objects.filter(pk=run.pk, state__in=OVER).exclude(stage=Stage.UNDONE)
    facts: dict[str, Any] = {"cursor": 0, "done": 0, "total": 0} if stage != Stage.PICTURES else {"done": 0, "total": 0}
    return bool(rows.update(stage=stage, state=WorkState.WAITING, error="", note="", asked_at=clock.now(), ended_at=None, **facts))


def work(run: ImportRun) -> str:
    """What `run_tracked` does for the stage that the run is in."""
    if run.stage == Stage.PICTURES:
        from shop.importing.pictures import fetch_pictures

        return fetch_pictures(run)
    return go_through(run, trial=run.stage == Stage.TRYING)


def go_through(run: ImportRun, *, trial: bool) -> str:
    taking = Taking(run, trial=trial)
    if run.cursor == 0:
        run.lines.filter(trial=trial).delete()
    taking.go_on_from(dict(run.lines.filter(trial=trial).exclude(outcome=Outcome.REFUSED).values_list("key", "first_line")))
    with run.file.open("rb") as file:
        source = opened(file)
        try:
            how = Recognised(run.format, run.confidence, run.headers, run.columns, run.header_line, [])
            with Sorted(source, how) as rows:
                _each(run, rows.groups(run.cursor), rows.count(), taking, done=run.lines.filter(trial=trial).count())
        finally:
            source.close()
    counted = counts(run, trial=trial)
    return _("%(imported)d new, %(updated)d changed, %(unchanged)d unchanged, %(refused)d refused") % counted


def _each(run: ImportRun, groups: Iterable[Group], total: int, taking: Taking, *, done: int) -> None:
    run.advance(done, total=total)
    rows = iter(groups)
    while together := list(islice(rows, TOGETHER)):
        lines = _together(run, together, taking)
        done += len(lines)
        run.cursor = together[-1].number
        run.advance(done, note=lines[-1].title[:200])
    run.advance(done)


def _together(run: ImportRun, groups: list[Group], taking: Taking) -> list[ImportLine]:
    """Some listings and their lines in one transaction, so that a killed run has done each once; where one is refused by the database, each by itself."""
    before = dict(taking.seen)
    try:
        with transaction.atomic():
            taken = taking.take_many([group.incoming for group in groups])
            lines = [_line(run, group, taking, one) for group, one in zip(groups, taken, strict=True)]
            ImportLine.objects.bulk_create(lines)
            ImportRun.objects.filter(pk=run.pk).update(cursor=groups[-1].number)
    except (DatabaseError, SkuTaken, ValueError, OverflowError):
        taking.go_on_from(before)
        return [_one(run, group, taking) for group in groups]
    return lines


def _line(run: ImportRun, group: Group, taking: Taking, taken: Taken) -> ImportLine:
    incoming = group.incoming
    return ImportLine(
        run=run, trial=taking.trial, number=group.number, first_line=incoming.lines[0], last_line=incoming.lines[1], key=incoming.key, title=incoming.title,
        outcome=taken.outcome, sentences=taken.sentences, product=taken.product, warned=bool(taken.sentences) and taken.outcome != Outcome.REFUSED,
        pictures=_wanted(incoming) if taken.pictures and taking.choices.pictures != "none" else [],
    )


def _one(run: ImportRun, group: Group, taking: Taking) -> ImportLine:
    """One listing and its line in one transaction."""
    line = _line(run, group, taking, Taken(Outcome.REFUSED))
    try:
        with transaction.atomic():
            line = _line(run, group, taking, taking.take(group.incoming))
            _keep(run, line)
    except (DatabaseError, ValueError, OverflowError) as wrong:
        line.outcome, line.product, line.pictures = Outcome.REFUSED, None, []
        line.sentences = [_("The database refused it: %(why)s") % {"why": str(wrong).splitlines()[0][:120]}]
        _keep(run, line)
    return line


def _wanted(incoming: Incoming) -> list[list[Any]]:
    """[address, what it shows, the places in the grid of the variants that it shows]."""
    variants = incoming.whole.variants if incoming.whole else ()
    return [[picture.address, picture.alt, [place for place, variant in enumerate(variants) if variant.picture == picture.address]] for picture in incoming.pictures]


def _keep(run: ImportRun, line: ImportLine) -> None:
    line.save()
    ImportRun.objects.filter(pk=run.pk).update(cursor=line.number)


def counts(run: ImportRun, *, trial: bool) -> dict[str, int]:
    """imported, updated, unchanged, warned, refused; and the pictures that wait and that were lost."""
    found = Counter(dict(run.lines.filter(trial=trial).values_list("outcome").annotate(n=Count("pk")).order_by()))
    warned = run.lines.filter(trial=trial).aggregate(n=Count("pk", filter=Q(warned=True)))["n"]
    return {
        "imported": found[Outcome.IMPORTED], "updated": found[Outcome.UPDATED], "unchanged": found[Outcome.UNCHANGED],
        "kept": found[Outcome.KEPT], "warned": warned, "refused": found[Outcome.REFUSED],
    }


def forget_files(older_than: timedelta = timedelta(days=30)) -> int:
    """Files of old runs go; what became of their lines stays to be read."""
    gone = 0
    for run in ImportRun.objects.filter(asked_at__lt=clock.now() - older_than, state__in=OVER).exclude(file=""):
        for stored in (run.file, run.pictures_file):
            if stored:
                stored.delete(save=False)
        ImportRun.objects.filter(pk=run.pk).update(file="", pictures_file="")
        gone += 1
    return gone
