"""Old counts go: two years and a month are enough to compare a season with the last. May run twice."""

from datetime import timedelta

from django_tasks import task
from lapinblanc import clock

from shop.statistics.models import VisitCount, WordCount

KEPT = timedelta(days=760)


@task
def forget_old() -> int:
    limit = clock.today() - KEPT
    return int(VisitCount.objects.filter(day__lt=limit).delete()[0] + WordCount.objects.filter(day__lt=limit).delete()[0])
