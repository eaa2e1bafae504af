"""Places of the home page that other rooms fill: a campaign in progress, creators near the reader. The home page knows none of them.

A room registers a provider when it is ready; it is asked on each visit and answers with what its own template shows, or nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class HomeSection:
    """What a room shows: `template` is included with `value` alone, as `section`."""

    template: str
    value: Any


Provider = Callable[[HttpRequest], HomeSection | None]
_providers: dict[str, tuple[int, Provider]] = {}


def register_home_section(name: str, provider: Provider, *, order: int = 100) -> None:
    """Called once by a room; a second call under the same name takes the place of the first. Lower orders stand higher.

    A provider costs two queries at most: the home page keeps to fifteen.
    """
    _providers[name] = (order, provider)


def home_sections(request: HttpRequest) -> list[HomeSection]:
    """What there is to show today, in order."""
    found = (provider(request) for _order, provider in sorted(_providers.values(), key=lambda row: row[0]))
    return [section for section in found if section is not None]
