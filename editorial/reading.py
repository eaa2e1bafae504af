"""Where one reads: a creation's address inside a page's body says which page led to it, so that a sale may be counted without cookies."""

from dataclasses import replace

from shop import api


def read_in(card: api.ListingCard, page_id: int | None) -> api.ListingCard:
    """The card as the body of this page shows it; unchanged when nothing is read, as in a block's preview."""
    return replace(card, url=api.with_page(card.url, page_id))
