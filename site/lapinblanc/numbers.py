"""Whole numbers out of addresses and forms, where anything may stand. Pure Python."""

DIGITS = 18


def whole(text: str) -> int | None:
    """The number that a text writes in plain digits; None for any other text, such as « ² » or more than a row could bear."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
