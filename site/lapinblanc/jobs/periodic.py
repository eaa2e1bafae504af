"""What the worker does by the clock: rooms register a job with its interval; the worker enqueues it when due.

Every such job may run twice or late.
"""


from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Periodic:
    task: Any
    every: timedelta


_registered: list[Periodic] = []


def register(task: Any, *, every: timedelta) -> None:
    """Called by a room when it is ready; `task` is a django-tasks task without arguments."""
    if all(known.task is not task for known in _registered):
        _registered.append(Periodic(task, every))


def registered() -> tuple[Periodic, ...]:
    return tuple(_registered)


