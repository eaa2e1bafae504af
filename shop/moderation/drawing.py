"""Drawing by lot, so that anybody can check it: the order of the candidates by the digest of seed and number. Pure.

The seed comes from the case itself: nobody chooses it, so nobody can draw again until the peers please.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime


def seed_of(*, case: int, opened_at: datetime, turn: int) -> str:
    """The seed of the draw number `turn` (0 first) of a case."""
    return hashlib.sha256(f"{case}|{opened_at.isoformat()}|{turn}".encode()).hexdigest()


def draw(seed: str, candidates: Iterable[int], count: int) -> list[int]:
    """`count` of the candidates, or all when there are fewer; their order in `candidates` changes nothing."""
    return sorted(set(candidates), key=lambda number: hashlib.sha256(f"{seed}|{number}".encode()).hexdigest())[:count]


def sampled(secret: str, key: str, permille: int) -> bool:
    """Whether one thing falls into a sample of `permille` in a thousand; the same for the same secret and key."""
    digest = hashlib.sha256(f"{secret}|{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 1000 < permille
