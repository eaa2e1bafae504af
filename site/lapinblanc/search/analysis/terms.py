"""Text to index terms: stems with their places, quickly. Whatever stands between two spaces is analysed once and remembered."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lapinblanc.search.analysis.stems import stem
from lapinblanc.search.analysis.words import bare_number, chunks, words


@dataclass(frozen=True, slots=True)
class Term:
    """A stem, the folded word that it comes from, that word as written, and its place in the text (from 0)."""

    stem: str
    folded: str
    written: str
    place: int


def terms(text: str, language: str) -> Iterator[Term]:
    """The index terms of `text` in order; parts of a compound follow each other, its joined form stands on the first."""
    base = 0
    for chunk in chunks(text):
        found, advance = _of_chunk(chunk, language)
        for stemmed, folded, written, place in found:
            yield Term(stemmed, folded, written, base + place)
        base += advance


def raw_terms(text: str, language: str) -> Iterator[tuple[int, tuple[tuple[str, str, str, int], ...]]]:
    """The same for whoever counts in millions: (place of the chunk, its terms as plain tuples)."""
    base = 0
    for chunk in chunks(text):
        found, advance = _of_chunk(chunk, language)
        if found:
            yield base, found
            base += advance


@lru_cache(maxsize=300_000)
def _of_chunk(chunk: str, language: str) -> tuple[tuple[tuple[str, str, str, int], ...], int]:
    found: tuple[tuple[str, str, str, int], ...] = ()
    for word in words(chunk, language):
        found += ((stem(word.folded, language), word.folded, word.written, word.place),)
        # Whoever asks for « 40 » alone may mean any unit.
        if number := bare_number(word.folded):
            found += ((number, number, number, word.place),)
    return found, (max(word[3] for word in found) + 1 if found else 0)
