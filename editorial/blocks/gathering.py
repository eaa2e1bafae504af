"""The one fetch of all that a body shows: a query for each kind of thing, however many blocks name it, and never a hole.

A creation that can no longer be bought gives its place to the nearest one, said in words; each card's address says where it was read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from editorial.blocks.choosing import COLLECTION, LISTING, PICTURE, VENDOR, chosen_in, known
from editorial.blocks.funding import fundings_in
from editorial.images.models import Picture
from editorial.reading import read_in
from editorial.rules import MOST_IN_A_ROW, answering_ids
from shop import api

Row = tuple[str, int | None]
"""What a row that fills itself asks for: a category's slug, a boutique's number."""


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A collection as a row of cards inside another page."""

    title: str
    intro: str
    url: str
    picture: api.PictureFacts | None
    cards: list[api.ListingCard]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The cards of a body. `listings`: by the number that was chosen, its card or the one that takes its place; without either, none.

    `rows`: by category and boutique; `answers`: by the address of a search; `collections`, `vendors` and `fundings`: by number, those open to all.
    """

    listings: dict[int, api.ListingCard] = field(default_factory=dict)
    rows: dict[Row, list[api.ListingCard]] = field(default_factory=dict)
    answers: dict[str, list[api.ListingCard]] = field(default_factory=dict)
    vendors: dict[int, api.VendorCard] = field(default_factory=dict)
    collections: dict[int, CollectionRow] = field(default_factory=dict)
    fundings: dict[int, api.FundingProgress] = field(default_factory=dict)
    pictures: dict[int, Picture] = field(default_factory=dict)
    page_id: int | None = None

    def picked(self, ids: Iterable[int]) -> list[api.ListingCard]:
        """Cards in the order of `ids`, each once."""
        return unique(self.listings[pk] for pk in ids if pk in self.listings)


def gather(
    body: Any, *, page_id: int | None = None, more: Sequence[int] = (), picture_ids: Iterable[int | None] = (), vendor_id: int | None = None
) -> Gathered:
    """Every card that a body shows; `page_id` is the page it is read in.

    What the page shows beside it comes with the same questions: `more` creations, pictures, a boutique.

    Eight queries at most, and one a search that rows ask for; those are kept for a minute.
    """
    chosen = chosen_in(body)
    numbers = [*chosen[PICTURE], *(number for number in picture_ids if number)]
    pictures = {picture.pk: picture for picture in Picture.objects.filter(pk__in=numbers).prefetch_related("renditions")} if numbers else {}
    boutiques = [*chosen[VENDOR], *([vendor_id] if vendor_id else [])]
    with known(
        {
            LISTING: api.listing_references(chosen[LISTING]),
            VENDOR: api.vendor_references(chosen[VENDOR]),
            PICTURE: pictures,
            COLLECTION: _collections(chosen[COLLECTION]),
        }
    ):
        found = list(body)
    rails = [block.value for block in found if block.block_type == "rail" and not picked_in(block.value)]
    rules = list(dict.fromkeys(value["search"] for value in rails if value["search"]))
    rows = list(dict.fromkeys(row_of(value) for value in rails if not value["search"]))
    answers = {rule: answering_ids(rule, MOST_IN_A_ROW) for rule in rules}
    collections = [block.value["collection"] for block in found if block.block_type == "collection" and block.value["collection"]]
    inside = {page.pk: page.piece_ids(MOST_IN_A_ROW) for page in collections}
    wanted = [*chosen[LISTING], *more, *(pk for ids in answers.values() for pk in ids), *(pk for ids in inside.values() for pk in ids)]
    cards = cards_of(wanted, page_id=page_id, hand_picked=chosen[LISTING])
    return Gathered(
        listings=cards,
        rows={row: [read_in(card, page_id) for card in found] for row, found in (api.newest_rows(rows) if rows else {}).items()},
        answers={rule: [cards[pk] for pk in ids if pk in cards] for rule, ids in answers.items()},
        vendors=api.vendor_cards_by_number(boutiques) if boutiques else {},
        collections={page.pk: _row(page, [cards[pk] for pk in inside[page.pk] if pk in cards]) for page in collections},
        fundings=fundings_in(found),
        pictures=pictures,
        page_id=page_id,
    )


def cards_of(ids: Sequence[int], *, page_id: int | None, hand_picked: Iterable[int] | None = None) -> dict[int, api.ListingCard]:
    """By number: the card of what can be bought, else of what takes its place, else (sold, without any like it) its own.

    Only what was picked by hand is replaced: a row that fills itself fills itself with something else.
    """
    if not ids:
        return {}
    own = {card.id: card for card in api.product_cards(list(dict.fromkeys(ids)))}
    live = {pk: card for pk, card in own.items() if card.available}
    dead = [pk for pk in dict.fromkeys(ids if hand_picked is None else hand_picked) if pk not in live]
    found = api.alternatives(dead, shown=live) if dead else {}
    instead = {pk: replace(alternative.card, note=said(alternative)) for pk, alternative in found.items()}
    sold = {pk: own[pk] for pk in dead if pk in own}
    return {pk: read_in(card, page_id) for pk, card in {**sold, **live, **instead}.items()}


def said(alternative: api.Alternative) -> str:
    """Why another piece stands here."""
    if alternative.nearness == api.Nearness.BOUTIQUE:
        if alternative.sold:
            return _("This piece has found its home; here is one from the same boutique.")
        return _("This piece is no longer on sale; here is one from the same boutique.")
    if alternative.sold:
        return _("This piece has found its home; here is one of the same kind.")
    return _("This piece is no longer on sale; here is one of the same kind.")


def unique(cards: Iterable[api.ListingCard]) -> list[api.ListingCard]:
    """Each creation once, the first time it comes."""
    found: dict[int, api.ListingCard] = {}
    for card in cards:
        found.setdefault(card.id, card)
    return list(found.values())


def picked_in(value: Any) -> list[int]:
    """The numbers of the creations that a row names by hand."""
    return [listing.pk for listing in value["listings"] if listing is not None]


def row_of(value: Any) -> Row:
    """What a row that fills itself asks for."""
    return value["category"] or "", value["vendor"].pk if value["vendor"] is not None else None


def _collections(ids: Sequence[int]) -> Mapping[int, Any]:
    """Collections that everybody may see."""
    if not ids:
        return {}
    # A local import: collections are pages, which have bodies of blocks.
    from editorial.cards import open_pages
    from editorial.pages.collection import CollectionPage

    pages = open_pages(CollectionPage.objects.filter(pk__in=ids)).select_related("picture").prefetch_related("picture__renditions")
    return {page.pk: page for page in pages}


def _row(page: Any, cards: list[api.ListingCard]) -> CollectionRow:
    from editorial.images.facts import picture_of
    from editorial.languages import address

    return CollectionRow(page.title, page.intro, address(page), picture_of(page.picture), unique(cards))
