"""Price by kilogram, litre or metre (LAW P6; order of 16 November 1999). Integer cents, half up. Pure."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

# unit: (what it is priced by, how many of it make one of that)
UNITS: dict[str, tuple[str, int]] = {"g": ("kg", 1000), "kg": ("kg", 1), "ml": ("L", 1000), "cl": ("L", 100), "l": ("L", 1), "cm": ("m", 100), "m": ("m", 1)}


def unit_price(cents: int, legal: Mapping[str, Any]) -> tuple[int, str] | None:
    """(7500, « kg ») for soap of 100 g at 7,50 €; None without a net quantity."""
    unit = UNITS.get(str(legal.get("net_unit", "")))
    try:
        quantity = Decimal(str(legal.get("net_qty", "")).replace(",", "."))
    except InvalidOperation:
        return None
    if unit is None or not quantity.is_finite() or quantity <= 0:
        return None
    return int((Decimal(cents) * unit[1] / quantity).quantize(Decimal(1), ROUND_HALF_UP)), unit[0]
