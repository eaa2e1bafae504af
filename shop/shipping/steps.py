"""Prices by weight, as a maker types them: a line a step, « 500 g : 6,70 ». Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from lapinblanc.money.typed import typed_cents

# Grams up to which a price in cents holds, the lightest first.
Steps = tuple[tuple[int, int], ...]

MOST_STEPS, MOST_GRAMS, MOST_CENTS = 20, 50_000, 99_900
LINE = re.compile(r"(?:<|≤|jusqu.?à|up to)?\s*(\d{1,6}(?:[.,]\d{1,3})?)\s*(kg|g)r?\.?\s*[:=→>-]*\s*(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:€|eur|euros)?", re.IGNORECASE)


class BadSteps(Exception):
    """`message` says what to write instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_steps(text: str) -> Steps:
    """Steps from lines, in the order of the weights; () for none. Raises BadSteps."""
    lines = [line.strip() for part in text.replace("\u00a0", " ").replace("\u202f", " ").splitlines() for line in part.split(";") if line.strip()]
    if len(lines) > MOST_STEPS:
        raise BadSteps(_("Twenty steps at most."))
    found = sorted(_step(line) for line in lines)
    for (lighter, cheaper), (heavier, dearer) in zip(found, found[1:], strict=False):
        if lighter == heavier:
            raise BadSteps(_("Two prices for %(grams)d g: keep one.") % {"grams": heavier})
        if dearer < cheaper:
            raise BadSteps(_("%(grams)d g would cost less than what is lighter: is a figure wrong?") % {"grams": heavier})
    return tuple(found)


def is_steps(value: Any) -> bool:
    """Whether this is what `read_steps` gives, as JSON keeps it: a list of pairs of whole numbers, in order and in bounds."""
    if not isinstance(value, list) or len(value) > MOST_STEPS:
        return False
    pairs = [pair for pair in value if isinstance(pair, list) and len(pair) == 2 and all(type(number) is int for number in pair)]
    fine = len(pairs) == len(value) and all(0 < grams <= MOST_GRAMS and 0 <= cents <= MOST_CENTS for grams, cents in pairs)
    return fine and all(a[0] < b[0] and a[1] <= b[1] for a, b in zip(pairs, pairs[1:], strict=False))


def written(steps: Sequence[Sequence[int]]) -> str:
    """As they are typed."""
    return "\n".join(f"{_weight(grams)} : {cents // 100},{cents % 100:02d}" for grams, cents in steps)


def _step(line: str) -> tuple[int, int]:
    read = LINE.fullmatch(line)
    cents = typed_cents(read[3]) if read else None
    if read is None or cents is None:
        raise BadSteps(_("« %(line)s » is not a step: write it as « 500 g : 6,70 », a line a step.") % {"line": line[:40]})
    grams = int((Decimal(read[1].replace(",", ".")) * (1000 if read[2].lower() == "kg" else 1)).to_integral_value())
    if not 0 < grams <= MOST_GRAMS or cents > MOST_CENTS:
        raise BadSteps(_("Weights go up to 50 kg, prices up to 999 €."))
    return grams, cents


def _weight(grams: int) -> str:
    return f"{grams // 1000} kg" if grams % 1000 == 0 else f"{grams} g"
