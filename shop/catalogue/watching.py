"""A public page of a listing or of a boutique was read: rooms that count register here. The catalogue knows none of them."""

from collections.abc import Callable
from typing import Any

_watchers: list[Callable[..., None]] = []


def watch(watcher: Callable[..., None]) -> None:
    """`watcher(request, vendor_id=…, product_id=… or None)`; called by a room when it is ready."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def seen(request: Any, *, vendor_id: int, product_id: int | None = None) -> None:
    for watcher in _watchers:
        watcher(request, vendor_id=vendor_id, product_id=product_id)
