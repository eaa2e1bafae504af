"""Counts made into what a page shows: options of facets, chips, the histogram of prices, tabs by kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapinblanc.search.addresses import Address
from lapinblanc.search.analysis.question import Understood
from lapinblanc.search.analysis.synonyms import stems_of
from lapinblanc.search.facet_kinds import FacetKind, price_steps, registered

MOST_VALUES = 20
MOST_RECOGNISED = 4
CERTAIN = 0.9
LANGUAGE = "fr"


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    url: str
    count: int
    selected: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FacetView:
    name: str
    title: str
    options: tuple[Option, ...]
    more: tuple[Option, ...] = ()

    @property
    def open(self) -> bool:
        return any(option.selected for option in (*self.options, *self.more))


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the histogram: its place and height on a scale of a hundred, its prices as text, and its documents."""

    x: int
    height: int
    label: str
    count: int
    inside: bool

    @property
    def top(self) -> int:
        return 100 - self.height


def views(address: Address, counts: Mapping[str, Mapping[str, int]]) -> list[FacetView]:
    """The facets with options to show, in the order that their rooms registered them."""
    found = [_view(facet, address, counts.get(facet.name, {})) for facet in registered.values()]
    return [view for view in found if view.options]


def _view(facet: FacetKind, address: Address, counts: Mapping[str, int]) -> FacetView:
    chosen = address.values.get(facet.name, ())
    labels = facet.labels([*counts, *(value for value in chosen if value not in counts)])
    if facet.parents is not None:
        return FacetView(facet.name, str(facet.title), tuple(_tree(facet, address, counts, labels)))
    values = list(labels) if facet.ordered else sorted(labels, key=lambda value: (value not in chosen, -counts.get(value, 0), labels[value]))
    options = [_option(address, facet.name, value, labels[value], counts) for value in values if counts.get(value) or value in chosen]
    few = 8 if not facet.ordered else MOST_VALUES
    return FacetView(facet.name, str(facet.title), tuple(options[:few]), tuple(options[few : few + MOST_VALUES]))


def _tree(facet: FacetKind, address: Address, counts: Mapping[str, int], labels: Mapping[str, str]) -> list[Option]:
    """The way down to what was chosen, and what lies below it: each value under its parent."""
    parents = facet.parents() if facet.parents else {}
    here = (address.values.get(facet.name) or address.fixed.get(facet.name) or ("",))[0]
    trail: list[str] = []
    above = here
    while above:
        trail.insert(0, above)
        above = parents.get(above, "")
    if here in address.fixed.get(facet.name, ()):
        trail = []
    options = [_option(address, facet.name, value, labels.get(value, ""), counts, depth) for depth, value in enumerate(trail) if labels.get(value)]
    depth = len(trail)
    below = _below(here, parents, counts, labels)
    while len(below) == 1 and _below(below[0], parents, counts, labels):
        # A way without a fork is walked at once.
        options.append(_option(address, facet.name, below[0], labels[below[0]], counts, depth))
        below, depth = _below(below[0], parents, counts, labels), depth + 1
    return options + [_option(address, facet.name, value, labels[value], counts, depth) for value in below[:MOST_VALUES]]


def _below(here: str, parents: Mapping[str, str], counts: Mapping[str, int], labels: Mapping[str, str]) -> list[str]:
    found = [value for value in labels if parents.get(value, "") == here and value != here and counts.get(value)]
    return sorted(found, key=lambda value: (-counts[value], labels[value]))


def _option(address: Address, name: str, value: str, label: str, counts: Mapping[str, int], depth: int = 0) -> Option:
    page_of = registered[name].page_of
    if page_of is not None and name in address.fixed and page_of(value):
        return Option(label, replace(address, path=page_of(value), page=1).url, counts.get(value, 0), False, depth)
    return Option(label, address.toggled(name, value).url, counts.get(value, 0), value in address.values.get(name, ()), depth)


def recognised(address: Address, understood: Understood, counts: Mapping[str, Mapping[str, int]], total: int) -> list[Option]:
    """Colours, materials and occasions that the question names, as filters to choose: « tasse bleue » offers the colour blue."""
    asked = {a.stems[0] for term in understood.asked for a in term.alternatives if len(a.stems) == 1 and a.weight >= CERTAIN}
    found = []
    for facet in (facet for facet in registered.values() if facet.recognised):
        values = counts.get(facet.name, {})
        for value, label in facet.labels(list(values)).items():
            named = stems_of(label, LANGUAGE)
            if named and asked.issuperset(named) and value not in address.values.get(facet.name, ()) and 0 < values[value] < total:
                found.append(Option(f"{facet.title} : {label}", address.toggled(facet.name, value).url, values[value], False))
    return sorted(found, key=lambda option: -option.count)[:MOST_RECOGNISED]


def chips(address: Address, money: Callable[[int], str]) -> list[Chip]:
    """What narrows, each with the address that takes it away."""
    found = []
    for name, values in address.values.items():
        if name == "kind":
            continue
        labels = registered[name].labels(values)
        found += [Chip(labels.get(value, value), address.toggled(name, value).url) for value in values]
    if address.price_from is not None or address.price_to is not None:
        found.append(Chip(price_label(address.price_from, address.price_to, money), address.without_price().url))
    return found


def price_label(low: int | None, high: int | None, money: Callable[[int], str]) -> str:
    if low is None:
        return _("Up to %(price)s") % {"price": money(high or 0)}
    if high is None:
        return _("From %(price)s") % {"price": money(low)}
    return _("%(low)s to %(high)s") % {"low": money(low), "high": money(high)}


def bars(address: Address, counts: Mapping[str, int], money: Callable[[int], str]) -> list[Bar]:
    """The histogram of prices under all other filters; empty when there is nothing to compare."""
    steps = price_steps()
    highest = max(counts.values(), default=0)
    if len([n for n in counts.values() if n]) < 2:
        return []
    found = []
    for number, begins in enumerate(steps):
        ends = steps[number + 1] if number + 1 < len(steps) else None
        count = counts.get(str(number), 0)
        inside = (address.price_from is None or ends is None or ends > address.price_from) and (address.price_to is None or begins <= address.price_to)
        found.append(Bar(number, -(-count * 100 // highest), price_label(begins, ends, money), count, inside))
    return found


def tabs(address: Address, counts: Mapping[str, int]) -> list[Option]:
    """All results, then each kind that has some."""
    every = replace(address, values={k: v for k, v in address.values.items() if k != "kind"}, page=1)
    chosen = address.values.get("kind", ())
    found = [Option(str(_("Everything")), every.url, sum(counts.values()), not chosen)]
    for kind, title in KIND_TITLES.items():
        if counts.get(kind) or kind in chosen:
            found.append(Option(str(title), replace(every, values={**every.values, "kind": (kind,)}).url, counts.get(kind, 0), kind in chosen))
    return found


KIND_TITLES = {
    "listing": gettext_lazy("Creations"), "vendor": gettext_lazy("Boutiques"), "story": gettext_lazy("Stories"),
    "collection": gettext_lazy("Collections"), "campaign": gettext_lazy("Campaigns"), "guide": gettext_lazy("Guides"),
    "news": gettext_lazy("News"), "page": gettext_lazy("Help and legal texts"),
}
