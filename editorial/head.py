"""The head of a page: what a browser's tab, a shared link, a feed reader and a search engine are told of it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from shop.api import PictureFacts


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to a page; the page itself has no address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """What `editorial/_frame.html` prints. Addresses are absolute but for those of crumbs; `kind` is Open Graph's word, `locale` `fr_FR`."""

    title: str
    share_title: str
    description: str
    canonical: str
    kind: str
    locale: str
    picture: PictureFacts | None
    picture_url: str
    published: str
    modified: str
    author: str
    crumbs: tuple[Crumb, ...]
    feeds: tuple[Feed, ...]
    structured: SafeString
    # For editors while they preview: page-wide remarks of the content checks.
    remarks: tuple[tuple[str, str], ...] = ()
