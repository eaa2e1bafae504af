"""The grid of variants: up to three axes, a hundred combinations, each with price, stock, reference, weight and picture.

What was typed for a combination follows it when axes change: by the same values, else by those that agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product as combinations
from typing import Any

from django.utils.translation import gettext as _
from lapinblanc.money.typed import typed_cents
from lapinblanc.numbers import whole as number

from shop.catalogue.whole.values import WholeListing, WholeVariant
from shop.vendors.models import Vendor

MOST_AXES, MOST_VARIANTS, MOST_LETTERS = 3, 100, 40
LEAST_CENTS, MOST_CENTS, MOST_STOCK, MOST_GRAMS = 50, 9_999_900, 9_999, 100_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One input of the grid: its name, what stands in it, and what is wrong with it."""

    name: str
    value: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A combination as the page shows it."""

    label: str
    key: str
    price: Cell
    stock: Cell
    sku: Cell
    weight: Cell
    picture: Cell
    shown: bool
    shown_name: str


class VariantPart:
    """Inputs: `axis0-name`, `axis0-values` (commas between them); `v0-key`, `v0-price`, … for each row shown."""

    template = "workshop/listing/_variants.html"
    script = "js/workshop/variants.js"

    def __init__(self, typed: Any, whole: WholeListing, vendor: Vendor) -> None:
        self.whole = whole
        self.typed: Mapping[str, str] | None = typed if typed is not None and "axis0-name" in typed else None
        self.problems: dict[str, str] = {}
        self._variants: tuple[WholeVariant, ...] = whole.variants
        self._known = {picture.key for picture in whole.pictures}
        self.axes = self._axes()
        if self.typed is not None:
            self._variants = self._read()

    @property
    def errors(self) -> Mapping[str, str]:
        return self.problems

    def is_valid(self) -> bool:
        return not self.problems

    def apply(self, whole: WholeListing) -> WholeListing:
        """Unchanged while something is wrong: half a grid would take variants away."""
        if self.typed is None or self.problems:
            return whole
        if self._variants:
            return whole.but(variants=self._variants, price_cents=None, stock=None, sku="")
        first = whole.variants[0] if whole.variants else None
        if first is None:
            return whole
        return whole.but(variants=(), price_cents=first.price_cents, stock=first.stock, sku="")

    @property
    def axis_rows(self) -> list[tuple[Cell, Cell]]:
        """Three rows of name and values, empty ones to be filled in."""
        rows = [*self.axes, *[("", ())] * (MOST_AXES - len(self.axes))]
        typed = self.typed or {}
        return [
            (
                Cell(f"axis{place}-name", typed.get(f"axis{place}-name", name), self.problems.get(f"axis{place}-name", "")),
                Cell(f"axis{place}-values", typed.get(f"axis{place}-values", ", ".join(values)), self.problems.get(f"axis{place}-values", "")),
            )
            for place, (name, values) in enumerate(rows[:MOST_AXES])
        ]

    @property
    def rows(self) -> list[Row]:
        return [self._row(place, variant) for place, variant in enumerate(self._variants)]

    def _axes(self) -> list[tuple[str, tuple[str, ...]]]:
        """(name, values) in order, of what was typed or of the listing."""
        if self.typed is None:
            found: dict[str, dict[str, None]] = {}
            for variant in self.whole.variants:
                for axis, value in variant.values.items():
                    found.setdefault(axis, {})[value] = None
            return [(axis, tuple(values)) for axis, values in found.items()]
        axes: list[tuple[str, tuple[str, ...]]] = []
        for place in range(MOST_AXES):
            name = self.typed.get(f"axis{place}-name", "").replace("\0", "").strip()
            parts = (part.strip() for part in self.typed.get(f"axis{place}-values", "").replace("\0", "").split(","))
            values = tuple(dict.fromkeys(part for part in parts if part))
            if name or values:
                self._check_axis(place, name, values, [known for known, _values in axes])
                axes.append((name, values))
        count = 1
        for _name, values in axes:
            count *= max(len(values), 1)
        if axes and count > MOST_VARIANTS:
            self.problems["axis0-values"] = _("That makes %(count)d variants; a hundred at most.") % {"count": count}
        return axes

    def _check_axis(self, place: int, name: str, values: Sequence[str], before: Sequence[str]) -> None:
        if not name:
            self.problems[f"axis{place}-name"] = _("What do these choices vary? Size, colour…")
        elif name.casefold() in [known.casefold() for known in before]:
            self.problems[f"axis{place}-name"] = _("This name stands twice.")
        if not values:
            self.problems[f"axis{place}-values"] = _("Name the choices, separated by commas.")
        if any(len(value) > MOST_LETTERS for value in (name, *values)):
            self.problems[f"axis{place}-values"] = _("Forty letters at most for each.")

    def _read(self) -> tuple[WholeVariant, ...]:
        if any(name.startswith("axis") for name in self.problems):
            return self.whole.variants
        typed = self._typed_rows()
        names = [name for name, _values in self.axes]
        made = []
        for values in combinations(*(values for _name, values in self.axes)) if self.axes else ():
            wanted = dict(zip(names, values, strict=True))
            known = next((row for row in typed if row[0].values == wanted), None) or next((row for row in typed if _agree(row[0].values, wanted)), None)
            if known is None:
                made.append(WholeVariant(wanted, self._usual_price(), None if self.whole.made_to_order else self.whole.stock or 0))
            else:
                kept = known[0] if known[0].values == wanted else replace(known[0], sku="", stock=0 if known[0].stock is not None else None)
                made.append(replace(kept, values=wanted))
        return tuple(made)

    def _usual_price(self) -> int | None:
        """Of a new combination: that of the whole, else the lowest known."""
        prices = [variant.price_cents for variant in self.whole.variants if variant.price_cents is not None]
        return self.whole.price_cents if self.whole.price_cents is not None else min(prices, default=None)

    def _typed_rows(self) -> list[tuple[WholeVariant, int]]:
        """The rows that were sent back, by what their hidden key says of their values; else those of the listing."""
        assert self.typed is not None
        known = {key_of(variant.values): variant for variant in self.whole.variants}
        rows = []
        for place in range(MOST_VARIANTS):
            key = self.typed.get(f"v{place}-key")
            if key is None:
                break
            if key in known:
                rows.append((self._typed_variant(place, known.pop(key)), place))
        return rows + [(variant, -1) for variant in known.values()]

    def _typed_variant(self, place: int, known: WholeVariant) -> WholeVariant:
        assert self.typed is not None
        said = {name: self.typed.get(f"v{place}-{name}", "").replace("\0", "").strip() for name in ("price", "stock", "sku", "weight", "picture")}
        price, stock, weight = cents(said["price"]), number(said["stock"] or "0"), number(said["weight"])
        if price is None:
            self.problems[f"v{place}-price"] = _("A price such as 24,50, please.")
        if stock is None or stock > MOST_STOCK:
            self.problems[f"v{place}-stock"] = _("A number of pieces, please.")
        if said["weight"] and (not weight or weight > MOST_GRAMS):
            self.problems[f"v{place}-weight"] = _("A weight in whole grams, please.")
        picture = said["picture"] if said["picture"] in self._known else ""
        tracked = None if "made_to_order" in self.typed or (self.whole.made_to_order and "title" not in self.typed) else stock
        if tracked is not None and known.stock is not None and self.typed.get(f"v{place}-was") == said["stock"]:
            tracked = known.stock  # a piece may have been sold since the page was opened
        return replace(known, price_cents=price, stock=tracked, sku=said["sku"][:60], weight_g=weight or None, picture=picture, shown=f"v{place}-shown" in self.typed)

    def _row(self, place: int, variant: WholeVariant) -> Row:
        typed = self.typed if self.problems and self.typed is not None else {}

        def cell(name: str, value: Any) -> Cell:
            full = f"v{place}-{name}"
            return Cell(full, typed.get(full, "" if value is None else str(value)), self.problems.get(full, ""))

        price = f"{variant.price_cents // 100},{variant.price_cents % 100:02d}" if variant.price_cents is not None else ""
        return Row(
            ", ".join(variant.values.values()), key_of(variant.values), cell("price", price), cell("stock", variant.stock), cell("sku", variant.sku),
            cell("weight", variant.weight_g), cell("picture", variant.picture), variant.shown, f"v{place}-shown",
        )


def key_of(values: Mapping[str, str]) -> str:
    """What names a combination in the form."""
    return "|".join(f"{axis}={value}" for axis, value in sorted(values.items()))


def cents(text: str) -> int | None:
    """A price that can be charged; None for any other text."""
    found = typed_cents(text)
    return found if found is not None and LEAST_CENTS <= found <= MOST_CENTS else None


def _agree(some: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether one of the two says the same as the other where both speak: an axis was added or taken away."""
    shared = some.keys() & wanted.keys()
    return bool(shared) and all(some[axis] == wanted[axis] for axis in shared)
