"""The charter of the hand-made: dated texts in `fixtures/reference/charte/`, never changed once signed; a new one is a new file.

A boutique keeps the version that it signed and when.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class CharterText:
    """`version` is the month from which it is signed, as `2026-11`."""

    version: str
    articles: tuple[Article, ...]


@cache
def versions() -> tuple[CharterText, ...]:
    """All of them, the oldest first."""
    folder = settings.ROOT / "fixtures" / "reference" / "charte"
    return tuple(CharterText(path.stem, _articles(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.txt")))


def current() -> CharterText:
    """The one that is signed today."""
    return versions()[-1]


def _articles(text: str) -> tuple[Article, ...]:
    found = []
    for block in text.strip().split("\n\n"):
        title, _newline, words = block.partition("\n")
        found.append(Article(title, " ".join(words.split("\n"))))
    return tuple(found)
