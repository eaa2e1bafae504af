"""`manage.py run_worker`: runs jobs from the database, and enqueues the periodic ones when they are due."""

import threading
import time
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from lapinblanc import clock
from lapinblanc.jobs.periodic import registered

KEEP_FINISHED = 500
LOST_AFTER = timedelta(minutes=15)


class Command(BaseCommand):
    help = "Run jobs, periodic ones included."

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=self._tick, daemon=True).start()
        call_command("db_worker", interval=1, verbosity=0)

    def _tick(self) -> None:
        due = {id(job): 0.0 for job in registered()}
        while True:
            for job in registered():
                if time.monotonic() >= due[id(job)]:
                    due[id(job)] = time.monotonic() + job.every.total_seconds()
                    self._enqueue(job.task)
            close_old_connections()
            time.sleep(1)

    def _enqueue(self, task: Any) -> None:
        """Once at a time: a job that still waits is not put in the queue again. Old results are swept away.

        A worker that was killed leaves its job « running » for ever: after a quarter of an hour it counts no more.
        """
        path = task.module_path
        alive = Q(status="READY") | Q(status="RUNNING", started_at__gt=clock.now() - LOST_AFTER)
        if not DBTaskResult.objects.filter(alive, task_path=path).exists():
            task.enqueue()
        old = DBTaskResult.objects.filter(task_path=path, status="SUCCESSFUL").order_by("-enqueued_at")
        DBTaskResult.objects.filter(pk__in=list(old.values_list("pk", flat=True)[KEEP_FINISHED:])).delete()
