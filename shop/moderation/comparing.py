"""Two versions of a listing side by side, word by word: what went, what came, field by field. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from shop.catalogue.models import ListingVersion
from shop.catalogue.whole.values import WholeListing
from shop.catalogue.whole.versions import whole_of

# Longer texts are compared as a whole: the time of a comparison grows with the square.
MOST_WORDS = 3000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: « same », « gone » or « new »."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    changes: tuple[Change, ...]
    pictures_gone: tuple[str, ...]
    pictures_new: tuple[str, ...]


def words_compared(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces of the old text and those of the new one."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return (Piece("gone", before),), (Piece("new", after),)
    left, right = [], []
    for what, a, b, c, d in SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False).get_opcodes():
        if a < b:
            left.append(Piece("same" if what == "equal" else "gone", "".join(old[a:b])))
        if c < d:
            right.append(Piece("same" if what == "equal" else "new", "".join(new[c:d])))
    return tuple(left), tuple(right)


def compare(before: WholeListing, after: WholeListing) -> Comparison:
    """The fields that differ, in the order of the page; pictures by their files."""
    changes = []
    for label, name in _fields():
        old, new = _said(getattr(before, name)), _said(getattr(after, name))
        if old != new:
            changes.append(Change(label, *words_compared(old, new)))
    was, now = [picture.original for picture in before.pictures], [picture.original for picture in after.pictures]
    gone, new_ones = [name for name in was if name not in now], [name for name in now if name not in was]
    return Comparison(tuple(changes), tuple(map(default_storage.url, gone)), tuple(map(default_storage.url, new_ones)))


def comparison_of(*, product_id: int, before: int | None, after: int | None) -> Comparison | None:
    """Between two revisions of a listing; None when one of them is no longer kept."""
    if before is None or after is None:
        return None
    kept = {row.revision: row for row in ListingVersion.objects.filter(product_id=product_id, revision__in=(before, after))}
    return compare(whole_of(kept[before]), whole_of(kept[after])) if len(kept) == 2 else None


def _fields() -> tuple[tuple[str, str], ...]:
    return (
        (_("Title"), "title"), (_("Summary"), "summary"), (_("Description"), "description"), (_("Category"), "category"), (_("Price (cents)"), "price_cents"),
        (_("Materials"), "materials"), (_("Technique"), "technique"), (_("How it is made"), "making"), (_("Made by"), "made_by"), (_("Made in"), "made_in"),
        (_("Bought parts"), "bought_parts"), (_("Care"), "care"), (_("Tags"), "tags"),
    )


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
