"""Addresses of results: read into words, filters, order and page, and written again in one order, so that each can be shared."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from lapinblanc.search import engine as port
from lapinblanc.search.analysis.prices import take_out
from lapinblanc.search.document import KINDS
from lapinblanc.search.engine import Filters
from lapinblanc.search.facet_kinds import registered

MOST_PAGES = 40
PER_PAGE = 24
SORTS = {"pertinence": port.RELEVANCE, "nouveautes": port.NEWEST, "prix": port.CHEAPEST, "prix-desc": port.DEAREST}


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
            parameter = "genre" if name == "kind" else registered[name].parameter
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
        single = name == "kind" or registered[name].single
        chosen = tuple(v for v in now if v != value) if value in now else (value,) if single else (*now, value)
        return replace(self, values={k: v for k, v in {**self.values, name: chosen}.items() if v}, page=1)

    def without_price(self) -> "Address":
        """Without the price, were it chosen or said in words."""
        return replace(self, text=" ".join(take_out(self.text)[0].split()), price_from=None, price_to=None, page=1)

    def cleared(self) -> "Address":
        return replace(self, values={k: v for k, v in self.values.items() if k == "kind"}, price_from=None, price_to=None, page=1)


def read(path: str, query: QueryDict, fixed: Mapping[str, tuple[str, ...]] | None = None) -> Address:
    """An address as values; what it says that is none of ours is left out."""
    values: dict[str, tuple[str, ...]] = {}
    for facet in registered.values():
        given = tuple(dict.fromkeys(value for value in map(_clean, query.getlist(facet.parameter)[:12]) if value))
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
