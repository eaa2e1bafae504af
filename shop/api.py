"""The shop's small public face for the editorial house: cards by number, choosers' searches. Nothing else is imported."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lapinblanc.money import Money

from shop.catalogue.alternatives import Alternative, Nearness, alternatives
from shop.catalogue.browsing import newest_cards, newest_rows, product_cards
from shop.catalogue.cards import ListingCard, lowest_offer
from shop.catalogue.categories import tree
from shop.catalogue.joining import call_off as call_off_campaign
from shop.catalogue.joining import refreeze_joined
from shop.catalogue.makers import MakerFacts, listings_of_vendors, maker_facts, owners_of
from shop.catalogue.models import Category, Product
from shop.catalogue.pictures import PictureFacts
from shop.catalogue.reading import register as register_open_pages
from shop.catalogue.reading import with_page
from shop.catalogue.search import Facets, listing_facets
from shop.catalogue.seen_in import SeenIn
from shop.catalogue.seen_in import register as register_seen_in
from shop.formats import money
from shop.funding.progress import Funding, funding_choices, funding_of_number, fundings_by_number
from shop.funding.progress import Progress as FundingProgress
from shop.funding.progress import register_homes as register_funding_homes
from shop.order.reading import PageSales, pages_that_sold, sold_from_pages
from shop.order.unavailable import Unavailable, unavailable_listings, why_unavailable
from shop.prices.invitations import Invitation
from shop.prices.invitations import register as register_invitations
from shop.prices.models import PriceWindow
from shop.vendors.access import vendors_of
from shop.vendors.cards import VendorCard, vendor_card, vendor_cards_by_number
from shop.vendors.models import Vendor, VendorState
from shop.vendors.stories import Story
from shop.vendors.stories import register as register_stories

LISTING_MODEL, VENDOR_MODEL = Product, Vendor

__all__ = [
    "Alternative",
    "Facets",
    "Funding",
    "FundingProgress",
    "LISTING_MODEL",
    "ListingCard",
    "Nearness",
    "VENDOR_MODEL",
    "MakerFacts",
    "PageSales",
    "PictureFacts",
    "SeenIn",
    "Story",
    "Unavailable",
    "VendorCard",
    "alternatives",
    "buyable_listings",
    "category_choices",
    "choosable_listings",
    "choosable_vendors",
    "funding_choices",
    "funding_of_number",
    "fundings_by_number",
    "known_listings",
    "listing_facets",
    "listing_references",
    "listings_of",
    "listings_of_vendors",
    "maker_facts",
    "matching_listings",
    "matching_vendors",
    "money",
    "narrowed_listings",
    "newest_cards",
    "newest_rows",
    "open_vendor_card",
    "owners_of",
    "pages_that_sold",
    "price_text",
    "product_cards",
    "register_funding_homes",
    "register_open_pages",
    "register_seen_in",
    "register_stories",
    "sold_from_pages",
    "stock_text",
    "unavailable_listings",
    "vendor_cards_by_number",
    "vendor_references",
    "vendors_of",
    "why_unavailable",
    "with_page",
    "Invitation",
    "agreed_dates",
    "call_off_campaign",
    "refreeze_joined",
    "register_invitations",
    "joined_vendors",
]


def open_vendor_card(vendor: Vendor) -> VendorCard | None:
    """The card of a boutique that an editor chose; None once it is closed or suspended."""
    return vendor_card(vendor) if vendor.state == VendorState.APPROVED and vendor.card else None


def choosable_listings() -> Any:
    """Rows that an editor may choose, newest first: on sale, with their cards and stock; four queries a page."""
    rows = Product.objects.on_sale().newest().only("id", "title", "card", "published_at", "structure", "parent", "made_to_order")
    return rows.prefetch_related("stockrecords", Prefetch("children", Product.objects.filter(is_public=True).only("id", "parent_id")), "children__stockrecords")


def matching_listings(rows: Any, words: str) -> Any:
    """Rows whose title or boutique holds every word."""
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(vendor__name__icontains=word))
    return rows


def narrowed_listings(
    rows: Any, *, vendor_id: int | None, category: str, price_from: int | None, price_to: int | None, in_stock: bool
) -> Any:
    """Rows of a boutique, of a category (its slug) and what lies below it, within prices in whole euros, that can be bought."""
    numbers = {node.slug: node.pk for node in tree().values()}
    rows = rows if vendor_id is None else rows.filter(vendor_id=vendor_id)
    rows = rows.in_category(numbers.get(category, 0)) if category else rows
    rows = rows if price_from is None else rows.filter(price_cents__gte=price_from * 100)
    rows = rows if price_to is None else rows.filter(price_cents__lte=price_to * 100)
    return rows.filter(sellable=True) if in_stock else rows


def stock_text(row: Any) -> str:
    """What is left of a row of `choosable_listings`, in words."""
    if row.made_to_order:
        return _("made to order")
    records = [record for variant in (row, *row.children.all()) for record in variant.stockrecords.all()]
    left = sum(max(record.net_stock_level, 0) for record in records)
    if not left:
        return _("sold out")
    return _("last piece") if left == 1 else ngettext("%(n)d in stock", "%(n)d in stock", left) % {"n": left}


def listings_of(vendors: Iterable[int], ids: Sequence[int]) -> list[int]:
    """Those of the listings `ids` that belong to these boutiques; one query."""
    return list(Product.objects.listings().filter(pk__in=ids, vendor_id__in=list(vendors)).values_list("pk", flat=True))


def matching_vendors(rows: Any, words: str) -> Any:
    """Boutiques whose name or town holds every word."""
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(city__icontains=word))
    return rows


def buyable_listings() -> Any:
    """Numbers of what can be bought at this moment, as a subquery."""
    return Product.objects.on_sale().filter(card__available=True).values("pk")


def choosable_vendors() -> Any:
    """Open boutiques by name."""
    return Vendor.objects.open().order_by("name")


def price_text(card: dict[str, Any]) -> str:
    """The price of a frozen card as text."""
    price = lowest_offer(card) if card else None
    return money(Money(price)) if price is not None else ""


def listing_references(ids: Sequence[int]) -> dict[int, Product]:
    """Listings by number alone, without a query: enough to name one; any other fact is fetched when it is asked for."""
    return {pk: Product.from_db(None, ["id"], [pk]) for pk in ids}


def vendor_references(ids: Sequence[int]) -> dict[int, Vendor]:
    """Boutiques by number alone, without a query."""
    return {pk: Vendor.from_db(None, ["id"], [pk]) for pk in ids}


def known_listings(ids: Sequence[int]) -> list[int]:
    """Those of `ids` that are listings at all, in their order; one query."""
    rows = set(Product.objects.listings().filter(pk__in=ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk in rows]


def category_choices() -> list[tuple[str, str]]:
    """Categories by slug, each under its universe, for a list to choose from."""
    nodes = tree()
    return [
        (node.slug, "\u2003" * (len(path) // Category.steplen - 1) + node.name)
        for path, node in sorted(nodes.items())
    ]


def agreed_dates(key: str) -> list[tuple[datetime, datetime]]:
    """From when to when boutiques agreed to lower prices for a campaign; empty while none has."""
    return list(PriceWindow.objects.filter(campaign=key, left_at=None).values_list("starts_at", "ends_at").distinct())


def joined_vendors(key: str) -> list[VendorCard]:
    """The open boutiques that joined a campaign, by name; one query."""
    here = PriceWindow.objects.filter(campaign=key, left_at=None)
    vendors = here.values_list("stockrecord__partner__vendor", flat=True)
    return [vendor_card(vendor) for vendor in Vendor.objects.open().filter(pk__in=vendors).order_by("name") if vendor.card]
