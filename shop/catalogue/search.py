"""Listings and boutiques as documents of the search: their words, their facets, and what speaks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lapinblanc.search import ranking
from lapinblanc.search.document import LISTING, VENDOR, Document

from shop.catalogue.browsing import product_cards
from shop.catalogue.categories import names_by_number
from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import Product
from shop.vendors.cards import vendor_cards_by_number
from shop.vendors.departments import place_words
from shop.vendors.models import Vendor

PRICE_STEPS = (0, 500, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10000, 15000, 20000, 30000, 50000)
"""Where the bars of the price histogram begin, in cents."""
DELAYS = (3, 7, 14, 30)


def price_step(cents: int) -> int:
    """The number of the bar that a price falls into."""
    return max(step for step, begins in enumerate(PRICE_STEPS) if begins <= cents)


@dataclass(frozen=True, slots=True)
class Facets:
    """What one listing is filtered by: « name:value » tokens and its price in cents."""

    tokens: frozenset[str]
    price_cents: int | None


def listing_facets(ids: Sequence[int]) -> dict[int, Facets]:
    """The same tokens as in the search, of listings on sale, for a list that is filtered outside it; three queries."""
    rows = Product.objects.on_sale().filter(pk__in=ids).select_related("vendor").prefetch_related("personalisation_fields", "vendor__shipping_options")
    return {product.pk: Facets(frozenset(_tokens(product)), product.price_cents) for product in rows}


class Listings:
    """What can be bought at this moment."""

    name = "listing"
    kinds: tuple[str, ...] = (LISTING,)
    templates: Mapping[str, str] = {LISTING: "components/_listing_card.html"}

    def total(self) -> int:
        return int(Product.objects.on_sale().filter(sellable=True).count())

    def keys(self, *, after: int, limit: int) -> list[int]:
        return list(Product.objects.on_sale().filter(sellable=True, pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit])

    def refresh(self, keys: Sequence[int]) -> None:
        for key in keys:
            # One at a time: a job that holds one row never stands in a circle of waiting writers.
            freeze_listings([key])

    def documents(self, keys: Sequence[int]) -> list[Document]:
        rows = (
            Product.objects.on_sale()
            .filter(pk__in=keys, sellable=True)
            .select_related("vendor")
            .prefetch_related("images", "personalisation_fields", "vendor__shipping_options")
        )
        names = names_by_number()
        return [_listing(product, names) for product in rows]

    def cards(self, keys: Mapping[str, Sequence[int]]) -> Mapping[tuple[str, int], Any]:
        return {(LISTING, card.id): card for card in product_cards(keys[LISTING]) if card.available}


class Boutiques:
    """Open boutiques."""

    name = "vendor"
    kinds: tuple[str, ...] = (VENDOR,)
    templates: Mapping[str, str] = {VENDOR: "components/_vendor_card.html"}

    def total(self) -> int:
        return Vendor.objects.open().count()

    def keys(self, *, after: int, limit: int) -> list[int]:
        return list(Vendor.objects.open().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit])

    def refresh(self, keys: Sequence[int]) -> None:
        """A boutique's card is frozen by whoever changes it."""

    def documents(self, keys: Sequence[int]) -> list[Document]:
        crafts = _crafts(keys)
        return [_boutique(vendor, crafts.get(vendor.pk, "")) for vendor in Vendor.objects.open().filter(pk__in=keys)]

    def cards(self, keys: Mapping[str, Sequence[int]]) -> Mapping[tuple[str, int], Any]:
        return {(VENDOR, key): card for key, card in vendor_cards_by_number(keys[VENDOR]).items()}


def _listing(product: Any, names: Mapping[int, str]) -> Document:
    vendor = product.vendor
    categories = ", ".join(names[pk] for pk in product.category_ids if pk in names)
    told = (("seconde vie, surcyclage, récupération", product.second_life), ("personnalisable", product.personalisation_fields.all()), ("sur commande", product.made_to_order))
    keywords = (categories, *(words for words, holds in told if holds), *product.materials, *product.colours, product.technique, *product.occasions, vendor.name, vendor.legal_name, vendor.city, place_words(vendor.department))
    return Document(
        kind=LISTING,
        key=product.pk,
        title=product.title,
        summary=product.summary,
        body=" ".join(text for text in (product.description, product.making, product.care) if text),
        keywords=" , ".join(word for word in keywords if word),
        facets=tuple(_tokens(product)),
        price_cents=product.price_cents,
        published_at=product.published_at,
        vendor=vendor.pk,
        quality=_quality(product),
        slug=product.slug,
    )


def _tokens(product: Any) -> list[str]:
    vendor = product.vendor
    tokens = [f"category:{pk}" for pk in product.category_ids]
    tokens += [f"colour:{value}" for value in product.colours]
    tokens += [f"material:{value}" for value in product.materials]
    tokens += [f"occasion:{value}" for value in product.occasions]
    if product.technique:
        tokens.append(f"technique:{product.technique}")
    tokens.append("availability:order" if product.made_to_order else "availability:stock")
    tokens += [f"delay:{days}" for days in DELAYS if product.lead_days <= days]
    tokens += [f"department:{vendor.department}", f"vendor:{vendor.slug}"]
    if product.personalisation_fields.all():
        tokens.append("extra:personalised")
    if product.second_life:
        tokens.append("extra:second_life")
    if product.price_cents is not None:
        tokens.append(f"price:{price_step(product.price_cents)}")
        options = [option for option in vendor.shipping_options.all() if option.is_active]
        if any(o.base_cents == 0 or (o.free_from_cents is not None and product.price_cents >= o.free_from_cents) for o in options):
            tokens.append("extra:free_shipping")
    return tokens


def _quality(product: Any) -> float:
    told = (product.materials, product.technique, product.making, product.care, product.length_mm or product.diameter_mm or product.height_mm, len(product.description) > 200)
    rating = product.card.get("rating")
    return ranking.quality(
        pictures=len(product.images.all()),
        details=sum(1 for fact in told if fact) / len(told),
        mean_review=float(rating) if rating else None,
        reviews=product.card.get("reviews", 0),
        in_stock=not product.made_to_order,
    )


def _boutique(vendor: Vendor, crafts: str) -> Document:
    filled = (vendor.tagline, vendor.about, vendor.portrait, vendor.announcement)
    return Document(
        kind=VENDOR,
        key=vendor.pk,
        title=vendor.name,
        summary=vendor.tagline,
        body=vendor.about,
        keywords=" , ".join(word for word in (crafts, vendor.legal_name, vendor.city, place_words(vendor.department)) if word),
        facets=(f"department:{vendor.department}", f"vendor:{vendor.slug}"),
        slug=vendor.slug,
        quality=ranking.quality(pictures=3 if vendor.portrait else 0, details=sum(1 for fact in filled if fact) / len(filled), mean_review=None, reviews=0, in_stock=True),
    )


def _crafts(vendors: Sequence[int]) -> dict[int, str]:
    """What each boutique makes, in one query: the names of its categories, never its makers' own words, which may be withdrawn."""
    names = names_by_number()
    rows = Product.objects.on_sale().filter(vendor_id__in=vendors).values_list("vendor_id", "category_ids").distinct()
    words: dict[int, dict[str, None]] = {}
    for vendor, categories in rows:
        words.setdefault(vendor, {}).update(dict.fromkeys(names[pk] for pk in categories if pk in names))
    return {vendor: ", ".join(list(known)[:30]) for vendor, known in words.items()}

