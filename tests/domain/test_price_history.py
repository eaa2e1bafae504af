"""The history of prices is the database's own, and agreed prices are evidence (LAW P7)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import Error
from lapinblanc import clock

from shop.catalogue import editing
from shop.partner.models import StockRecord
from shop.prices.models import PriceChange, PriceWindow
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def prices_of(product: Any) -> list[int | None]:
    rows = PriceChange.objects.filter(stockrecord__product=product).order_by("at", "id")
    return list(rows.values_list("price_cents", flat=True))


def window(record: StockRecord, *, starts: int = 1, days: int = 5, **fields: Any) -> PriceWindow:
    """A window that starts in `starts` days."""
    begin = clock.now() + timedelta(days=starts)
    facts = {"price_cents": 4000, "starts_at": begin, "ends_at": begin + timedelta(days=days), "campaign": "c", "agreed_at": begin - timedelta(days=1)}
    return PriceWindow.objects.create(stockrecord=record, **(facts | fields))


def test_every_change_of_a_price_is_noted_whoever_makes_it(market: Market) -> None:
    assert prices_of(market.bowl) == [5600]
    StockRecord.objects.filter(product=market.bowl).update(price=50)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partner_stockrecord SET price = 48 WHERE product_id = %s", [market.bowl.pk])
    StockRecord.objects.filter(product=market.bowl).update(num_in_stock=3)
    assert prices_of(market.bowl) == [5600, 5000, 4800]


def test_a_paused_listing_is_offered_at_no_price(market: Market) -> None:
    editing.move_listing(product=market.bowl, state="paused")
    StockRecord.objects.filter(product=market.bowl).update(price=10)
    assert prices_of(market.bowl) == [5600, None]


def test_a_draft_has_no_history_until_it_is_published(market: Market) -> None:
    draft = make.listing(market.ocre, "Brouillon", state="draft")
    assert prices_of(draft) == []
    type(draft).objects.filter(pk=draft.pk).update(state="published")
    assert prices_of(draft) == [2800]


@pytest.mark.parametrize("statement", ["UPDATE prices_pricechange SET price_cents = 1", "DELETE FROM prices_pricechange"])
def test_history_is_never_rewritten(market: Market, statement: str) -> None:
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert prices_of(market.bowl) == [5600]


def test_two_agreed_prices_of_a_piece_never_overlap(market: Market) -> None:
    bowl, mug = StockRecord.objects.get(product=market.bowl), StockRecord.objects.get(product=market.mug)
    first = window(bowl)
    window(mug)
    window(bowl, starts=6)
    with pytest.raises(IntegrityError, match="price_windows_never_overlap"), transaction.atomic():
        window(bowl, starts=3)
    first.left_at = clock.now()
    first.save()
    window(bowl, starts=1, days=4)


@pytest.mark.parametrize("cents", [0, 49])
def test_nothing_is_offered_below_what_a_card_can_be_charged(market: Market, cents: int) -> None:
    with pytest.raises(IntegrityError, match="price_window_is_a_price"), transaction.atomic():
        window(StockRecord.objects.get(product=market.bowl), price_cents=cents)


def test_an_agreement_comes_before_the_price(market: Market) -> None:
    record = StockRecord.objects.get(product=market.bowl)
    with pytest.raises(IntegrityError, match="agreed_before"), transaction.atomic():
        window(record, agreed_at=clock.now() + timedelta(days=2))
    with pytest.raises(IntegrityError), transaction.atomic():
        window(record, agreed_at=None)


@pytest.mark.parametrize("change", ["price_cents = 1", "ends_at = ends_at + interval '1 day'", "starts_at = starts_at - interval '1 hour'", "left_at = starts_at", "campaign = 'other'"])
def test_an_agreed_price_is_left_or_cut_short_and_nothing_else(market: Market, change: str) -> None:
    made = window(StockRecord.objects.get(product=market.bowl))
    with pytest.raises(Error, match="left or cut short"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE prices_pricewindow SET {change}")
    PriceWindow.objects.filter(pk=made.pk).update(ends_at=made.ends_at - timedelta(days=1))
    PriceWindow.objects.filter(pk=made.pk).update(left_at=clock.now())


def test_a_price_that_was_in_force_stays(market: Market) -> None:
    record = StockRecord.objects.get(product=market.bowl)
    window(record, starts=-10)
    coming = window(record, starts=2)
    coming.delete()
    with pytest.raises(Error, match="evidence"), transaction.atomic():
        PriceWindow.objects.all().delete()
