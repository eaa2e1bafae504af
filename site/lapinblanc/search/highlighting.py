"""Marks in texts: the words that answer the question, and the passage of a long text where most of them stand."""

from lapinblanc.search.analysis.question import Understood
from lapinblanc.search.analysis.stems import stem
from lapinblanc.search.analysis.words import words
from lapinblanc.search.engine import MARK_END, MARK_START

AROUND = 160


def wanted(understood: Understood) -> frozenset[str]:
    """The stems to mark: what was typed, mended, and the single words that stand for it."""
    return frozenset(s for term in understood.asked for a in term.alternatives for s in a.stems if len(a.stems) == 1 or a.why == "typed")


def marked(text: str, stems: frozenset[str], language: str) -> str:
    """The text with marks around the words whose stem is wanted."""
    pieces: list[str] = []
    last = 0
    for start, end in _places(text, stems, language):
        if start >= last:
            pieces.extend((text[last:start], MARK_START, text[start:end], MARK_END))
            last = end
    return "".join((*pieces, text[last:]))


def passage(text: str, stems: frozenset[str], language: str) -> str:
    """About two lines of the text, where most wanted words stand together, with marks; its beginning when none does."""
    places = _places(text, stems, language)
    first = 0
    if places:
        starts = [start for start, _end in places]
        first = max(starts, key=lambda start: len({text[s:e].lower() for s, e in places if start <= s < start + AROUND}))
        first = _beginning(text, first)
    piece = text[first : first + AROUND]
    if first + AROUND < len(text):
        piece = piece.rsplit(" ", 1)[0] + " …"
    return ("… " if first else "") + marked(piece, stems, language)


def _beginning(text: str, start: int) -> int:
    """Where to begin so that a word at `start` is read within its sentence."""
    window = text[max(0, start - 60) : start]
    for sign in (". ", " : ", ", "):
        if sign in window:
            return max(0, start - 60) + window.rindex(sign) + len(sign)
    return 0 if start < 60 else start


def _places(text: str, stems: frozenset[str], language: str) -> list[tuple[int, int]]:
    return [(word.start, word.end) for word in words(text, language) if stem(word.folded, language) in stems]
