"""Amounts as people type them: « 1 034,50 € », « 24.5 ». Pure Python."""

from decimal import Decimal, InvalidOperation

CENT = Decimal("0.01")


def typed_cents(text: str) -> int | None:
    """Cents of an amount in euros, with a comma or a point; None for what is none, or finer than a cent."""
    plain = "".join(text.split()).removesuffix("€").replace(",", ".")
    if not plain.isascii():
        return None
    try:
        amount = Decimal(plain)
        if not amount.is_finite() or amount != amount.quantize(CENT):
            return None
    except InvalidOperation:
        return None
    return int(amount * 100)
