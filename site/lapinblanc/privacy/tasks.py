"""Jobs of privacy. Each may run twice or be killed: a copy is made once, an erasure is one transaction."""

from datetime import timedelta

from django.core.management import call_command
from django_tasks import task

from lapinblanc import clock
from lapinblanc.privacy import erasing, exporting
from lapinblanc.privacy.models import Export, ExportState

# A job that was killed leaves its copy waiting: it is begun again after this long.
PATIENCE = timedelta(minutes=15)


@task
def make_export(pk: int) -> bool:
    return exporting.write_export(pk)


@task
def erase_account(pk: int) -> bool:
    return erasing.carry_out(pk)


@task
def tidy() -> dict[str, int]:
    """Hourly: copies that are over, copies that were cut short, erasures that are due, sessions that have ended."""
    gone = exporting.remove_old()
    late = list(Export.objects.filter(state=ExportState.ASKED, asked_at__lt=clock.now() - PATIENCE).values_list("pk", flat=True))
    for pk in late:
        make_export.enqueue(pk)
    due = erasing.due()
    for pk in due:
        erase_account.enqueue(pk)
    call_command("clearsessions")
    return {"gone": gone, "begun_again": len(late), "erasures": len(due)}
