"""Dates as French writes them: « 1er novembre », and as English does."""

from datetime import date

import pytest
from django.utils import translation
from lapinblanc.bridge.templatetags.frame import day


@pytest.mark.parametrize(
    ("value", "language", "pattern", "text"),
    [
        (date(2026, 11, 1), "fr", "j F Y", "1er novembre 2026"),
        (date(2026, 11, 1), "fr", "j F", "1er novembre"),
        (date(2026, 11, 11), "fr", "j F Y", "11 novembre 2026"),
        (date(2026, 11, 1), "en", "j F Y", "1 November 2026"),
        (date(2026, 11, 1), "fr", "l j F", "dimanche 1 novembre"),
        (None, "fr", "j F Y", ""),
    ],
)
def test_the_first_of_a_month(value: date | None, language: str, pattern: str, text: str) -> None:
    with translation.override(language):
        assert day(value, pattern) == text
