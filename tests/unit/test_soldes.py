"""LAW P8: the word « soldes » and its periods."""

from datetime import datetime, timedelta

import pytest
from lapinblanc.clock import PARIS
from lapinblanc.soldes import may_say_soldes, periods, says_soldes


@pytest.mark.parametrize(
    ("year", "winter", "summer"),
    [(2025, "2025-01-08", "2025-06-25"), (2026, "2026-01-07", "2026-06-24"), (2027, "2027-01-06", "2027-06-23"), (2024, "2024-01-10", "2024-06-26")],
)
def test_periods_open_on_a_wednesday_at_eight(year: int, winter: str, summer: str) -> None:
    found = periods(year)
    assert [opens.strftime("%Y-%m-%d %H:%M %a") for opens, _closes in found] == [f"{winter} 08:00 Wed", f"{summer} 08:00 Wed"]
    assert all((closes.date() - opens.date()).days == 28 for opens, closes in found)


def test_a_campaign_stays_inside_the_period() -> None:
    opens, closes = periods(2027)[0]
    assert opens == datetime(2027, 1, 6, 8, tzinfo=PARIS)
    assert may_say_soldes(starts_at=opens, ends_at=closes)
    minute = timedelta(minutes=1)
    assert not may_say_soldes(starts_at=opens - minute, ends_at=closes)
    assert not may_say_soldes(starts_at=opens, ends_at=closes + minute)
    assert not may_say_soldes(starts_at=opens + timedelta(days=90), ends_at=closes + timedelta(days=90))


@pytest.mark.parametrize("text", ["Soldes d’hiver", "Les SOLDES", "Pièces soldées", "Tout est en solde", "soldes"])
def test_the_word_and_what_derives_from_it(text: str) -> None:
    assert says_soldes(text)


@pytest.mark.parametrize("text", ["Noël des artisans", "Le solde de votre compte", "Soldat de bois", "Consolider", ""])
def test_other_words_are_free(text: str) -> None:
    assert not says_soldes(text)
