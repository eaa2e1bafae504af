"""How much a word of a question tells: the rarer in the index, the more."""

from math import log

from lapinblanc.search.analysis.question import Asked

LEAST = 0.05
OPTIONAL = 0.5


def rarity(term: Asked, size: int) -> float:
    """The inverse document frequency of BM25 among `size` documents; half of it for a word that results may lack."""
    seen = min(max(term.documents, 1), max(size, 1))
    return max(log(1 + (size - seen + 0.5) / (seen + 0.5)), LEAST) * (OPTIONAL if term.optional else 1.0)
