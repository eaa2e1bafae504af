"""A boutique joins a campaign with lower prices: agreed, by the clock, shown within the law, charged everywhere."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from lapinblanc import clock
from lapinblanc.money import Money

from shop.baskets.pricing import quote_basket
from shop.catalogue.cards import listing_card
from shop.catalogue.detail import listing_detail
from shop.catalogue.freezing import freeze_listings
from shop.catalogue.joining import RefusedPrices, TooLate, call_off, join, looks, pieces_of
from shop.catalogue.models import Product
from shop.checkout.exceptions import QuoteChanged
from shop.checkout.sessions import start_checkout
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.prices.invitations import Invitation
from shop.prices.models import PriceChange, PriceWindow
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def invitation(days: int = 2) -> Invitation:
    starts = clock.now() + timedelta(days=days)
    return Invitation(key="campaign-1", title="Noël", words="", starts_at=starts, ends_at=starts + timedelta(days=10))


def record_of(product: Any) -> StockRecord:
    return StockRecord.objects.get(product=product)


def joined(market: Market, cents: int = 4500, product: Any = None) -> Invitation:
    """The bowl of 56 € joins at 45 €."""
    found = invitation()
    join(vendor=market.ocre, invitation=found, prices={record_of(product or market.bowl).pk: Money(cents)}, by=market.basile)
    return found


def fresh(product: Any) -> Any:
    return Product.objects.for_page().get(pk=product.pk)


SECOND = timedelta(seconds=1)


def seen(market: Market, moment: datetime) -> tuple[str, str, int, int, int]:
    """Card, struck price, per cent, price of the page and of the basket at an instant."""
    with clock.at(moment):
        card, detail = listing_card(fresh(market.bowl)), listing_detail(fresh(market.bowl))
        return card.price, card.prior, card.percent, detail.price_cents, quote_basket(make.basket((market.bowl, 1))).goods.cents


def test_the_price_switches_by_the_clock_on_card_page_and_basket(market: Market) -> None:
    found = joined(market)
    usual = ("56,00\xa0€", "", 0, 5600, 5600)
    lower = ("45,00\xa0€", "56,00\xa0€", 19, 4500, 4500)
    assert seen(market, found.starts_at - SECOND) == usual
    assert seen(market, found.starts_at) == lower
    assert seen(market, found.ends_at - SECOND) == lower
    assert seen(market, found.ends_at) == usual


def test_machines_are_told_the_price_that_is_charged(market: Market) -> None:
    found = joined(market)
    with clock.at(found.starts_at):
        assert '"price": "45.00"' in listing_detail(fresh(market.bowl)).structured


def test_an_order_is_charged_what_was_shown(market: Market) -> None:
    found = joined(market)
    with clock.at(found.starts_at):
        purchase = make.bought((market.bowl, 2))
    assert Order.objects.get(purchase=purchase).lines.get().line_price_incl_tax == 90


@pytest.mark.parametrize("edge", ["starts_at", "ends_at"])
def test_a_price_that_switches_while_paying_is_shown_again_first(market: Market, edge: str) -> None:
    found = joined(market)
    moment = getattr(found, edge)
    filled = make.basket((market.bowl, 1))
    with clock.at(moment - SECOND):
        asked = make.request_for(filled)
    with clock.at(moment), pytest.raises(QuoteChanged):
        start_checkout(basket=filled, buyer=None, asked=asked)


def test_the_agreement_says_who_and_when(market: Market) -> None:
    joined(market)
    made = PriceWindow.objects.get()
    assert (made.agreed_by, made.left_at, made.price_cents) == (market.basile, None, 4500)
    assert abs(made.agreed_at - clock.now()) < timedelta(minutes=1)


def test_joining_twice_is_joining_once_and_another_price_replaces_it(market: Market) -> None:
    found = joined(market)
    pk = record_of(market.bowl).pk
    join(vendor=market.ocre, invitation=found, prices={pk: Money(4500)}, by=market.basile)
    assert PriceWindow.objects.count() == 1
    join(vendor=market.ocre, invitation=found, prices={pk: Money(4000)}, by=market.basile)
    assert list(PriceWindow.objects.filter(left_at=None).values_list("price_cents", flat=True)) == [4000]
    assert PriceWindow.objects.count() == 2


def test_a_boutique_leaves_before_the_start_and_not_after(market: Market) -> None:
    found = joined(market)
    pk = record_of(market.bowl).pk
    with clock.at(found.starts_at), pytest.raises(TooLate):
        join(vendor=market.ocre, invitation=found, prices={pk: None}, by=market.basile)
    assert PriceWindow.objects.filter(left_at=None).count() == 1
    join(vendor=market.ocre, invitation=found, prices={pk: None}, by=market.basile)
    assert not PriceWindow.objects.filter(left_at=None).exists()
    assert seen(market, found.starts_at)[3] == 5600


@pytest.mark.parametrize("cents", [5600, 6000, 49])
def test_a_price_that_is_not_lower_is_refused(market: Market, cents: int) -> None:
    with pytest.raises(RefusedPrices):
        joined(market, cents)
    assert not PriceWindow.objects.exists()


def test_one_wrong_price_and_nothing_is_written(market: Market) -> None:
    other = make.listing(market.ocre, "Assiette", price=3000)
    prices = {record_of(market.bowl).pk: Money(4500), record_of(other).pk: Money(3100)}
    with pytest.raises(RefusedPrices) as refusal:
        join(vendor=market.ocre, invitation=invitation(), prices=prices, by=market.basile)
    assert list(refusal.value.problems) == [record_of(other).pk]
    assert not PriceWindow.objects.exists()


def test_a_boutique_lowers_its_own_prices_alone(market: Market) -> None:
    join(vendor=market.ocre, invitation=invitation(), prices={record_of(market.mug).pk: Money(100)}, by=market.basile)
    assert not PriceWindow.objects.exists()
    assert [piece.title for piece in pieces_of(vendor=market.ocre, invitation=invitation())] == ["Bol ocre"]


def test_one_creation_joins_one_campaign_at_a_time(market: Market) -> None:
    found = joined(market)
    other = Invitation("campaign-2", "Autre", "", found.starts_at + timedelta(days=1), found.ends_at + timedelta(days=1))
    with pytest.raises(RefusedPrices):
        join(vendor=market.ocre, invitation=other, prices={record_of(market.bowl).pk: Money(3000)}, by=market.basile)


def test_what_buyers_will_see_is_told_before_and_is_what_they_see(market: Market) -> None:
    record = record_of(market.bowl)
    PriceChange.objects.create(stockrecord=record, price_cents=4800, at=clock.now() - timedelta(days=12))
    said = looks(vendor=market.ocre, invitation=invitation(), prices={record.pk: Money(4500)})[record.pk]
    assert said is not None
    assert (said.prior, said.percent) == (4800, 6)
    found = joined(market)
    assert seen(market, found.starts_at)[1:3] == ("48,00\xa0€", 6)


def test_a_private_seller_lowers_a_price_and_strikes_nothing(market: Market) -> None:
    market.ocre.legal_status, market.ocre.vat_regime, market.ocre.siret = "private", "private", ""
    market.ocre.save()
    found = joined(market)
    assert looks(vendor=market.ocre, invitation=found, prices={record_of(market.bowl).pk: Money(4500)}) == {record_of(market.bowl).pk: None}
    assert seen(market, found.starts_at) == ("45,00\xa0€", "", 0, 4500, 4500)


def test_a_campaign_called_off_lowers_nothing(market: Market) -> None:
    found = joined(market)
    call_off(found.key)
    assert seen(market, found.starts_at)[3] == 5600


def test_a_campaign_cut_short_returns_its_prices_at_once(market: Market) -> None:
    found = joined(market)
    later = found.starts_at + timedelta(days=3)
    with clock.at(later):
        call_off(found.key)
    assert seen(market, later - SECOND)[4] == 4500
    assert seen(market, later)[4] == 5600


def test_variants_have_their_own_prices_and_the_card_shows_the_lowest(market: Market) -> None:
    whole = make.listing(market.ocre, "Bol en deux tailles", price=9900)
    StockRecord.objects.filter(product=whole).delete()
    Product.objects.filter(pk=whole.pk).update(structure="parent")
    records = []
    for label, cents in (("Petit", 3000), ("Grand", 4000)):
        child = Product.objects.create(structure="child", parent_id=whole.pk, title="", slug=f"bol-{label}", variant_values={"Taille": label})
        records.append(StockRecord.objects.create(product=child, partner_id=market.ocre.partner_id, partner_sku=label, price=Money(cents).decimal, num_in_stock=3))
    freeze_listings([whole.pk])
    found = invitation()
    join(vendor=market.ocre, invitation=found, prices={records[1].pk: Money(2500)}, by=market.basile)
    with clock.at(found.starts_at):
        card, detail = listing_card(fresh(whole)), listing_detail(fresh(whole))
    assert (card.price, card.prior, card.percent, card.from_price) == ("25,00\xa0€", "40,00\xa0€", 37, True)
    assert [(variant.offer.price, variant.offer.prior) for variant in detail.choice.variants] == [("30,00\xa0€", ""), ("25,00\xa0€", "40,00\xa0€")]


def test_a_basket_costs_as_many_queries_with_one_lower_price_as_with_eight(market: Market, django_assert_num_queries: Any) -> None:
    from django.test.utils import CaptureQueriesContext

    def cost(number: int) -> int:
        made = [make.listing(market.ocre, f"Piece {number} {place}", price=5000) for place in range(number)]
        join(vendor=market.ocre, invitation=found, prices={record_of(product).pk: Money(4000) for product in made}, by=market.basile)
        filled = make.basket(*((product, 1) for product in made))
        with clock.at(found.starts_at), CaptureQueriesContext(connection) as seen_queries:
            assert quote_basket(filled).goods.cents == 4000 * number
        return len(seen_queries)

    found = invitation()
    assert cost(1) == cost(8)
