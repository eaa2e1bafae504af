"""Our own files: the CSV of docs/archive-format.md, and JSON Lines of docs/listing-format.md. Nothing is guessed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shop.catalogue.whole import columns
from shop.catalogue.whole.values import WholeListing
from shop.importing.formats.shape import Columns, Sample, Ties
from shop.importing.incoming import (
    MOST_AXES,
    MOST_PICTURES,
    MOST_VARIANTS,
    Cells,
    Incoming,
    IncomingPicture,
    Refused,
    lines_of,
)

JSON = "json"


class Ours:
    name = "ours"
    label = "Lapin Blanc"

    def recognise(self, sample: Sample) -> tuple[int, Columns]:
        if sample.headers == [JSON]:
            return 100, [JSON]
        plain = [header.replace("\ufeff", "").strip() for header in sample.headers]
        known = set(columns.HEADER)
        if columns.KEY in plain and len(known & set(plain)) >= 12 and "titre" in plain:
            return 100, [name if name in known else "" for name in plain]
        return 0, []

    def ties(self, row: Cells) -> Ties | None:
        if row.has(JSON):
            return Ties(own=(f"line:{row.line}",))
        number = row.get(columns.KEY)
        return Ties(own=(f"id:{number}" if number else f"line:{row.line}",))

    def read(self, rows: Sequence[Cells]) -> Incoming:
        if rows[0].has(JSON):
            return _of_line(rows[0].get(JSON), lines_of(rows))
        try:
            facts = columns.facts_of_rows([{name: values[0] for name, values in row.by_name.items()} for row in rows])
        except (ValueError, KeyError, TypeError) as wrong:
            raise Refused(_("A cell of it cannot be read: %(wrong)s") % {"wrong": str(wrong)[:150]}) from wrong
        return from_facts(rows[0].get(columns.KEY), facts, lines_of(rows))


def _of_line(text: str, lines: tuple[int, int]) -> Incoming:
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise Refused(_("This line is no JSON.")) from wrong
    if not isinstance(facts, dict):
        raise Refused(_("This line is no JSON."))
    return from_facts(str(facts.get("key") or facts.get("id") or "")[:80], facts, lines)


def from_facts(key: str, facts: Mapping[str, Any], lines: tuple[int, int]) -> Incoming:
    """A listing from the JSON of docs/listing-format.md. Raises Refused."""
    try:
        whole = WholeListing.from_json(facts)
        _check(whole)
    except KeyError as missing:
        raise Refused(_("There is no title.")) from missing
    except (TypeError, ValueError, AttributeError) as wrong:
        raise Refused(_("A cell of it cannot be read: %(wrong)s") % {"wrong": str(wrong)[:150]}) from wrong
    pictures = tuple(IncomingPicture(picture.original or picture.source_url or picture.key, picture.alt[:250]) for picture in whole.pictures if picture.original or picture.source_url or picture.key)
    names = {picture.key: picture.original or picture.source_url or picture.key for picture in whole.pictures}
    variants = tuple(_picture_named(variant, names) for variant in whole.variants)
    plain = whole.but(pictures=(), variants=variants)
    return Incoming(key=(f"id:{key}" if key else f"title:{whole.title}")[:200], lines=lines, whole=plain, pictures=pictures, title=whole.title)


def _picture_named(variant: Any, names: Mapping[str, str]) -> Any:
    from dataclasses import replace

    return replace(variant, picture=names.get(variant.picture, variant.picture))


TEXTS = {"title": 255, "summary": 200, "description": 100_000, "technique": 120, "made_by": 120, "made_in": 120, "bought_parts": 300, "care": 20_000, "making": 20_000, "sku": 100}
WORDS = {"materials": 60, "colours": 30, "occasions": 40, "tags": 40}
NUMBERS = ("weight_g", "length_mm", "width_mm", "height_mm", "diameter_mm", "price_cents", "stock")


def _check(whole: WholeListing) -> None:
    """What a hand may have written into the file: kinds and sizes that the database would refuse. Raises ValueError."""
    for name, most in TEXTS.items():
        text = getattr(whole, name)
        if not isinstance(text, str) or len(text) > most or "\0" in text:
            raise ValueError(name)
    for name, most in WORDS.items():
        if len(getattr(whole, name)) > 60 or any(len(word) > most or "\0" in word for word in getattr(whole, name)):
            raise ValueError(name)
    for thing in (whole, *whole.variants):
        for name in NUMBERS:
            value = getattr(thing, name, None)
            if value is not None and (type(value) is not int or not 0 <= value <= 2_000_000_000):
                raise ValueError(name)
    if whole.withdrawal not in ("allowed", "personalised", "perishable", "hygiene") or type(whole.vat_rate) is not int or not 0 <= whole.vat_rate <= 2000 or type(whole.lead_days) is not int or not 0 <= whole.lead_days <= 365:
        raise ValueError("withdrawal, vat_rate, lead_days")
    axes = {axis for variant in whole.variants for axis in variant.values}
    if len(whole.variants) > MOST_VARIANTS or len(axes) > MOST_AXES or len(whole.pictures) > 4 * MOST_PICTURES or len(whole.fields) > 20:
        raise ValueError("variants, pictures, fields")
    if not whole.title.strip() or not all(isinstance(f.label, str) and f.label and len(f.label) <= 80 and f.kind in ("text", "choice", "measure") and type(f.max_length) is int and 0 < f.max_length <= 2000 for f in whole.fields):
        raise ValueError("title, fields")
