"""Public references: how purchases and orders are named to people. Pure Python."""


def purchase_reference(*, year: int, number: int) -> str:
    """`LB-2026-000123`: what a buyer reads out on the telephone."""
    return f"LB-{year}-{number:06d}"


def order_reference(*, purchase: str, position: int) -> str:
    """`LB-2026-000123-2`: one vendor's part of a purchase; position counts from 1."""
    return f"{purchase}-{position}"
