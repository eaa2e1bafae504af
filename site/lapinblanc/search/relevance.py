"""How good a ranking is, against judgements: nDCG@10, recall@20, the share of questions without an answer."""

from collections.abc import Mapping, Sequence
from math import log2

Gains = Mapping[str, float]


def ndcg(ranking: Sequence[str], gains: Gains, depth: int = 10) -> float:
    """Discounted gain of the first `depth` over the best possible one (gain 2^g - 1, discount log2(rank + 1)); 0 to 1."""
    found = sum((2 ** gains.get(document, 0.0) - 1) / log2(rank + 2) for rank, document in enumerate(ranking[:depth]))
    ideal = sorted((gain for gain in gains.values() if gain > 0), reverse=True)[:depth]
    best = sum((2**gain - 1) / log2(rank + 2) for rank, gain in enumerate(ideal))
    return found / best if best else 0.0


def recall(ranking: Sequence[str], gains: Gains, depth: int = 20) -> float:
    """The share of the documents with a gain that stand among the first `depth`; 0 to 1."""
    wanted = {document for document, gain in gains.items() if gain > 0}
    return len(wanted & set(ranking[:depth])) / len(wanted) if wanted else 0.0
