"""The sandbox's job: settle and deliver events that are due. Running twice sends nothing twice."""

from django_tasks import task

from shop.psp.providers.sandbox.delivery import deliver_due


@task()
def deliver() -> int:
    return deliver_due()
