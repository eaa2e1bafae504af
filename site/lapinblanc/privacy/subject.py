"""What a room says of the personal data it keeps: the port between the rooms and the copies and erasures made here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from lapinblanc.choices import TextChoices


class Fate(TextChoices):
    GOES = "goes", _("erased")
    CHANGES = "changes", _("made anonymous")
    STAYS = "stays", _("kept")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a copy: `name` becomes the file's, in ASCII; rows have the same keys; `about` explains it to its owner."""

    name: str
    about: str
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a copy, by its path in the media storage, or in the private one."""

    name: str
    path: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What becomes of one kind of data at an erasure, and why: shown before, held by the tests after."""

    what: Any
    fate: Fate
    why: Any


@dataclass(slots=True)
class Outcome:
    """Rows erased or made anonymous, rows kept, and media files to remove once the transaction has ended."""

    erased: int = 0
    kept: int = 0
    files: tuple[str, ...] = ()


class Subject(Protocol):
    """One room. `models` are the labels of the tables it answers for; `obstacles` are sentences, empty when none."""

    @property
    def name(self) -> str: ...

    @property
    def models(self) -> tuple[str, ...]: ...

    def promises(self) -> Sequence[Promise]: ...

    def obstacles(self, user: Any) -> Sequence[str]: ...

    def export(self, user: Any) -> Iterable[Sheet | Attachment]: ...

    def erase(self, user: Any) -> Outcome: ...
