"""The worker's clock: a job is put in the queue once at a time, and again when the worker that ran it was killed (FAULTS R17)."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from lapinblanc import clock
from lapinblanc.cooperative.tasks import keep_groups_in_step
from lapinblanc.jobs.management.commands.run_worker import Command

pytestmark = pytest.mark.django_db


def test_a_job_of_a_killed_worker_does_not_block_the_next() -> None:
    worker = Command()
    for _tick in range(2):
        worker._enqueue(keep_groups_in_step)
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(status="RUNNING", started_at=clock.now() - timedelta(minutes=5))
    worker._enqueue(keep_groups_in_step)
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(started_at=clock.now() - timedelta(minutes=16))
    worker._enqueue(keep_groups_in_step)
    assert DBTaskResult.objects.filter(status="READY").count() == 1
