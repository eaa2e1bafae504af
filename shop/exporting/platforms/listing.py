"""A listing as the files of other platforms need it: its facts, its addresses, and what is computed for them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from lapinblanc.sheets import guarded

from shop.catalogue.whole.values import WholeListing, WholeVariant


@dataclass(frozen=True, slots=True)
class ExportedListing:
    """`whole` names its pictures by their path in the archive; `addresses` says where each can be fetched, by that path."""

    id: int
    slug: str
    state: str
    whole: WholeListing
    boutique: str = ""
    published_at: str | None = None
    created_at: str | None = None
    publish_at: str | None = None
    revision: int = 0
    reviews: int = 0
    rating: str | None = None
    categories: tuple[str, ...] = ()  # their names from the root: ("Céramique", "Bols")
    addresses: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        return self.state == "published"

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """(address, what it shows) in the order of the gallery."""
        return [(self.addresses[picture.original], picture.alt) for picture in self.whole.pictures if picture.original in self.addresses]

    @property
    def pieces(self) -> tuple[WholeVariant, ...]:
        """The variants, or the whole as the only one."""
        whole = self.whole
        own = WholeVariant({}, whole.price_cents, whole.stock, whole.sku, whole.weight_g)
        return whole.variants or (own,)

    @property
    def axes(self) -> list[str]:
        return list(dict.fromkeys(axis for variant in self.whole.variants for axis in variant.values))

    def weight_of(self, piece: WholeVariant) -> int | None:
        return piece.weight_g if piece.weight_g is not None else self.whole.weight_g


def euros(cents: int | None) -> str:
    """With a point, as these platforms ask."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02d}"


def thousandths(value: int | None) -> str:
    """Grams as kilograms, exactly: 420 is « 0.42 »."""
    return "" if value is None else f"{value // 1000}.{value % 1000:03d}".rstrip("0").rstrip(".")


def tenths(value: int | None) -> str:
    """Millimetres as centimetres."""
    return "" if value is None else f"{value // 10}.{value % 10}".removesuffix(".0")


def paragraphs(text: str) -> str:
    """Plain text as the HTML that a description is there."""
    blocks = [escape(block.strip()).replace("\n", "<br>") for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{block}</p>" for block in blocks if block)


def row(header: Sequence[str], facts: Mapping[str, Any]) -> list[str]:
    """A row in the order of the header; texts are guarded against formulas (FAULTS S19)."""
    return [guarded(str(facts.get(column, ""))) for column in header]
