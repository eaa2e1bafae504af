"""What a listing must say by law, by family of goods: fields of its editor, and sentences for what is missing (LAW G1-G6). Pure.

Values stand in `Product.legal` by `key`, as texts; what depends on another answer is asked only then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shop.compliance.fibres import BadFibres, read_fibres
from shop.compliance.fields_by_family import FIELDS, Field

MOST_SIGNS = 2000
# Grams of metal from which the guarantee mark is needed.
LIGHTEST = {"gold": 3, "platinum": 3, "silver": 30, "vermeil": 30}


@dataclass(frozen=True, slots=True)
class VendorFacts:
    """What the boutique says of itself; stands for the manufacturer unless the listing names another."""

    name: str
    postal: str
    electronic: str
    private: bool = False
    idu: Mapping[str, str] = field(default_factory=dict)


def asked(families: Iterable[str], legal: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields of these families that apply to what was answered so far, each once."""
    seen: dict[str, Field] = {}
    for family in families:
        for row in FIELDS.get(family, ()):
            if applies(row, legal):
                seen.setdefault(row.key, row)
    return tuple(seen.values())


def legal_lines(legal: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What buyers read of the answers, each with its question, in the order of the families; choices by their words."""
    rows = {row.key: row for fields in FIELDS.values() for row in fields}
    found = []
    for key, row in rows.items():
        value = str(legal.get(key) or "").strip()
        if value and row.public and applies(row, legal):
            found.append((str(row.label), str(dict(row.choices).get(value, value))))
    return tuple(found)


def applies(row: Field, legal: Mapping[str, Any]) -> bool:
    return row.only_if is None or str(legal.get(row.only_if[0], "")) in row.only_if[1]


def missing(families: Sequence[str], legal: Mapping[str, Any], vendor: VendorFacts, *, identified: bool = True) -> list[str]:
    """Sentences for what the law still asks. `identified`: the listing has a reference of its own, which is its identifier."""
    gaps = []
    for row in asked(families, legal):
        value = str(legal.get(row.key) or "").strip() or stands_for(row.key, vendor) or ("-" if row.key == "identifier" and identified else "")
        if not value and row.required:
            gaps.append(_("The law asks: %(label)s (%(source)s).") % {"label": row.label, "source": row.source})
        elif value:
            gaps.extend(wrong(row, value) if legal.get(row.key) else ())
    return gaps + (hallmark_gap(legal) if any(row.key == "hallmark" for row in asked(families, legal)) else [])


def stands_for(key: str, vendor: VendorFacts) -> str:
    """What the boutique answers where the listing names no other manufacturer."""
    return {"maker_name": vendor.name, "maker_postal": vendor.postal, "maker_electronic": vendor.electronic}.get(key, "").strip()


def wrong(row: Field, value: str) -> list[str]:
    """Sentences for an answer that cannot be right."""
    if len(value) > MOST_SIGNS:
        return [_("%(label)s: too long.") % {"label": row.label}]
    if row.kind == "choice" and value not in dict(row.choices):
        return [_("%(label)s: choose one of the answers.") % {"label": row.label}]
    if row.kind == "number" and not _is_number(value):
        return [_("%(label)s: write a number above zero.") % {"label": row.label}]
    return _wrong_fibres(value) if row.kind == "fibres" else []


def _is_number(value: str) -> bool:
    digits = value.replace(",", ".", 1).replace(".", "", 1)
    return digits.isascii() and digits.isdigit() and len(digits) <= 8 and int(digits) > 0


def _wrong_fibres(value: str) -> list[str]:
    try:
        read_fibres(value)
    except BadFibres as bad:
        kind, _sign, name = str(bad).partition(":")
        return [
            {
                "share": _("Composition: write each fibre with its per cent: laine 80 %, soie 20 %."),
                "sum": _("Composition: the per cents must make exactly 100."),
                "name": _("Composition: « %(name)s » is no official name of a fibre.") % {"name": name},
            }[kind]
        ]
    return []


def hallmark_gap(legal: Mapping[str, Any]) -> list[str]:
    """The guarantee mark is waived for light pieces alone (LAW G6); « gold » begins at 375 thousandths."""
    metal, weight = str(legal.get("metal", "")), str(legal.get("metal_weight_g", ""))
    gaps = []
    if metal in LIGHTEST and legal.get("hallmark") == "maker" and _is_number(weight) and Decimal(weight.replace(",", ".")) >= LIGHTEST[metal]:
        gaps.append(_("Hallmarks: from %(grams)s g on, the guarantee mark is needed.") % {"grams": LIGHTEST[metal]})
    if metal in ("silver", "vermeil") and str(legal.get("fineness", "")) in ("375", "585", "750"):
        gaps.append(_("Fineness: silver begins at 800 thousandths."))
    return gaps
