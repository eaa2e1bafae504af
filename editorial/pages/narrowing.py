"""Filters over the pieces of a collection: the same facets, words and addresses as the search's, counted over at most a hundred pieces."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from lapinblanc.search import addresses, facets
from lapinblanc.search.addresses import Address
from lapinblanc.search.engine import Filters
from lapinblanc.search.facets import Bar, Chip, FacetView
from lapinblanc.search.views import money

from editorial.pages.pieces import Piece
from shop import api

FACETS = ("material", "colour", "availability", "extra", "department")
ENOUGH = 6
"""Fewer pieces are seen at a glance: no filters."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What `search/_filters.html` shows beside the pieces of a collection, and the pieces that are left."""

    address: Address
    pieces: list[Piece]
    total: int
    facets: tuple[FacetView, ...] = ()
    chips: tuple[Chip, ...] = ()
    bars: tuple[Bar, ...] = ()
    about: bool = False

    @property
    def shown(self) -> bool:
        return bool(self.facets or self.chips or self.bars)

    @property
    def narrowed(self) -> bool:
        return self.address.narrowed

    @property
    def clear_url(self) -> str:
        return self.address.cleared().url

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self.address.pairs() if pair[0] != "prix")

    @property
    def price_from(self) -> str:
        return "" if self.address.price_from is None else str(self.address.price_from // 100)

    @property
    def price_to(self) -> str:
        return "" if self.address.price_to is None else str(self.address.price_to // 100)


def narrow(pieces: Sequence[Piece], *, path: str, query: QueryDict) -> Shelf:
    """The pieces that answer the filters of an address, and what each other filter would leave; three queries at most."""
    address = _only_ours(addresses.read(path, query))
    if len(pieces) < ENOUGH and not address.narrowed:
        return Shelf(address, list(pieces), len(pieces))
    facts = api.listing_facets([piece.card.id for piece in pieces])
    counts = {name: _counts(name, pieces, facts, address.filters) for name in (*FACETS, "price")}
    left = [piece for piece in pieces if _answers(facts.get(piece.card.id), address.filters)]
    useful = {name: found for name, found in counts.items() if name in address.values or any(n < len(left) for n in found.values())}
    return Shelf(
        address, left, len(pieces), tuple(facets.views(address, useful)), tuple(facets.chips(address, money)),
        tuple(facets.bars(address, counts["price"], money)),
    )


def _only_ours(address: Address) -> Address:
    """An address without what a collection does not filter by."""
    values = {name: chosen for name, chosen in address.values.items() if name in FACETS}
    return Address(address.path, values=values, price_from=address.price_from, price_to=address.price_to)


def _answers(facts: api.Facets | None, filters: Filters) -> bool:
    """Whether a piece has one of the values of each facet, and its price lies within."""
    if facts is None:
        return not filters.names
    if any(chosen and not any(f"{name}:{value}" in facts.tokens for value in chosen) for name, chosen in filters.values.items()):
        return False
    price = facts.price_cents if facts.price_cents is not None else -1
    return (filters.price_from is None or price >= filters.price_from) and (filters.price_to is None or 0 <= price <= filters.price_to)


def _counts(name: str, pieces: Sequence[Piece], facts: Mapping[int, api.Facets], filters: Filters) -> dict[str, int]:
    """Pieces by value of a facet, under all other filters."""
    others, prefix = filters.without(name), f"{name}:"
    found: Counter[str] = Counter()
    for piece in pieces:
        known = facts.get(piece.card.id)
        if known is not None and _answers(known, others):
            found.update(token.removeprefix(prefix) for token in known.tokens if token.startswith(prefix))
    return dict(found)
