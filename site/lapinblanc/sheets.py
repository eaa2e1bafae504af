"""Cells of tables that people open in a spreadsheet. Pure Python."""

from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: Any) -> Any:
    """What a spreadsheet would take for a formula, as the text that it is (FAULTS S19); everything else as it came."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
