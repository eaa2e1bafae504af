"""Jobs of the workshop. Each may run twice: a moment is taken once, old versions go once."""

from django_tasks import task

from shop.catalogue.scheduling import publish_due
from shop.catalogue.whole.versions import forget_old


@task
def publish_scheduled() -> int:
    return publish_due()


@task
def tidy_versions() -> int:
    return forget_old()
