"""Filters that every template may use: money, dates in French and in English, plain whole numbers."""

from decimal import Decimal

from babel.numbers import format_currency
from django import template
from django.utils import translation

from lapinblanc.money import Money

register = template.Library()


@register.filter
def money(amount: "Money | Decimal | int | None") -> str:
    """`1 234,50 €` in the reader's language; takes Money, whole cents or Oscar's Decimal euros; empty for None."""
    if amount is None:
        return ""
    if isinstance(amount, Money):
        euros = amount.decimal
    elif isinstance(amount, int):
        euros = Money(amount).decimal
    else:
        euros = amount
    return str(format_currency(euros, "EUR", locale=translation.get_language() or "fr"))
