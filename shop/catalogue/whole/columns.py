"""Our own CSV of listings: a `WholeListing` as rows of text, and back. Pure; columns in docs/archive-format.md.

UTF-8 with a mark, semicolons, decimal commas: what a French spreadsheet opens by a double click. A listing is one row, and
one more for each further variant, joined by `identifiant`; those rows hold the variant's own columns alone. Texts are
guarded against formulas (FAULTS S19) and read back exactly.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from lapinblanc.sheets import guarded, unguarded

from shop.catalogue.whole.values import WholeListing

BETWEEN = " | "
TEXTS = {
    "title": "titre", "summary": "résumé", "description": "description", "category": "catégorie", "section": "rayon",
    "technique": "technique", "making": "fabrication", "care": "entretien", "made_by": "fait par", "made_in": "fait à",
    "bought_parts": "éléments achetés", "withdrawal": "rétractation",
}
LISTS = {"materials": "matières", "colours": "couleurs", "occasions": "occasions", "tags": "étiquettes"}
NUMBERS = {
    "lead_days": "délai (jours)", "length_mm": "longueur (mm)", "width_mm": "largeur (mm)", "height_mm": "hauteur (mm)",
    "diameter_mm": "diamètre (mm)", "weight_g": "poids (g)",
}
FLAGS = {"made_to_order": "sur commande", "second_life": "seconde vie"}
KEY, STATE, PUBLISHED = "identifiant", "état", "publiée le"
PIECE = ("variante", "prix", "stock", "référence", "poids de la variante (g)", "photo de la variante", "visible")
VAT, LEGAL, FIELDS, PICTURES, ALTS = "tva (%)", "mentions légales", "personnalisation", "photos", "textes des photos"
HEADER: tuple[str, ...] = (
    KEY, STATE, PUBLISHED, *TEXTS.values(), *LISTS.values(), *NUMBERS.values(), *FLAGS.values(), VAT, *PIECE, LEGAL, FIELDS, PICTURES, ALTS,
)


def rows_of(key: str, whole: WholeListing, *, state: str = "", published: str = "") -> list[list[str]]:
    """The rows of one listing, in the order of HEADER."""
    pieces = [_piece(variant) for variant in whole.variants] or [_own_piece(whole)]
    first = {
        STATE: state, PUBLISHED: published, VAT: _hundredths(whole.vat_rate), **pieces[0],
        **{column: guarded(getattr(whole, name)) for name, column in TEXTS.items()},
        **{column: guarded(_joined(getattr(whole, name))) for name, column in LISTS.items()},
        **{column: _number(getattr(whole, name)) for name, column in NUMBERS.items()},
        **{column: "oui" if getattr(whole, name) else "non" for name, column in FLAGS.items()},
        LEGAL: _json(dict(whole.legal or {})),
        FIELDS: _json([asdict(field) for field in whole.fields]),
        PICTURES: guarded(_joined([picture.original for picture in whole.pictures])),
        ALTS: guarded(_joined([picture.alt for picture in whole.pictures])),
    }
    return [[({KEY: key} | facts).get(column, "") for column in HEADER] for facts in (first, *pieces[1:])]


def facts_of_rows(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The JSON of docs/listing-format.md from the rows of one listing, by column; what a column lacks is absent. Raises ValueError."""
    first = rows[0]
    facts: dict[str, Any] = {name: unguarded(first[column]) for name, column in TEXTS.items() if first.get(column)}
    facts |= {name: _split(first[column]) for name, column in LISTS.items() if first.get(column)}
    facts |= {name: int(first[column]) for name, column in NUMBERS.items() if first.get(column)}
    facts |= {name: first[column].strip().lower() in ("oui", "yes", "1", "vrai", "true") for name, column in FLAGS.items() if first.get(column)}
    if first.get(VAT):
        facts["vat_rate"] = _read_hundredths(first[VAT])
    for name, column in (("legal", LEGAL), ("fields", FIELDS)):
        if first.get(column):
            facts[name] = json.loads(first[column])
    names, alts = _split(first.get(PICTURES, "")), _split(first.get(ALTS, ""), keep_empty=True)
    facts["pictures"] = [{"key": name, "original": name, "alt": alts[place] if place < len(alts) else ""} for place, name in enumerate(names)]
    pieces = [_read_piece(row, names) for row in rows]
    if any(piece["values"] for piece in pieces):
        return facts | {"variants": pieces}
    return facts | {name: pieces[0][name] for name in ("price_cents", "stock", "sku")}


def _piece(variant: Any) -> dict[str, str]:
    values = BETWEEN.join(f"{_escaped(axis)} = {_escaped(value)}" for axis, value in variant.values.items())
    return {
        "variante": guarded(values), "prix": _hundredths(variant.price_cents), "stock": _number(variant.stock), "référence": guarded(variant.sku),
        "poids de la variante (g)": _number(variant.weight_g), "photo de la variante": guarded(variant.picture), "visible": "oui" if variant.shown else "non",
    }


def _own_piece(whole: WholeListing) -> dict[str, str]:
    return {"prix": _hundredths(whole.price_cents), "stock": _number(whole.stock), "référence": guarded(whole.sku)}


def _read_piece(row: Mapping[str, str], pictures: Sequence[str]) -> dict[str, Any]:
    said = unguarded(row.get("variante", ""))
    values = dict(_pair(part) for part in _parts(said)) if said else {}
    return {
        "values": values,
        "price_cents": _read_hundredths(row["prix"]) if row.get("prix") else None,
        "stock": int(row["stock"]) if row.get("stock") else None,
        "sku": unguarded(row.get("référence", "")),
        "weight_g": int(row["poids de la variante (g)"]) if row.get("poids de la variante (g)") else None,
        "picture": unguarded(row.get("photo de la variante", "")),
        "shown": row.get("visible", "").strip().lower() != "non",
    }


def _pair(text: str) -> tuple[str, str]:
    axis, sign, value = text.partition(" = ")
    if not sign:
        raise ValueError(f"« {text} »: Taille = Petit")
    return axis.strip(), value.strip()


def _escaped(text: str) -> str:
    """A bar inside a text is doubled, since a bar stands between texts."""
    return text.replace("|", "||")


def _joined(texts: Iterable[str]) -> str:
    return BETWEEN.join(_escaped(text) for text in texts)


def _parts(text: str) -> list[str]:
    return [part.replace("\0", "|").strip() for part in text.replace("||", "\0").split("|")]


def _split(text: str, *, keep_empty: bool = False) -> list[str]:
    parts = _parts(unguarded(text))
    return parts if keep_empty else [part for part in parts if part]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _hundredths(value: int | None) -> str:
    """2800 is « 28,00 »: cents as euros, basis points as per cent."""
    return "" if value is None else f"{value // 100},{value % 100:02d}"


def _read_hundredths(text: str) -> int:
    whole, _point, part = text.replace(" ", "").replace("\u202f", "").replace("\u00a0", "").replace(".", ",").partition(",")
    if not whole.isdigit() or len(part) > 2 or (part and not part.isdigit()):
        raise ValueError(f"« {text} »: 28,00")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)
