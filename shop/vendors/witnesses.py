"""Who, besides its own team, may look at what a boutique shows in confidence: peers drawn by lot, while they judge.

Rooms that draw them register here when they are ready; nobody may look until one says so.
"""

from collections.abc import Callable
from typing import Any

from shop.vendors.models import Vendor

_rooms: list[Callable[[Any, Vendor], bool]] = []


def register(says: Callable[[Any, Vendor], bool]) -> None:
    """`says(user, vendor)`: this person is judging this boutique now."""
    if says not in _rooms:
        _rooms.append(says)


def may_witness(user: Any, vendor: Vendor) -> bool:
    return bool(user.is_authenticated) and any(says(user, vendor) for says in _rooms)
