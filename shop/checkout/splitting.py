"""How one purchase becomes one order per vendor. Pure: works on anything that has a vendor."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


def split_by_vendor(items: Iterable[Item], *, vendor_of: Callable[[Item], Key]) -> list[tuple[Key, list[Item]]]:
    """Items grouped by vendor, vendors and items in the order in which they came; nothing lost, nothing twice."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(vendor_of(item), []).append(item)
    return list(groups.items())
