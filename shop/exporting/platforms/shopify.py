"""Shopify's file of products, with its current columns: a row for each variant, then one for each picture left. Pure."""

from itertools import zip_longest
from typing import Any

from shop.catalogue.whole.values import WholeVariant
from shop.exporting.platforms.listing import ExportedListing, euros, paragraphs, row

MOST_AXES = 3
HEADER: tuple[str, ...] = (
    "Title", "URL handle", "Description", "Vendor", "Product category", "Type", "Tags", "Published on online store", "Status", "SKU", "Barcode",
    *(f"Option{number} {part}" for number in range(1, MOST_AXES + 1) for part in ("name", "value", "Linked To")),
    "Price", "Compare-at price", "Cost per item", "Charge tax", "Tax code",
    "Unit price total measure", "Unit price total measure unit", "Unit price base measure", "Unit price base measure unit",
    "Inventory tracker", "Inventory quantity", "Continue selling when out of stock", "Weight value (grams)", "Weight unit for display",
    "Requires shipping", "Fulfillment service", "Product image URL", "Image position", "Image alt text", "Variant image URL", "Gift card",
    "SEO title", "SEO description",
)
STATUS = {"published": "active", "paused": "draft", "draft": "draft", "in_review": "draft"}


def rows_of(listing: ExportedListing) -> list[list[str]]:
    """Rows join on the handle; what is said of the product stands on the first."""
    handle = f"{listing.slug}-{listing.id}"
    rows = []
    pictures = [(place, *picture) for place, picture in enumerate(listing.pictures, start=1)]
    for number, (piece, picture) in enumerate(zip_longest(listing.pieces, pictures)):
        facts: dict[str, Any] = {"URL handle": handle}
        if number == 0:
            facts |= _product(listing)
        if piece is not None:
            facts |= _variant(listing, piece, first=number == 0)
        if picture is not None:
            facts |= {"Product image URL": picture[1], "Image position": picture[0], "Image alt text": picture[2]}
        rows.append(row(HEADER, facts))
    return rows


def _product(listing: ExportedListing) -> dict[str, str]:
    whole = listing.whole
    return {
        "Title": whole.title,
        "Description": paragraphs(whole.description),
        "Vendor": listing.boutique,
        "Type": listing.categories[-1] if listing.categories else "",
        "Tags": ", ".join(text.replace(",", " ") for text in (*whole.tags, *whole.materials)),
        "Published on online store": "TRUE" if listing.is_public else "FALSE",
        "Status": STATUS.get(listing.state, "archived"),
        "Gift card": "FALSE",
        "SEO title": whole.title[:70],
        "SEO description": whole.summary,
    }


def _variant(listing: ExportedListing, piece: WholeVariant, *, first: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for number, axis in enumerate(listing.axes[:MOST_AXES], start=1):
        facts[f"Option{number} value"] = piece.values.get(axis, "")
        if first:
            facts[f"Option{number} name"] = axis
    if not listing.axes:
        facts |= {"Option1 name": "Title", "Option1 value": "Default Title"}
    weight = listing.weight_of(piece)
    return facts | {
        "SKU": piece.sku,
        "Price": euros(piece.price_cents),
        "Charge tax": "TRUE" if listing.whole.vat_rate else "FALSE",
        "Inventory tracker": "" if piece.stock is None else "shopify",
        "Inventory quantity": "" if piece.stock is None else piece.stock,
        "Continue selling when out of stock": "CONTINUE" if piece.stock is None else "DENY",
        "Weight value (grams)": "" if weight is None else weight,
        "Weight unit for display": "" if weight is None else "g",
        "Requires shipping": "TRUE",
        "Fulfillment service": "manual",
        "Variant image URL": listing.addresses.get(piece.picture, ""),
    }
