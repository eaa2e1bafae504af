"""A question as tsqueries and as the expression that scores a row.

`ts_rank` of one lexeme saturates with its occurrences and takes the best of its fields' weights: times the rarity of the word
and damped by the length of the text, it is a BM25F of core PostgreSQL (S. Robertson and H. Zaragoza, 2009).
"""

from dataclasses import dataclass
from typing import Any

from lapinblanc.search.analysis.question import Alternative, Asked, Understood
from lapinblanc.search.analysis.rarity import rarity
from lapinblanc.search.analysis.synonyms import Stems
from lapinblanc.search.ranking import POSTGRES as W

STRONG = ("typed", "joined", "mended", "=", ">")


def lexemes(stems: Stems) -> str:
    """A word, or words next to each other, as a tsquery."""
    quoted = [f"'{stem}'" for stem in stems]
    return quoted[0] if len(quoted) == 1 else f"({' <-> '.join(quoted)})"


def term_query(term: Asked, *, related: bool = False) -> str:
    """All that answers a term; what is only related to it on demand."""
    parts = [lexemes(a.stems) for a in term.alternatives if related or a.why in STRONG]
    return f"({' | '.join(parts)})"


def all_words(understood: Understood) -> str:
    """The tsquery of documents that hold every word that counts, empty when nothing was asked."""
    return " & ".join(term_query(term) for term in understood.required)


def tiers(understood: Understood) -> list[str]:
    """Looser and looser tsqueries for documents near the question: all words but one, then pairs and rare words, then any word."""
    terms = sorted(understood.asked, key=lambda term: term.documents)
    queries = [term_query(term, related=True) for term in terms]
    found = []
    if len(queries) > 2:
        found.append(" | ".join(f"({' & '.join(q for other, q in enumerate(queries) if other != place)})" for place in range(len(queries))))
    if len(queries) > 1:
        pairs = [f"({a} & {b})" for place, a in enumerate(queries) for b in queries[place + 1 :]]
        found.append(" | ".join([*pairs, queries[0]]))
    found.append(" | ".join(queries))
    return found


@dataclass(frozen=True, slots=True)
class Scoring:
    """A SQL expression over a row's `vector` and `length`, between 0 and about 1, and its values."""

    expression: str
    values: list[Any]


def scoring(understood: Understood, mean_length: float) -> Scoring:
    """The score of a row: each word by its rarity, then how much of the question is there, then words side by side."""
    if not understood.asked:
        return Scoring("0", [])
    weights = [rarity(term, understood.size) for term in understood.asked]
    total = sum(weights)
    parts, present, values, matched = [], [], [], []
    for term, weight in zip(understood.asked, weights, strict=True):
        expression, used = _term_score(term, mean_length)
        parts.append(f"{weight / total:.6f} * {expression}")
        values.extend(used)
        present.append(f"{weight / total:.6f} * (vector @@ %s::tsquery)::int")
        matched.append(term_query(term, related=True))
    text = f"({' + '.join(parts)})"
    covered = f"power({' + '.join(present)}, {W.coverage})"
    near, near_values = _side_by_side(understood, weights, total)
    return Scoring(f"({text} + {near}) * {covered}", [*values, *near_values, *matched])


def _term_score(term: Asked, mean_length: float) -> tuple[str, list[Any]]:
    """The best of its alternatives: each a saturated frequency in the head (title, keywords) and in the text."""
    groups: dict[float, list[str]] = {}
    values: list[Any] = []
    ranks: list[str] = []
    for alternative in term.alternatives:
        if len(alternative.stems) == 1:
            groups.setdefault(alternative.weight, []).append(lexemes(alternative.stems))
    for weight, found in groups.items():
        ranks.append(_rank(weight * len(found) ** W.many, mean_length))
        values.extend([" | ".join(found)] * 2)
    for alternative in [a for a in term.alternatives if len(a.stems) > 1][:6]:
        expression, used = _phrase(alternative, mean_length)
        ranks.append(expression)
        values.extend(used)
    return (f"greatest({', '.join(ranks)})" if len(ranks) > 1 else ranks[0]), values


def _rank(weight: float, mean_length: float) -> str:
    damping = f"({1 - W.damping} + {W.damping} * length / {max(mean_length, 1.0):.2f})"
    return f"{weight:.4f} * (ts_rank({_array(W.head)}, vector, %s::tsquery) + ts_rank({_array(W.text)}, vector, %s::tsquery) / {damping})"


def _phrase(alternative: Alternative, mean_length: float) -> tuple[str, list[Any]]:
    phrase = lexemes(alternative.stems)
    together = " & ".join(f"'{stem}'" for stem in alternative.stems)
    return f"CASE WHEN vector @@ %s::tsquery THEN {_rank(alternative.weight * 0.8, mean_length)} ELSE 0 END", [phrase, together, together]


def _side_by_side(understood: Understood, weights: list[float], total: float) -> tuple[str, list[Any]]:
    """Neighbours in the question that are neighbours in the document."""
    parts, values = ["0"], []
    stems = [term.stem for term in understood.asked]
    for place in range(len(stems) - 1):
        bonus = W.neighbours * (weights[place] + weights[place + 1]) / total
        parts.append(f"{bonus:.6f} * ts_rank({_array(W.head_and_text)}, vector, %s::tsquery) * (vector @@ %s::tsquery)::int")
        values.extend([f"'{stems[place]}' & '{stems[place + 1]}'", f"'{stems[place]}' <-> '{stems[place + 1]}'"])
    return f"({' + '.join(parts)})", values


def _array(weights: tuple[float, ...]) -> str:
    return f"ARRAY[{', '.join(map(str, weights))}]::real[]"
