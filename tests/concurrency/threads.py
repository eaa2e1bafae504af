"""Runs one function in many threads that start together; gives back what each returned or raised."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def run_concurrently(work: Callable[[int], Any], count: int) -> list[Any]:
    """`work(i)` in `count` threads at once; an exception counts as that thread's result."""
    start = threading.Barrier(count)
    results: list[Any] = [None] * count

    def run(index: int) -> None:
        try:
            start.wait()
            results[index] = work(index)
        except Exception as raised:  # noqa: BLE001  what was raised is the result
            results[index] = raised
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=90)
    return results
