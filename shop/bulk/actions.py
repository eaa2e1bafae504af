"""What can be done to many creations, as values: pure arithmetic over the value of one. Prices are cents, half a cent goes up.

`Action.of` reads the JSON that a change keeps; `after` gives the value that one creation would have, or raises `Refused`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LEAST_CENTS, MOST_CENTS, MOST_STOCK, MOST_TAGS = 50, 9_999_900, 9_999, 20
KINDS = {
    "price_percent": gettext_lazy("Price: add or take a percentage"),
    "price_amount": gettext_lazy("Price: add or take an amount"),
    "price_set": gettext_lazy("Price: the same for all"),
    "stock_set": gettext_lazy("Stock: the same for all"),
    "stock_add": gettext_lazy("Stock: add or take pieces"),
    "section": gettext_lazy("Section of the boutique"),
    "tag_add": gettext_lazy("Tag: add"),
    "tag_remove": gettext_lazy("Tag: take away"),
    "lead_days": gettext_lazy("Days before it leaves"),
    "state": gettext_lazy("State"),
}
OF_RECORDS = ("price_percent", "price_amount", "price_set", "stock_set", "stock_add")
# Prices end as the vendor likes them: the nearest one that ends so.
ENDINGS = {"": gettext_lazy("to the cent"), "00": gettext_lazy("whole euros"), "50": gettext_lazy("to fifty cents"), "90": gettext_lazy("ending in ,90")}


class Refused(Exception):
    """This creation cannot take this change; `message` says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Action:
    """`number`: tenths of a per cent, cents, pieces or days by kind; `text`: tag, section's name or state."""

    kind: str
    number: int = 0
    text: str = ""
    ending: str = ""

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Action":
        return cls(**facts)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def of_records(self) -> bool:
        """Whether each variant has its own value."""
        return self.kind in OF_RECORDS

    def after(self, before: Any) -> Any:
        """The value after; raises Refused. `before`: cents, pieces (None: made to order), tags, section's name, days or state."""
        if self.kind.startswith("price"):
            return self._price(before)
        if self.kind.startswith("stock"):
            return self._stock(before)
        if self.kind.startswith("tag"):
            return self._tags(list(before))
        return self.number if self.kind == "lead_days" else self.text

    def _price(self, before: int | None) -> int:
        if before is None:
            raise Refused(_("It has no price yet: open it to give it one."))
        if self.kind == "price_percent":
            cents = (before * (1000 + self.number) + 500) // 1000
        else:
            cents = self.number if self.kind == "price_set" else before + self.number
        cents = ended(cents, self.ending)
        if not LEAST_CENTS <= cents <= MOST_CENTS:
            raise Refused(_("The price would leave what can be charged: between 0.50 € and 99,999 €."))
        return cents

    def _stock(self, before: int | None) -> int:
        if before is None:
            raise Refused(_("It is made to order: it has no stock."))
        pieces = self.number if self.kind == "stock_set" else before + self.number
        if not 0 <= pieces <= MOST_STOCK:
            raise Refused(_("The stock would go below zero, or above 9,999."))
        return pieces

    def _tags(self, tags: list[str]) -> list[str]:
        others = [tag for tag in tags if tag.casefold() != self.text.casefold()]
        if self.kind == "tag_remove":
            return others
        if self.text in tags:
            return tags
        if len(others) >= MOST_TAGS:
            raise Refused(_("It has twenty tags already: take one away first."))
        return [*others, self.text]


def ended(cents: int, ending: str) -> int:
    """The nearest price that ends so, upwards in the middle; never below one that can be charged."""
    if not ending:
        return cents
    step, rest = (50, 0) if ending == "50" else (100, int(ending))
    nearest = ((cents - rest + step // 2) // step) * step + rest
    return nearest if nearest >= LEAST_CENTS else nearest + step
