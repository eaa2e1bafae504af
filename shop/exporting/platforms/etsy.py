"""Etsy's file of listings, with its 27 English columns. It holds one price and one quantity for all variants. Pure."""

from shop.exporting.platforms.listing import ExportedListing, euros, row

MOST_PICTURES, MOST_AXES, MOST_TAGS = 10, 3, 13
HEADER: tuple[str, ...] = (
    "TITLE", "DESCRIPTION", "PRICE", "CURRENCY_CODE", "QUANTITY", "TAGS", "MATERIALS",
    *(f"IMAGE{number}" for number in range(1, MOST_PICTURES + 1)),
    *(f"VARIATION {number} {part}" for number in range(1, MOST_AXES + 1) for part in ("TYPE", "NAME", "VALUES")),
    "SKU",
)


def rows_of(listing: ExportedListing) -> list[list[str]]:
    whole, pieces = listing.whole, listing.pieces
    prices = [piece.price_cents for piece in pieces if piece.price_cents is not None]
    facts = {
        "TITLE": whole.title,
        "DESCRIPTION": whole.description,
        "PRICE": euros(min(prices, default=None)),
        "CURRENCY_CODE": "EUR",
        "QUANTITY": _quantity(listing),
        "TAGS": ",".join(tag.replace(" ", "_").replace(",", "_") for tag in whole.tags[:MOST_TAGS]),
        "MATERIALS": ",".join(material.replace(",", " ") for material in whole.materials),
        "SKU": ",".join(piece.sku for piece in pieces if piece.sku),
    }
    facts |= {f"IMAGE{number}": address for number, (address, _alt) in enumerate(listing.pictures[:MOST_PICTURES], start=1)}
    for number, axis in enumerate(listing.axes[:MOST_AXES], start=1):
        values = dict.fromkeys(variant.values.get(axis, "").replace(",", " ") for variant in whole.variants)
        facts |= {f"VARIATION {number} TYPE": "Custom Property", f"VARIATION {number} NAME": axis, f"VARIATION {number} VALUES": ",".join(values)}
    return [row(HEADER, facts)]


def _quantity(listing: ExportedListing) -> str:
    """What is made to order has no stock: one can be asked for."""
    counts = [piece.stock for piece in listing.pieces if piece.stock is not None]
    return str(sum(counts)) if counts else "1"
