"""Filters that every template may use: money, dates in French and in English, plain whole numbers."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_currency
from django import template
from django.template.defaultfilters import date as date_filter
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


@register.filter(expects_localtime=True, is_safe=False)
def day(value: Any, pattern: str = "j F Y") -> str:
    """Like `date`, for patterns that begin with the day: the first of a month is « 1er » in French."""
    text = str(date_filter(value, pattern))
    first = getattr(value, "day", 0) == 1 and pattern.startswith("j")
    return f"1er{text[1:]}" if first and translation.get_language() == "fr" else text
