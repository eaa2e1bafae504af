"""What the buyer may say: text, choice or measure; up to ten fields, in the order given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from lapinblanc.numbers import whole as number

from shop.catalogue.models import PersonalisationKind
from shop.catalogue.whole.values import WholeField, WholeListing
from shop.vendors.models import Vendor

MOST_FIELDS, MOST_CHOICES, MOST_LETTERS = 10, 30, 500


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field as the page shows it; inputs begin with `prefix`."""

    prefix: str
    label: str
    kind: str
    required: bool
    max_length: str
    choices: str
    place: int
    problem: str


class PersonalisationPart:
    """Inputs: `f0-label`, `f0-kind`, `f0-required`, `f0-max`, `f0-choices`, `f0-place`; an empty label takes the field away."""

    template = "workshop/listing/_personalisation.html"
    script = ""
    kinds = PersonalisationKind.choices

    def __init__(self, typed: Any, whole: WholeListing, vendor: Vendor) -> None:
        self.whole = whole
        self.typed: Mapping[str, str] | None = typed if typed is not None and "f0-label" in typed else None
        self.problems: dict[str, str] = {}
        self._fields = whole.fields if self.typed is None else self._read()

    @property
    def errors(self) -> Mapping[str, str]:
        return self.problems

    def is_valid(self) -> bool:
        return not self.problems

    def apply(self, whole: WholeListing) -> WholeListing:
        return whole if self.typed is None or self.problems else whole.but(fields=self._fields)

    @property
    def rows(self) -> list[FieldRow]:
        """The fields, then two empty rows to be filled in."""
        if self.problems and self.typed is not None:
            return [self._typed_row(place) for place in range(MOST_FIELDS) if f"f{place}-label" in self.typed]
        known = [
            FieldRow(f"f{place}", field.label, field.kind, field.required, str(field.max_length), ", ".join(field.choices), place + 1, "")
            for place, field in enumerate(self._fields)
        ]
        room = min(2, MOST_FIELDS - len(known))
        return known + [FieldRow(f"f{len(known) + more}", "", "text", False, "60", "", len(known) + more + 1, "") for more in range(room)]

    def _said(self, place: int, name: str) -> str:
        assert self.typed is not None
        return self.typed.get(f"f{place}-{name}", "").replace("\0", "").strip()

    def _typed_row(self, place: int) -> FieldRow:
        said = {name: self._said(place, name) for name in ("label", "kind", "max", "choices")}
        required = bool(self.typed) and f"f{place}-required" in (self.typed or {})
        return FieldRow(f"f{place}", said["label"], said["kind"], required, said["max"], said["choices"], number(self._said(place, "place")) or place + 1, self.problems.get(f"f{place}-label", ""))

    def _read(self) -> tuple[WholeField, ...]:
        found: list[tuple[int, int, WholeField]] = []
        labels: set[str] = set()
        for place in range(MOST_FIELDS):
            label = self._said(place, "label")
            if not label:
                continue
            kind, most = self._said(place, "kind"), number(self._said(place, "max") or "60")
            choices = tuple(dict.fromkeys(part.strip() for part in self._said(place, "choices").split(",") if part.strip()))
            problem = _problem(label, kind, most, choices, labels)
            if problem:
                self.problems[f"f{place}-label"] = problem
                continue
            labels.add(label.casefold())
            field = WholeField(label, kind, f"f{place}-required" in (self.typed or {}), most or 60, choices if kind == PersonalisationKind.CHOICE else ())
            found.append((number(self._said(place, "place")) or place + 1, place, field))
        return tuple(field for _order, _place, field in sorted(found, key=lambda row: row[:2]))


def _problem(label: str, kind: str, most: int | None, choices: tuple[str, ...], labels: set[str]) -> str:
    if len(label) > 80:
        return _("Eighty letters at most.")
    if label.casefold() in labels:
        return _("This question stands twice.")
    if kind not in PersonalisationKind.values:
        return _("Choose a kind of answer.")
    if most is None or not 1 <= most <= MOST_LETTERS:
        return _("Between 1 and 500 letters.")
    if kind == PersonalisationKind.CHOICE and not 2 <= len(choices) <= MOST_CHOICES:
        return _("Name two choices at least and thirty at most, separated by commas.")
    if any(len(choice) > 60 for choice in choices):
        return _("Sixty letters at most for each choice.")
    return ""
