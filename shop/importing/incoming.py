"""What a reader makes of some rows: a listing as one value, its pictures by address, and what it has to say about it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shop.catalogue.whole.values import WholeListing

MOST_VARIANTS, MOST_AXES, MOST_PICTURES = 100, 3, 12


class Refused(Exception):
    """These rows make no listing; `message` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class IncomingPicture:
    """`address`: a remote one, or the name of a file in the zip beside; variants name it by `address`."""

    address: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """`key` is the same each time the same listing comes from the same source. `whole` None: `refused` says why.

    `net`: its prices are without VAT. `combinations`: only variants, for a listing that came before (PrestaShop).
    """

    key: str
    lines: tuple[int, int]
    whole: WholeListing | None = None
    pictures: tuple[IncomingPicture, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str = ""
    title: str = ""
    category_words: str = ""
    net: bool = False
    combinations: tuple["Combination", ...] = ()

    @property
    def digest(self) -> str:
        """What came, as a number: the same file twice changes nothing."""
        facts = [self.whole.to_json() if self.whole else None, [(p.address, p.alt) for p in self.pictures], self.net, self.category_words, [c.facts for c in self.combinations]]
        return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Combination:
    """A variant by what it adds to the price and weight of its listing."""

    values: dict[str, str]
    impact_cents: int
    stock: int | None
    sku: str
    impact_g: int
    picture: str = ""

    @property
    def facts(self) -> list[Any]:
        return [self.values, self.impact_cents, self.stock, self.sku, self.impact_g, self.picture]


@dataclass(slots=True)
class Cells:
    """One row by canonical names; a name may stand over several columns. `units`: of the headers that say one."""

    line: int
    by_name: dict[str, list[str]]
    units: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The first cell under this name that holds something."""
        return next((text for cell in self.by_name.get(name, ()) if (text := cell.strip())), "")

    def every(self, name: str) -> list[str]:
        return [text for cell in self.by_name.get(name, ()) if (text := cell.strip())]

    def has(self, name: str) -> bool:
        return name in self.by_name


@dataclass(slots=True)
class Reading:
    """What is said while some rows are read; the same sentence once."""

    notes: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        if sentence not in self.notes and len(self.notes) < 20:
            self.notes.append(sentence)


def refused(key: str, rows: Sequence[Cells], why: str, title: str = "") -> Incoming:
    return Incoming(key=key[:200], lines=lines_of(rows), refused=why, title=title[:255])


def lines_of(rows: Sequence[Cells]) -> tuple[int, int]:
    return (rows[0].line, rows[-1].line) if rows else (0, 0)
