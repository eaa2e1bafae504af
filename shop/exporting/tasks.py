"""Jobs of the archives. Each may run twice or be killed: a run is made once, and begun again when its worker died."""

from django_tasks import task
from lapinblanc.jobs.tracked import left_behind, run_tracked

from shop.exporting.asking import remove_old
from shop.exporting.making import write_archive
from shop.exporting.models import ExportRun


@task
def make_archive(pk: int) -> bool:
    return run_tracked(ExportRun, pk, write_archive)


@task
def tidy() -> dict[str, int]:
    """Every few minutes: archives that are over, and runs whose worker was killed."""
    late = left_behind(ExportRun)
    for pk in late:
        make_archive.enqueue(pk)
    return {"gone": remove_old(), "begun_again": len(late)}
