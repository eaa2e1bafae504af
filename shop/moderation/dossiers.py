"""What an application shows to those who judge it. The room of openings, above this one, registers who makes the file.

Peers read `rows` and the pictures of the making; `confidential` is for operators alone. Pictures have no public address: the
pages of this room read them through `picture`, after asking who looks.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shop.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class MakingPicture:
    """A picture of the making; `key` names it in addresses of this room."""

    key: int
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """`missing` are sentences: while there is one, the boutique cannot be opened."""

    submitted_at: datetime | None = None
    rows: tuple[Row, ...] = ()
    confidential: tuple[Row, ...] = ()
    pictures: tuple[MakingPicture, ...] = ()
    missing: tuple[str, ...] = ()


class Provider(Protocol):
    def dossier(self, vendor: Vendor) -> Dossier: ...

    def picture(self, vendor: Vendor, key: int) -> tuple[bytes, str] | None:
        """The bytes and their type (« image/webp »); None when the boutique has no such picture."""


_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Called by the room of openings when it is ready; the last one counts."""
    _providers[:] = [provider]


def dossier_of(vendor: Vendor) -> Dossier:
    return _providers[0].dossier(vendor) if _providers else Dossier()


def picture_of(vendor: Vendor, key: int) -> tuple[bytes, str] | None:
    return _providers[0].picture(vendor, key) if _providers else None
