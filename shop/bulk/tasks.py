"""Jobs of changes of many creations. Running one twice does nothing more; what a killed worker left is gone on with."""

from django_tasks import task
from lapinblanc.jobs.tracked import left_behind

from shop.bulk import applying
from shop.bulk.models import Change, Step


@task
def carry_on_change(pk: int) -> bool:
    return applying.carry_on(pk)


@task
def go_on() -> int:
    left = Change.objects.filter(pk__in=left_behind(Change), step__in=(Step.APPLYING, Step.UNDOING)).values_list("pk", flat=True)
    for pk in left:
        carry_on_change.enqueue(pk)
    return len(left)
