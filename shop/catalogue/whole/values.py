"""A whole listing as one value: what the editor saves, undo writes back, duplicates copy, files bring and archives keep.

Plain facts, no database. Amounts are cents incl. VAT, sizes millimetres, weights grams, VAT rates basis points. The JSON
of `to_json` is documented in docs/listing-format.md; `from_json` takes what it does not know for absent.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

# The version of the JSON: raised when a reader of today would misread a file of tomorrow.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class WholePicture:
    """A picture by its names in the media storage, in the order of the gallery; `key` names it inside the listing."""

    key: str
    alt: str
    original: str
    master: str = ""
    derivatives: Mapping[str, str] | None = None
    width: int = 0
    height: int = 0
    crop: Mapping[str, int] | None = None
    digest: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class WholeVariant:
    """One choice. `values` by axis ({"Taille": "Petit"}); `stock` None: made to order; `picture`: a picture's key or ""."""

    values: Mapping[str, str]
    price_cents: int | None
    stock: int | None = None
    sku: str = ""
    weight_g: int | None = None
    picture: str = ""
    shown: bool = True


@dataclass(frozen=True, slots=True)
class WholeField:
    """What the buyer may say: `kind` text, choice or measure."""

    label: str
    kind: str = "text"
    required: bool = False
    max_length: int = 60
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeListing:
    """Everything of a listing but its state. With `variants`, price, stock and SKU of the whole are None, None and ""."""

    title: str
    summary: str = ""
    description: str = ""
    category: str = ""  # the slugs of its path: "creations/ceramique/bols"
    section: str = ""  # the name of a shelf of the boutique
    price_cents: int | None = None
    stock: int | None = None
    sku: str = ""
    made_to_order: bool = False
    lead_days: int = 3
    materials: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    technique: str = ""
    making: str = ""
    care: str = ""
    made_by: str = ""
    made_in: str = ""
    bought_parts: str = ""
    second_life: bool = False
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    diameter_mm: int | None = None
    vat_rate: int = 2000
    withdrawal: str = "allowed"
    legal: Mapping[str, Any] | None = None
    variants: tuple[WholeVariant, ...] = ()
    fields: tuple[WholeField, ...] = ()
    pictures: tuple[WholePicture, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "WholeListing":
        """Raises KeyError without a title, TypeError or ValueError for a value of another kind."""
        known = {field.name for field in fields(cls)}
        given = {name: value for name, value in facts.items() if name in known and value is not None}
        if not isinstance(given.get("legal", {}), Mapping):
            raise TypeError("legal")
        for name in ("materials", "colours", "occasions", "tags"):
            if name in given:
                given[name] = tuple(str(value) for value in given[name])
        given["variants"] = tuple(_made(WholeVariant, row) for row in given.get("variants", ()))
        given["fields"] = tuple(_made(WholeField, {**row, "choices": tuple(row.get("choices", ()))}) for row in given.get("fields", ()))
        given["pictures"] = tuple(_made(WholePicture, row) for row in given.get("pictures", ()))
        return cls(title=str(facts["title"]), **{name: value for name, value in given.items() if name != "title"})

    def but(self, **changes: Any) -> "WholeListing":
        return replace(self, **changes)


def _made(kind: Any, row: Mapping[str, Any]) -> Any:
    known = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in row.items() if name in known})
