"""The pieces of a collection: picked by hand with why, then by its rule, each once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.api import ListingCard

MOST = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """A creation of a collection and why it was picked; `note` is empty where a rule or another piece's place brought it."""

    card: ListingCard
    note: str = ""


def pieces_of(picks: Sequence[tuple[int, str]], ruled: Sequence[int], cards: Mapping[int, ListingCard]) -> list[Piece]:
    """A hundred at most. A piece that takes another's place brings its own words, not those about the one that is gone."""
    found: dict[int, Piece] = {}
    for pk, note in [*picks, *((pk, "") for pk in ruled)]:
        card = cards.get(pk)
        if card is not None:
            found.setdefault(card.id, Piece(card, note if card.id == pk else ""))
    return list(found.values())[:MOST]
