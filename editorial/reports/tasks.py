"""The daily job of the reports. Running twice is the same as once."""

from django_tasks import task

from editorial.reports.missing import forget_old


@task()
def forget_old_addresses() -> int:
    """Addresses not found that nobody asked for in ninety days are forgotten; the count is the job's result."""
    return forget_old()
