"""Jobs of the checkout: the sweep every twenty seconds. Running twice is the same as once."""

from django_tasks import task

from shop.checkout.personal import forget_old_contracts
from shop.checkout.sweep import sweep_checkouts
from shop.order.mails import resend_waiting


@task()
def sweep() -> dict[str, int]:
    """Expire, repair, refund, and try mails again; the counts are the job's result."""
    report = sweep_checkouts()
    return {"settled": report.settled, "expired": report.expired, "refunds": report.refunds_sent, "failed": report.failed, "mails": resend_waiting()}


@task()
def end_of_archive() -> int:
    """Names leave contracts that were kept as long as the law asks."""
    return forget_old_contracts()
