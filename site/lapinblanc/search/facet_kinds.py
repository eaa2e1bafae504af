"""The registry of facets: rooms register those of their documents, with the parameter of each in addresses and what its values are called."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FacetKind:
    """A facet that a room registers: its parameter in addresses, its title, and what its values are called.

    `labels` gives {value: label} of those that may be shown, in the order to show them when `ordered`; `parents` the value above
    another in a tree. `single` facets take one value at a time. `page_of` gives the page of a value that has one of its own: there,
    the facet leads from page to page. Values of a `recognised` facet are proposed as filters where the question names them.
    """

    name: str
    parameter: str
    title: object
    labels: Callable[[Sequence[str]], Mapping[str, str]]
    ordered: bool = False
    single: bool = False
    parents: Callable[[], Mapping[str, str]] | None = None
    page_of: Callable[[str], str] | None = None
    recognised: bool = False


registered: dict[str, FacetKind] = {}
_bars: list[tuple[int, ...]] = []


def register(*kinds: FacetKind) -> None:
    for kind in kinds:
        registered[kind.name] = kind


def register_price_steps(steps: tuple[int, ...]) -> None:
    """Where the bars of the histogram begin, in cents; documents carry "price:<number of the bar>"."""
    _bars[:] = [steps]


def facet_names() -> tuple[str, ...]:
    return ("kind", "price", *registered)


def price_steps() -> tuple[int, ...]:
    return _bars[0] if _bars else (0,)
