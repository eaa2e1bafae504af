"""What the shop's views hand to templates: money as text, links of a breadcrumb."""

from dataclasses import dataclass

from babel.numbers import format_currency
from django.utils.translation import get_language
from lapinblanc.money import Money


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    url: str


def money(amount: Money) -> str:
    """`1 234,50 €` in the reader's language (LAW P2)."""
    return str(format_currency(amount.decimal, "EUR", locale=get_language() or "fr"))
