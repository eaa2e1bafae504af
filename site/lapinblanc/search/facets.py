"""The facets of the site: rooms register theirs; here an address becomes filters and counts become options, chips and a histogram."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapinblanc.search import engine as port
from lapinblanc.search.document import KINDS
from lapinblanc.search.engine import Filters

MOST_PAGES = 40
PER_PAGE = 24
SORTS = {"pertinence": port.RELEVANCE, "nouveautes": port.NEWEST, "prix": port.CHEAPEST, "prix-desc": port.DEAREST}
MOST_VALUES = 20


@dataclass(frozen=True, slots=True)
class FacetKind:
    """A facet that a room registers: its parameter in addresses, its title, and what its values are called.

    `labels` gives {value: label} of those that may be shown, in the order to show them when `ordered`; `parents` the value above
    another in a tree. `single` facets take one value at a time. `page_of` gives the page of a value that has one of its own: there,
    the facet leads from page to page.
    """

    name: str
    parameter: str
    title: object
    labels: Callable[[Sequence[str]], Mapping[str, str]]
    ordered: bool = False
    single: bool = False
    parents: Callable[[], Mapping[str, str]] | None = None
    page_of: Callable[[str], str] | None = None


_facets: dict[str, FacetKind] = {}
_bars: list[tuple[int, ...]] = []


def register(*kinds: FacetKind) -> None:
    for kind in kinds:
        _facets[kind.name] = kind


def register_price_steps(steps: tuple[int, ...]) -> None:
    """Where the bars of the histogram begin, in cents; documents carry "price:<number of the bar>"."""
    _bars[:] = [steps]


def facet_names() -> tuple[str, ...]:
    return ("kind", "price", *_facets)


def price_steps() -> tuple[int, ...]:
    return _bars[0] if _bars else (0,)


@dataclass(frozen=True, slots=True)
class Address:
    """What an address of results says. `fixed` filters belong to the page itself (a category's) and are never written."""

    path: str
    text: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price_from: int | None = None
    price_to: int | None = None
    sort: str = "pertinence"
    page: int = 1
    literal: bool = False
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def filters(self) -> Filters:
        merged = {**self.values, **{name: values for name, values in self.fixed.items() if name not in self.values}}
        return Filters(merged, self.price_from, self.price_to)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the words and the kind of page was chosen."""
        return bool([name for name in self.values if name != "kind"]) or self.price_from is not None or self.price_to is not None

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters, in one order whatever the clicks that led here."""
        found = [("q", self.text)] if self.text else []
        for name, values in sorted(self.values.items()):
            parameter = "genre" if name == "kind" else _facets[name].parameter
            found += [(parameter, value) for value in sorted(values)]
        if self.price_from is not None or self.price_to is not None:
            found.append(("prix", f"{_euros(self.price_from)}-{_euros(self.price_to)}"))
        if self.sort != "pertinence":
            found.append(("tri", self.sort))
        if self.literal:
            found.append(("mot", "exact"))
        if self.page > 1:
            found.append(("page", str(self.page)))
        return found

    @property
    def url(self) -> str:
        pairs = self.pairs()
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def toggled(self, name: str, value: str) -> "Address":
        """With a value chosen, or no longer."""
        now = self.values.get(name, ())
        single = name == "kind" or _facets[name].single
        chosen = tuple(v for v in now if v != value) if value in now else (value,) if single else (*now, value)
        return replace(self, values={k: v for k, v in {**self.values, name: chosen}.items() if v}, page=1)

    def without_price(self) -> "Address":
        return replace(self, price_from=None, price_to=None, page=1)

    def cleared(self) -> "Address":
        return replace(self, values={k: v for k, v in self.values.items() if k == "kind"}, price_from=None, price_to=None, page=1)


def read(path: str, query: QueryDict, fixed: Mapping[str, tuple[str, ...]] | None = None) -> Address:
    """An address as values; what it says that is none of ours is left out."""
    values: dict[str, tuple[str, ...]] = {}
    for facet in _facets.values():
        given = tuple(dict.fromkeys(_clean(value) for value in query.getlist(facet.parameter)[:12] if value))
        if given:
            values[facet.name] = given[:1] if facet.single else given
    kind = query.get("genre", "")
    if kind in KINDS:
        values["kind"] = (kind,)
    low, high = _prices(query)
    return Address(
        path, _clean(" ".join(query.get("q", "").split()), 200), values, low, high,
        query.get("tri", "") if query.get("tri", "") in SORTS else "pertinence",
        _page(query.get("page", "")), query.get("mot") == "exact", fixed or {},
    )


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
    found = [_view(facet, address, counts.get(facet.name, {})) for facet in _facets.values()]
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
    page_of = _facets[name].page_of
    if page_of is not None and name in address.fixed and page_of(value):
        return Option(label, replace(address, path=page_of(value), page=1).url, counts.get(value, 0), False, depth)
    return Option(label, address.toggled(name, value).url, counts.get(value, 0), value in address.values.get(name, ()), depth)


def chips(address: Address, money: Callable[[int], str]) -> list[Chip]:
    """What narrows, each with the address that takes it away."""
    found = []
    for name, values in address.values.items():
        if name == "kind":
            continue
        labels = _facets[name].labels(values)
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
    "collection": gettext_lazy("Collections"), "campaign": gettext_lazy("Campaigns"), "news": gettext_lazy("News"),
}


def _prices(query: QueryDict) -> tuple[int | None, int | None]:
    """« prix=10-50 », or the two fields of the form, in whole euros; a nonsensical pair says nothing."""
    text = query.get("prix", "")
    low, sign, high = text.partition("-")
    if not sign:
        low, high = query.get("prix_min", ""), query.get("prix_max", "")
    cents = [int(part) * 100 if part.strip().isdecimal() and len(part.strip()) < 7 else None for part in (low.strip(), high.strip())]
    if cents[0] is not None and cents[1] is not None and cents[0] > cents[1]:
        cents.reverse()
    return cents[0] or None, cents[1]


def _page(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if text.isdecimal() and len(text) < 5 else 1


def _euros(cents: int | None) -> str:
    return "" if cents is None else str(cents // 100)


def _clean(value: str, most: int = 80) -> str:
    return value.replace("\0", "")[:most].strip()

