"""Creations by rule: the address of a search, kept as text, answered live by the search room, so that words and filters mean the same."""

from dataclasses import dataclass, replace

from django.core.cache import cache
from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse
from lapinblanc.search import addresses, answering
from lapinblanc.search.addresses import Address
from lapinblanc.search.document import LISTING
from lapinblanc.search.engine import NEWEST, Filters, SearchQuery
from lapinblanc.search.facet_kinds import registered

MOST_IN_A_ROW = 8
SECONDS = 60


class NoRule(ValueError):
    """A text that asks for nothing: neither words nor filters are recognised in it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The numbers of the creations that answer, best or newest first, and how many there are in all."""

    ids: tuple[int, ...]
    total: int


def tidied(text: str) -> str:
    """A rule in its shortest form, from what follows the question mark of a search's address, or from the whole address.

    The address of a category stands for its category. Raises NoRule when nothing of it asks for anything.
    """
    path, mark, query = text.strip().rpartition("?")
    if not mark and "/" in query:
        path, query = query, ""
    address = _read(query)
    category = _category_of(path)
    if category and "category" not in address.values:
        address = replace(address, values={**address.values, "category": (category,)})
    if not (address.text or address.values or address.filters.by_price):
        raise NoRule(text)
    return address.url.partition("?")[2]


def answers(rule: str, most: int) -> Answers:
    """What answers now, asked at most once a minute; nothing for an empty rule."""
    if not rule:
        return Answers((), 0)
    key = f"rule:{most}:{rule}"
    found: Answers | None = cache.get(key)
    if found is None:
        found = _ask(_read(rule), most)
        cache.set(key, found, SECONDS)
    return found


def answering_ids(rule: str, most: int) -> list[int]:
    return list(answers(rule, most).ids)


def search_url(rule: str) -> str:
    """The public page of the same search."""
    return f"{reverse('search:results')}?{rule}"


def _read(query: str) -> Address:
    """What a rule asks of creations: the page that was looked at and the kind of page are no part of it."""
    address = addresses.read("", QueryDict(query))
    return replace(address, page=1, values={name: values for name, values in address.values.items() if name != "kind"})


def _ask(address: Address, most: int) -> Answers:
    filters: Filters = replace(address.filters, values={**address.filters.values, "kind": (LISTING,)})
    asked = answering.question(address.text, correct=not address.literal)
    sort = addresses.SORTS[address.sort] if address.text or address.sort != "pertinence" else NEWEST
    results = answering.find(SearchQuery(asked, filters, sort, limit=most)).results
    if not results.exact:
        return Answers((), 0)
    hits = [hit.key for hit in results.hits if not hit.near]
    return Answers(tuple(hits), results.total)


def _category_of(path: str) -> str:
    """The number of the category whose page this is, as text; empty for any other page."""
    try:
        match = resolve("/" + path.partition("://")[2].partition("/")[2] if "://" in path else path)
    except Resolver404:
        return ""
    number = match.kwargs.get("pk") if match.view_name == "catalogue:category" else None
    return str(number) if number is not None and "category" in registered else ""
