"""Codes that everybody may use are prices applied to all (LAW P7): the room of codes tells when they lowered what.

Rooms above register here; `prior_price` takes what they tell as candidates. Personal codes are no such price.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from shop.prices.lowest import Code

_providers: list[Callable[[Sequence[int]], Mapping[int, Sequence[Code]]]] = []


def register(provider: Callable[[Sequence[int]], Mapping[int, Sequence[Code]]]) -> None:
    """Called by a room when it is ready: from numbers of stock records to the codes that lowered each."""
    if provider not in _providers:
        _providers.append(provider)


def codes_of(stockrecord_ids: Sequence[int]) -> dict[int, list[Code]]:
    """The codes for everybody that lowered these records; nothing is asked when there are none."""
    found: dict[int, list[Code]] = defaultdict(list)
    if stockrecord_ids:
        for provider in _providers:
            for pk, codes in provider(stockrecord_ids).items():
                found[pk].extend(codes)
    return found
