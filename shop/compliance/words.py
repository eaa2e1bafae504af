"""Words that the law keeps, found in a text with the place, the reason and what to write instead (LAW G6-G8, P7, P8). Pure.

Elisions, accents, capitals, plurals and feminines are read through; invisible signs are passed over. Linear time.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lapinblanc.soldes import uses_of_soldes

from shop.compliance.reserved import BLOCKS, RULES, Rule

MOST_SIGNS = 60_000
APOSTROPHES = "’‘ʼ`´′"
HYPHENS = "‐‑–"


@dataclass(frozen=True, slots=True)
class WordNote:
    """`start` and `end` are places in the text as it was given; `severity`: blocks or warns."""

    start: int
    end: int
    word: str
    why: str
    instead: str
    severity: str
    source: str

    @property
    def blocks(self) -> bool:
        return self.severity == BLOCKS


def lint(text: str, *, artisan_proved: bool = False, soldes_open: bool = False) -> tuple[WordNote, ...]:
    """What is to be written otherwise, in the order of the text."""
    text = text[:MOST_SIGNS]
    folded, places = _folded(text)
    found = [] if soldes_open else [_soldes(text, start, end) for start, end in uses_of_soldes(text)]
    for rule in RULES:
        if rule.proof and artisan_proved:
            continue
        for match in rule.pattern.finditer(folded):
            if not _lifted(rule, folded, match.start(), match.end()):
                start, end = places[match.start()], places[match.end() - 1] + 1
                found.append(WordNote(start, end, text[start:end], str(rule.why), str(rule.instead), rule.severity, rule.source))
    return tuple(sorted(found, key=lambda note: (note.start, note.end)))


def blocking(texts: Mapping[str, str] | Iterable[str], *, artisan_proved: bool = False, soldes_open: bool = False) -> list[str]:
    """Sentences for the words that keep a listing from being published, each word once."""
    said: dict[str, str] = {}
    for text in texts.values() if isinstance(texts, Mapping) else texts:
        for note in lint(text, artisan_proved=artisan_proved, soldes_open=soldes_open):
            if note.blocks:
                said.setdefault(note.word.lower(), _("« %(word)s »: %(why)s Write instead: %(instead)s.") % {"word": note.word, "why": note.why, "instead": note.instead})
    return list(said.values())


def _lifted(rule: Rule, folded: str, start: int, end: int) -> bool:
    """Whether the words around lift the rule: those before and those after are read apart."""
    if rule.unless is None:
        return False
    before, after = folded[max(0, start - rule.before) : start], folded[end : end + rule.after]
    return bool(rule.unless.search(before) or rule.unless.search(folded[start:end]) or rule.unless.search(after))


def _folded(text: str) -> tuple[str, list[int]]:
    """Lower case without accents or invisible signs, and for each of its signs the place in the text."""
    signs, places = [], []
    for place, sign in enumerate(text):
        category = unicodedata.category(sign)
        if category in ("Mn", "Cf"):
            continue
        if sign in APOSTROPHES:
            plain = "'"
        elif sign in HYPHENS:
            plain = "-"
        elif category == "Zs":
            plain = " "
        else:
            plain = {"œ": "o", "Œ": "o"}.get(sign) or unicodedata.normalize("NFKD", sign)[0].lower()[0]
        signs.append(plain)
        places.append(place)
    return "".join(signs), places


def _soldes(text: str, start: int, end: int) -> WordNote:
    return WordNote(
        start, end, text[start:end], _("The word « soldes » is kept for the legal periods, in January and June."),
        _("a lower price, a price of the season"), BLOCKS, "C. com. L310-3",
    )
