"""Cells of tables that people open in a spreadsheet. Pure Python."""

from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def plain_cell(value: Any) -> Any:
    """What a spreadsheet would take for a formula, as the text that it is (FAULTS S19); everything else as it came."""
    return f"{MARK}{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def guarded(text: str) -> str:
    """The same for a file that is read again: `unguarded` gives back every text, those that began with the mark too."""
    return f"{MARK}{text}" if text.lstrip(MARK).startswith(FORMULA) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given; text of another origin, which no guard was put before, as it came."""
    return text[1:] if text.startswith(MARK) and text.lstrip(MARK).startswith(FORMULA) else text
