"""Who looks at a listing before everybody does: the room of moderation registers; without it, everything is published at once.

Asked inside the transaction that publishes, with the listing locked.
"""

from typing import Any, Protocol


class Screen(Protocol):
    def holds(self, product: Any, *, before: str) -> bool:
        """Whether the listing waits for a person; `before` is the state it comes from."""

    def published(self, product: Any) -> None:
        """It went live without waiting: it may be looked at afterwards."""

    def changed(self, product: Any, *, since: int) -> None:
        """A live listing was written anew; `since` is the revision that readers saw before."""

    def taken_back(self, product: Any) -> None:
        """Its vendor took it out of the queue."""


_screens: list[Screen] = []


def register(screen: Screen) -> None:
    """Called by a room when it is ready."""
    if screen not in _screens:
        _screens.append(screen)


def holds(product: Any, *, before: str) -> bool:
    return any(screen.holds(product, before=before) for screen in _screens)


def published(product: Any) -> None:
    for screen in _screens:
        screen.published(product)


def changed(product: Any, *, since: int) -> None:
    for screen in _screens:
        screen.changed(product, since=since)


def taken_back(product: Any) -> None:
    for screen in _screens:
        screen.taken_back(product)
