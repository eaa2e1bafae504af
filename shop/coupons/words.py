"""Codes in words: as they are written, and what they take off, the same sentence on every page."""

import unicodedata

from django.utils.translation import gettext as _
from lapinblanc.money import Money

from shop.coupons.terms import AMOUNT, PERCENT, Terms
from shop.formats import money


def normal(typed: str) -> str:
    """A code as it is kept: capitals, without spaces nor accents, so that it may be typed in any way."""
    plain = unicodedata.normalize("NFKD", typed.upper())
    return "".join(char for char in plain if char.isprintable() and not unicodedata.combining(char) and not char.isspace())[:40]


def taken_off(terms: Terms) -> str:
    """« −10 % », « −5,00 € », « livraison offerte »."""
    if terms.kind == PERCENT:
        return _("−%(number)d %%") % {"number": terms.percent}
    if terms.kind == AMOUNT:
        return f"−{money(terms.amount)}"
    return _("free shipping")


def too_little(lacking: Money, minimum: Money) -> str:
    return _("This code is for %(minimum)s of creations at least: %(missing)s more and it applies.") % {"minimum": money(minimum), "missing": money(lacking)}
