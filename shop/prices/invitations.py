"""Campaigns that invite boutiques to lower some prices. The room that knows campaigns registers; the shop keeps their keys alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lapinblanc import clock


@dataclass(frozen=True, slots=True)
class Invitation:
    """A campaign that has not started, as boutiques see it; `key` names it in an address too."""

    key: str
    title: str
    words: str
    starts_at: datetime
    ends_at: datetime


_providers: list[Callable[[], Sequence[Invitation]]] = []


def register(provider: Callable[[], Sequence[Invitation]]) -> None:
    """Called by a room when it is ready."""
    if provider not in _providers:
        _providers.append(provider)


def open_invitations() -> list[Invitation]:
    """What can still be joined, the next first."""
    now = clock.now()
    found = [invitation for provider in _providers for invitation in provider() if invitation.starts_at > now]
    return sorted(found, key=lambda invitation: invitation.starts_at)


def open_invitation(key: str) -> Invitation | None:
    return next((invitation for invitation in open_invitations() if invitation.key == key), None)
