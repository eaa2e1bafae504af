"""What a case may be about: each kind of thing registers how it is found, taken away and put back. This room's own are in `things`.

A kind never decides: `take_away` and `put_back` are called by `carrying` alone, after the reasons were told.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from shop.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """Something attached, for operators to save and look at."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Target:
    """A thing as operators and those who report it see it. `state`: its own word; `email`: who is told of decisions.

    `private`: shown to a few alone. It has no page for operators, and no case but from a notice of those few.
    """

    kind: str
    number: int
    title: str
    url: str
    state: str
    state_label: str
    vendor: Vendor | None
    person: Any
    email: str
    facts: tuple[Fact, ...] = ()
    pictures: tuple[Any, ...] = ()
    files: tuple[File, ...] = ()
    public: bool = True
    private: bool = False


class Kind(Protocol):
    key: str
    label: Any

    def find(self, number: int) -> Target | None: ...

    def measures(self, state: str, *, appealed: str) -> tuple[str, ...]:
        """What can be decided of a thing in this state; `appealed`: the measure that an appeal is about, or nothing."""

    def take(self, number: int, measure: str) -> str | None:
        """Carry a measure out; the state it had before, None when there is nothing left to do."""

    def put_back(self, number: int, before: str) -> None: ...


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called by a room when it is ready."""
    _kinds[kind.key] = kind


def kinds() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


def kind_of(key: str) -> Kind | None:
    return _kinds.get(key)


def find(key: str, number: int) -> Target | None:
    """None for a kind or a number that nobody knows."""
    kind = _kinds.get(key)
    return kind.find(number) if kind is not None and 0 < number < 2**63 else None
