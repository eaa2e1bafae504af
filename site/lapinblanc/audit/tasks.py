"""Jobs of the journal. Running twice is the same as once."""

from datetime import timedelta

from auditlog.models import LogEntry
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django_tasks import task

from lapinblanc import clock

# LAW D2: technical records are kept for twelve months. The trigger lets nothing else through.
ADDRESSES_KEPT = timedelta(days=366)


@task
def drop_old_addresses() -> int:
    """Forget where entries older than twelve months came from; the entries themselves stay. Sign-ins go whole. Returns how many."""
    limit = clock.now() - ADDRESSES_KEPT
    old = LogEntry.objects.filter(timestamp__lt=limit, remote_addr__isnull=False)
    signed_in = sum(model.objects.filter(attempt_time__lt=limit).delete()[0] for model in (AccessAttempt, AccessFailureLog, AccessLog))
    return old.update(remote_addr=None, remote_port=None) + signed_in
