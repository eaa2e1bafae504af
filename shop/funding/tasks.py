"""Jobs of the fundings: the sweep, the closing, the mails of news. Running twice is the same as once."""

from django_tasks import task

from shop.funding.closing import close_due
from shop.funding.sweep import sweep_pledges
from shop.funding.updates import mail_due


@task()
def sweep() -> dict[str, int]:
    """Expire, finish and let go; the counts are the job's result."""
    report = sweep_pledges()
    return {"settled": report.settled, "expired": report.expired, "failed": report.failed}


@task()
def close() -> int:
    """Decide projects whose date has come and take or let go their promises; returns how many."""
    return close_due()


@task()
def mail_news() -> int:
    """News that wait to be mailed."""
    return mail_due()
