"""What the shop's views hand to templates: money as text, links of a breadcrumb."""

from dataclasses import dataclass

from babel.numbers import format_currency
from django.conf import settings
from django.utils.translation import get_language
from lapinblanc.money import Money


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    url: str


def in_language(path: str) -> str:
    """A frozen address, written in French, as the reader's language has it: `/en` stands before it in English."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def money(amount: Money) -> str:
    """`1 234,50 €` in the reader's language (LAW P2)."""
    return str(format_currency(amount.decimal, "EUR", locale=get_language() or "fr"))
