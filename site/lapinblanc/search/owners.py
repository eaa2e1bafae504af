"""Whose results are whose: a room registers how to tell, so that a vendor is shown why a creation of theirs stands where it does."""

from collections.abc import Callable
from typing import Any

_registered: list[Callable[[Any], frozenset[int]]] = []


def register(owned: Callable[[Any], frozenset[int]]) -> None:
    """`owned(user)` gives the numbers of the boutiques that a signed-in person works for."""
    _registered[:] = [owned]


def owned_by(user: Any) -> frozenset[int]:
    """Empty for an anonymous visitor, at no cost."""
    return _registered[0](user) if _registered and user.is_authenticated else frozenset()
