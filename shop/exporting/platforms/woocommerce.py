"""WooCommerce's file of products: a simple row, or a variable one with a row for each variation. Pure.

Its importer takes the guard against formulas away by itself, as ours does.
"""

from typing import Any

from shop.catalogue.whole.values import WholeVariant
from shop.exporting.platforms.listing import ExportedListing, euros, paragraphs, row, tenths, thousandths

MOST_AXES = 3
HEADER: tuple[str, ...] = (
    "ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Is featured?", "Visibility in catalog", "Short description",
    "Description", "Date sale price starts", "Date sale price ends", "Tax status", "Tax class", "In stock?", "Stock", "Low stock amount",
    "Backorders allowed?", "Sold individually?", "Weight (kg)", "Length (cm)", "Width (cm)", "Height (cm)", "Allow customer reviews?",
    "Purchase note", "Sale price", "Regular price", "Categories", "Tags", "Shipping class", "Images", "Download limit",
    "Download expiry days", "Parent", "Grouped products", "Upsells", "Cross-sells", "External URL", "Button text", "Position",
    *(f"Attribute {number} {part}" for number in range(1, MOST_AXES + 2) for part in ("name", "value(s)", "visible", "global")),
)


def rows_of(listing: ExportedListing) -> list[list[str]]:
    if not listing.whole.variants:
        own = _piece(listing, listing.pieces[0])
        return [row(HEADER, _product(listing) | own | {"Type": "simple"} | _attributes(listing, None))]
    parent = f"LB-{listing.id}"
    rows = [row(HEADER, _product(listing) | {"Type": "variable", "SKU": parent, "In stock?": _in_stock(listing)} | _attributes(listing, None))]
    for place, piece in enumerate(listing.whole.variants, start=1):
        title = f"{listing.whole.title} - {', '.join(piece.values.values())}"
        facts = {"Type": "variation", "Name": title, "Parent": parent, "Position": place, "Published": 1 if piece.shown else -1, "Tax status": "taxable", "Tax class": "parent"}
        image = listing.addresses.get(piece.picture, "")
        rows.append(row(HEADER, facts | _piece(listing, piece) | {"Images": image} | _attributes(listing, piece)))
    return rows


def _product(listing: ExportedListing) -> dict[str, Any]:
    whole = listing.whole
    return {
        "Name": whole.title,
        "Published": 1 if listing.is_public else -1,
        "Is featured?": 0,
        "Visibility in catalog": "visible",
        "Short description": whole.summary,
        "Description": paragraphs(whole.description),
        "Tax status": "taxable" if whole.vat_rate else "none",
        "Sold individually?": 0,
        "Weight (kg)": thousandths(whole.weight_g),
        "Length (cm)": tenths(whole.length_mm or whole.diameter_mm),
        "Width (cm)": tenths(whole.width_mm or whole.diameter_mm),
        "Height (cm)": tenths(whole.height_mm),
        "Allow customer reviews?": 1,
        "Categories": " > ".join(name.replace(",", "\\,") for name in listing.categories),
        "Tags": ", ".join(tag.replace(",", "\\,") for tag in whole.tags),
        "Images": ", ".join(address for address, _alt in listing.pictures),
        "Position": 0,
    }


def _piece(listing: ExportedListing, piece: WholeVariant) -> dict[str, Any]:
    return {
        "SKU": piece.sku,
        "In stock?": 1 if piece.stock is None or piece.stock else 0,
        "Stock": "" if piece.stock is None else piece.stock,
        "Backorders allowed?": 1 if piece.stock is None else 0,
        "Regular price": euros(piece.price_cents),
        "Weight (kg)": thousandths(listing.weight_of(piece)),
    }


def _in_stock(listing: ExportedListing) -> int:
    return 1 if any(piece.stock is None or piece.stock for piece in listing.pieces) else 0


def _attributes(listing: ExportedListing, piece: WholeVariant | None) -> dict[str, Any]:
    """The axes with all their values, or one variation's own; then the materials, which a product shows."""
    facts: dict[str, Any] = {}
    for number, axis in enumerate(listing.axes[:MOST_AXES], start=1):
        values = dict.fromkeys(variant.values.get(axis, "") for variant in listing.whole.variants) if piece is None else [piece.values.get(axis, "")]
        facts |= _attribute(number, axis, ", ".join(value.replace(",", "\\,") for value in values))
    if piece is None and listing.whole.materials:
        facts |= _attribute(len(listing.axes[:MOST_AXES]) + 1, "Matières", ", ".join(material.replace(",", "\\,") for material in listing.whole.materials))
    return facts


def _attribute(number: int, name: str, values: str) -> dict[str, Any]:
    return {f"Attribute {number} name": name, f"Attribute {number} value(s)": values, f"Attribute {number} visible": 1, f"Attribute {number} global": 0}
