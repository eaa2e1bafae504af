"""What the search knows of a page: its words by weight, its facets, and what speaks for it. Kinds are fixed; facets are the sources' own."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

LISTING, VENDOR, STORY, COLLECTION, CAMPAIGN, NEWS = "listing", "vendor", "story", "collection", "campaign", "news"
GUIDE, PAGE = "guide", "page"
KINDS = (LISTING, VENDOR, STORY, COLLECTION, CAMPAIGN, GUIDE, NEWS, PAGE)


_UNWANTED = str.maketrans({"\0": " ", "\ue000": " ", "\ue001": " "})


def clean(text: str) -> str:
    """Accents in one piece with their letters (NFC), without the signs that mean something to us: NUL, and the marks of highlights."""
    return unicodedata.normalize("NFC", text.translate(_UNWANTED))


@dataclass(frozen=True, slots=True)
class Document:
    """One page of the site. `facets` are "name:value" tokens; `keywords` are words of facets; `quality` goes from 0 to 1.

    `vendor` is the boutique that it belongs to (0 for none), for the diversity of a page of results; `slug` names it in judgements.
    """

    kind: str
    key: int
    title: str
    summary: str = ""
    body: str = ""
    keywords: str = ""
    facets: tuple[str, ...] = ()
    price_cents: int | None = None
    published_at: datetime | None = None
    vendor: int = 0
    quality: float = 0.0
    slug: str = ""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Its facets and its kind, which is one too."""
        return (f"kind:{self.kind}", *self.facets)
