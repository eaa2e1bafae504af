"""Jobs of the journal. Running twice is the same as once."""

from datetime import timedelta

from auditlog.models import LogEntry
from django_tasks import task

from lapinblanc import clock

# LAW D2: technical records are kept for twelve months. The trigger lets nothing else through.
ADDRESSES_KEPT = timedelta(days=366)


@task
def drop_old_addresses() -> int:
    """Forget where entries older than twelve months came from; the entries themselves stay. Returns how many."""
    old = LogEntry.objects.filter(timestamp__lt=clock.now() - ADDRESSES_KEPT, remote_addr__isnull=False)
    return old.update(remote_addr=None, remote_port=None)
