"""Amounts of money as integer cents. Pure Python: no Django, no float.

`Money` is what crosses the border of a function; Decimal stays inside the models of Oscar.
"""

from lapinblanc.money.amount import ZERO, Money
from lapinblanc.money.vat import VatSplit, exclude_vat, split_vat, vat_on_top

__all__ = ["ZERO", "Money", "VatSplit", "exclude_vat", "split_vat", "vat_on_top"]
