"""The second phase of the ranking, the same for every engine: what the words earned, times what speaks for the page, spread over boutiques.

The engine gives candidates with the score of their words; nothing here reads a database.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lapinblanc import clock
from lapinblanc.search import ranking
from lapinblanc.search.analysis.question import Understood
from lapinblanc.search.analysis.rarity import rarity
from lapinblanc.search.analysis.terms import terms
from lapinblanc.search.document import LISTING
from lapinblanc.search.engine import Hit

_AFTER_THE_NOUN = re.compile(r"[,;:(|–—/]|\s-\s|\b(?:with|for|in|of|from|by)\b", re.IGNORECASE)
CERTAIN = ("typed", "joined", "mended", "part", "=")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that an engine found. `words` is the engine's own score, on any scale."""

    kind: str
    key: int
    words: float
    title: str
    quality: float = 0.0
    vendor: int = 0
    published_at: datetime | None = None
    near: bool = False


def rank(candidates: Sequence[Candidate], understood: Understood, language: str) -> list[Hit]:
    """Hits in the order of the page: exact ones first, each with the reasons of its score."""
    best = max((candidate.words for candidate in candidates), default=1.0) or 1.0
    now = clock.now()
    hits = [_hit(candidate, understood, language, best, now) for candidate in candidates]
    hits.sort(key=lambda hit: (hit.near, -hit.score, hit.kind, hit.key))
    exact = [hit for hit in hits if not hit.near]
    return _spread(exact) + _spread(hits[len(exact) :])


def _hit(candidate: Candidate, understood: Understood, language: str, best: float, now: datetime) -> Hit:
    words = candidate.words / best
    held, whole = _title(candidate.title, understood, language)
    age = (now - candidate.published_at).total_seconds() / 86400 if candidate.published_at else 3650.0
    gains = (
        ("title", ranking.TITLE.most * held * held),
        ("exact", ranking.EXACT.most * whole),
        ("head", ranking.HEAD.most * _head(candidate, understood, language)),
        ("kind", ranking.KIND.most if understood.kind == candidate.kind else 0.0),
        ("quality", candidate.quality),
        ("freshness", ranking.freshness(age)),
    )
    score = words
    for _name, gain in gains:
        score *= 1 + gain
    reasons = (("words", words), *gains)
    return Hit(candidate.kind, candidate.key, score, candidate.near, candidate.vendor, reasons=reasons)


def _title(title: str, understood: Understood, language: str) -> tuple[float, float]:
    """The share of the question (by rarity) that the title holds; and how far the title is the question, 1 when they are the same."""
    if not understood.asked:
        return 0.0, 0.0
    stems = {term.stem for term in terms(title, language)}
    weights = [rarity(term, understood.size) for term in understood.asked]
    held = 0.0
    used: set[str] = set()
    for term, weight in zip(understood.asked, weights, strict=True):
        found = [a for a in term.alternatives if set(a.stems) <= stems]
        if found:
            held += weight * max(a.weight for a in found)
            used.update(stem for a in found if a.why in CERTAIN for stem in a.stems)
    share = held / sum(weights)
    same = len(used & stems) / max(len(stems), 1) if share > 0.99 else 0.0
    return share, same**3


def _head(candidate: Candidate, understood: Understood, language: str) -> float:
    """Whether the thing that the title names is among those asked for: « Savons marbrés » is soap, « Porte-savon » is none."""
    if candidate.kind != LISTING:
        return 0.0
    named = head(candidate.title, language)
    return max((a.weight for term in understood.asked for a in term.alternatives if a.stems[0] in named and a.why != "~"), default=0.0)


def head(title: str, language: str) -> frozenset[str]:
    """The stems of the noun that a title is about: its first word in French, the last before a comma or « with » in English."""
    if language == "en":
        title = _AFTER_THE_NOUN.split(title, maxsplit=1)[0]
    found = list(terms(title, language))
    if not found:
        return frozenset()
    place = found[0].place if language == "fr" else found[-1].place
    stems = [term.stem for term in found if term.place == place]
    # A compound is one thing: its joined form comes first, and its parts are none of it.
    return frozenset(stems[:1])


def _spread(hits: list[Hit]) -> list[Hit]:
    """Each further hit of one boutique counts a little less; order is kept within a boutique."""
    seen: Counter[int] = Counter()
    spread = []
    for hit in hits:
        factor = (1 - ranking.DIVERSITY.most) ** seen[hit.vendor] if hit.vendor and hit.kind == LISTING else 1.0
        seen[hit.vendor] += 1
        spread.append(replace(hit, score=hit.score * factor))
    return sorted(spread, key=lambda hit: -hit.score)
