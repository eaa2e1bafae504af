"""The page in whose body a creation was met, carried by its address (`?lu=<page>`): attribution without cookies.

The shop knows no pages: a number is all it keeps, and a room registers how to tell whether a number is an open page.
What is odd or unknown is dropped without a word: nobody's purchase may stumble over it.
"""

from collections.abc import Callable, Mapping

PARAMETER = "lu"
LARGEST = 2**31 - 1

_known: list[Callable[[int], bool]] = []


def register(known: Callable[[int], bool]) -> None:
    """Called by the room that has pages, when it is ready."""
    if known not in _known:
        _known.append(known)


def page_named(said: Mapping[str, str]) -> int | None:
    """The page that an address or a form names; None for nonsense. No query."""
    text = said.get(PARAMETER, "")
    if not (text.isascii() and text.isdigit()) or len(text) > 10:
        return None
    number = int(text)
    return number if 0 < number <= LARGEST else None


def with_page(url: str, page: int | None) -> str:
    """The address of a creation, as a card in the body of this page links to it."""
    return url if page is None else f"{url}?{PARAMETER}={page}"


def page_read(said: Mapping[str, str]) -> int | None:
    """The same, when a room says that readers can open this page: at most one query, none without a number."""
    number = page_named(said)
    return number if number is not None and any(known(number) for known in _known) else None
