"""Jobs of the imports. A killed one is begun again by the clock and goes on from its last line."""

from django.db import transaction
from django.utils import translation
from django_tasks import task
from lapinblanc.jobs.tracked import left_behind, run_tracked

from shop.importing.models import ImportRun, Stage
from shop.importing.running import begin, forget_files, work


@task()
def carry_on(pk: int) -> bool:
    with translation.override("fr"):
        worked = run_tracked(ImportRun, pk, work)
    # After the listings their pictures, without being asked again.
    run = ImportRun.objects.get(pk=pk)
    if worked and run.stage == Stage.IMPORTING and run.state == "done" and run.lines.filter(trial=False).exclude(pictures=[]).exists() and begin(run=run, stage=Stage.PICTURES):
        carry_on.enqueue(pk)
    return worked


@task()
def look_after() -> int:
    """Every few minutes: imports whose worker was killed, and files that are old."""
    forget_files()
    late = left_behind(ImportRun)
    for pk in late:
        carry_on.enqueue(pk)
    return len(late)


def start(run: ImportRun, stage: str) -> bool:
    """Put a stage's work into the queue, once the request's transaction is over."""
    with transaction.atomic():
        begun = begin(run=run, stage=stage)
        if begun:
            transaction.on_commit(lambda: carry_on.enqueue(run.pk))
    return begun
