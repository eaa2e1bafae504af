"""A question as values: words asked, what answers each, and what an index must tell of its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from lapinblanc.search.analysis.synonyms import Stems


class Lexicon(Protocol):
    """The words of an index."""

    def documents(self, stems: Iterable[str]) -> dict[str, int]:
        """In how many documents each stem stands; unknown ones are left out."""
        ...

    def near(self, word: str) -> list[tuple[str, str, int]]:
        """Known words that may be meant by a misspelt one: (folded, as written, documents)."""
        ...

    def size(self) -> int:
        """Documents in the index."""
        ...


@dataclass(frozen=True, slots=True)
class Alternative:
    """Stems that answer a term (several: next to each other), the words as text, and how much they count (1 = as typed)."""

    stems: Stems
    text: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that was typed, what answers it (never empty), in how many documents it stands, and whether results may lack it."""

    text: str
    alternatives: tuple[Alternative, ...]
    documents: int = 0
    optional: bool = False

    @property
    def stem(self) -> str:
        return self.alternatives[0].stems[0]


@dataclass(frozen=True, slots=True)
class Understood:
    """The whole question. `corrected` is the text after mending, empty when nothing was mended; prices in cents."""

    typed: str
    asked: tuple[Asked, ...]
    corrected: str = ""
    kind: str = ""
    price_from: int | None = None
    price_to: int | None = None
    size: int = 0

    @property
    def required(self) -> tuple[Asked, ...]:
        return tuple(term for term in self.asked if not term.optional) or self.asked

    @property
    def stems(self) -> tuple[str, ...]:
        return tuple(term.stem for term in self.asked)
