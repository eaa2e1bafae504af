"""A page of results: what the address asks, found, counted, and made into what the template shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapinblanc.search import addresses, answering, facets
from lapinblanc.search.addresses import MOST_PAGES, PER_PAGE, Address
from lapinblanc.search.analysis.question import Understood
from lapinblanc.search.engine import MARK_START, MOST_COUNTED, RELEVANCE, Filters, Hit, SearchQuery
from lapinblanc.search.facet_kinds import facet_names, registered
from lapinblanc.search.facets import Bar, Chip, FacetView, Option
from lapinblanc.search.ranking import EVERY_WEIGHT
from lapinblanc.search.sources import cards, source_of
from lapinblanc.search.suggest import Place, shelves

SORT_TITLES = {
    "pertinence": gettext_lazy("Best answer"), "nouveautes": gettext_lazy("Newest"),
    "prix": gettext_lazy("Lowest price"), "prix-desc": gettext_lazy("Highest price"),
}
MOST_RELAXED = 3
MOST_NEAR = 12
MOST_SHELVES = 14


@dataclass(frozen=True, slots=True)
class Row:
    """A result with its card, the template that shows it, and its marked texts."""

    hit: Hit
    card: Any
    template: str
    place: int

    @property
    def kind_title(self) -> str:
        return str(facets.KIND_TITLES[self.hit.kind])

    @property
    def first(self) -> bool:
        return self.place == 1

    @property
    def marked_snippet(self) -> bool:
        """Whether the passage tells more than the title: it holds a mark, or the page is one to read."""
        return MARK_START in self.hit.snippet or (bool(self.hit.snippet) and self.hit.kind not in ("listing", "vendor"))

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """What its vendor reads of its rank: a share for its words, a gain for each other thing."""
        titles = {weight.name: str(weight.title) for weight in EVERY_WEIGHT} | {"words": str(_("Your words, beside the best answer")), "quality": str(_("Pictures, description, reviews, stock"))}
        found = [(titles[name], f"{round(value * 100)} %" if name == "words" else f"+{value * 100:.1f} %".replace(".", ",")) for name, value in self.hit.reasons]
        return [*found, (str(_("Place on this list")), str(self.place))]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What `search/results.html` and a category's page show."""

    address: Address
    understood: Understood
    rows: tuple[Row, ...]
    near: tuple[Row, ...]
    total: int
    more_than: bool
    exact: bool
    about: bool
    tabs: tuple[Option, ...]
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    bars: tuple[Bar, ...]
    recognised: tuple[Option, ...]
    sorts: tuple[Option, ...]
    hidden: tuple[tuple[str, str], ...]
    literal_url: str
    newer_url: str
    older_url: str
    clear_url: str
    relaxed: tuple[Option, ...] = ()

    @property
    def price_from(self) -> str:
        return _whole(self.address.price_from)

    @property
    def price_to(self) -> str:
        return _whole(self.address.price_to)

    @property
    def shown_text(self) -> str:
        return self.understood.corrected or self.address.text

    @property
    def query(self) -> str:
        """What a saved search keeps of the address."""
        return replace(self.address, page=1).url.partition("?")[2]

    @property
    def canonical(self) -> str:
        """The address that stands for all filters and orders of these words."""
        return Address(self.address.path, self.address.text).url

    @property
    def cards(self) -> tuple[Any, ...]:
        return tuple(row.card for row in self.rows)

    @property
    def index(self) -> bool:
        """Whether robots may keep this page: the bare page of its subject alone."""
        return not self.address.narrowed and self.address.page == 1 and self.address.sort == "pertinence"


def search_page(address: Address, money: Callable[[int], str], *, default_sort: str = RELEVANCE) -> SearchPage:
    """Find and count; a fixed number of queries whatever is found."""
    asked = answering.question(address.text, correct=not address.literal)
    sort = addresses.SORTS[address.sort] if address.sort != "pertinence" else default_sort
    query = SearchQuery(
        asked, address.filters, sort, (address.page - 1) * PER_PAGE, PER_PAGE, facet_names(), bool(address.text)
    )
    answer = answering.find(query)
    results = answer.results
    priced = answering.with_prices(address.filters, asked)
    shown = replace(address, price_from=priced.price_from, price_to=priced.price_to)
    rows = rows_of(results.hits, (address.page - 1) * PER_PAGE)
    exact = tuple(row for row in rows if not row.hit.near)
    pages = min(-(-results.total // PER_PAGE), MOST_PAGES)
    return SearchPage(
        address=shown, understood=asked, rows=exact, near=tuple(row for row in rows if row.hit.near)[:MOST_NEAR],
        total=min(results.total, MOST_COUNTED), more_than=results.more_than_counted, exact=results.exact, about=results.about,
        tabs=tuple(facets.tabs(shown, results.facets.get("kind", {}))),
        facets=tuple(facets.views(shown, results.facets)), chips=tuple(facets.chips(shown, money)),
        bars=tuple(facets.bars(shown, results.facets.get("price", {}), money)), sorts=_sorts(address),
        recognised=tuple(facets.recognised(shown, asked, results.facets, results.total)),
        hidden=tuple(pair for pair in replace(address, page=1).pairs() if pair[0] not in ("prix", "page")),
        literal_url=replace(address, literal=True, page=1).url if asked.corrected else "",
        newer_url=replace(address, page=address.page - 1).url if address.page > 1 else "",
        older_url=replace(address, page=address.page + 1).url if address.page < pages else "",
        clear_url=address.cleared().url, relaxed=_relaxed(address, results.total),
    )


@dataclass(frozen=True, slots=True)
class Help:
    """For a page without results: shelves to stroll through, and pages to read."""

    categories: tuple[Place, ...]
    rows: tuple[Row, ...]


def help_for(page: SearchPage) -> Help | None:
    """Only where nothing was found: the shelves and the best stories."""
    if page.rows or page.near:
        return None
    stories = answering.find(SearchQuery(answering.question(""), Filters({"kind": ("story", "collection")}), limit=3))
    every = shelves()
    below = {place.text for place in every}
    return Help(tuple(place for place in every if place.detail not in below)[:MOST_SHELVES], rows_of(stories.results.hits, 0))


def _whole(cents: int | None) -> str:
    return "" if cents is None else str(cents // 100)


def rows_of(hits: Sequence[Hit], before: int) -> tuple[Row, ...]:
    """Hits that the public may still see, with their cards: what was withdrawn since it was indexed is not among them."""
    found: Mapping[tuple[str, int], Any] = cards((hit.kind, hit.key) for hit in hits)
    rows = []
    for place, hit in enumerate(hits, before + 1):
        source, card = source_of(hit.kind), found.get((hit.kind, hit.key))
        if source is not None and card is not None:
            rows.append(Row(hit, card, source.templates[hit.kind], place))
    return tuple(rows)


def _sorts(address: Address) -> tuple[Option, ...]:
    """The orders to choose from; without words there is no best answer, and the newest come first."""
    titles = {name: title for name, title in SORT_TITLES.items() if address.text or name != "pertinence"}
    current = address.sort if address.sort in titles else "nouveautes"
    return tuple(Option(str(title), replace(address, sort=name, page=1).url, 0, name == current) for name, title in titles.items())


def _relaxed(address: Address, total: int) -> tuple[Option, ...]:
    """When filters leave nothing: the same search without one of them, with what that would find."""
    if total or not (address.narrowed or "kind" in address.values):
        return ()
    asked = answering.question(address.text, correct=not address.literal)
    found = []
    for name in address.filters.names:
        if name in address.fixed:
            continue
        wider = address.without_price() if name == "price" else replace(address, values={k: v for k, v in address.values.items() if k != name}, page=1)
        count = answering.find(SearchQuery(asked, wider.filters or Filters(), limit=1)).results.total
        if count:
            title = _("Price") if name == "price" else _("Kind of page") if name == "kind" else str(registered[name].title)
            found.append(Option(title, wider.url, count, False))
    return tuple(sorted(found, key=lambda option: -option.count)[:MOST_RELAXED])
