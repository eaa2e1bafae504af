"""A boutique's own sales: shown before saving, by the clock, within the law of reductions (S8, P7, P8)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from lapinblanc import clock
from lapinblanc.clock import PARIS
from lapinblanc.money import Money

from shop.catalogue.cards import listing_card
from shop.catalogue.joining import RefusedPrices, looks_closely
from shop.catalogue.models import Product
from shop.checkout.invariants import broken_invariants
from shop.coupons.exceptions import RefusedTerms
from shop.coupons.making import stop_coupon
from shop.coupons.models import Sale
from shop.coupons.sales import as_invitation, stop_sale, switch_due
from shop.partner.models import StockRecord
from shop.prices.lowest import Silence
from shop.prices.models import PriceChange, PriceWindow
from tests import factories as make
from tests.domain.test_campaign_prices import SECOND, joined, record_of, seen
from tests.factories import Market, code

pytestmark = pytest.mark.django_db
USUAL, LOWER = ("56,00\xa0€", "", 0, 5600, 5600), ("40,00\xa0€", "56,00\xa0€", 28, 4000, 4000)


def test_a_sale_switches_by_the_clock_and_strikes_what_may_be(market: Market) -> None:
    sale = make.sale(market.ocre)
    assert [seen(market, at) for at in (sale.starts_at - SECOND, sale.starts_at, sale.ends_at - SECOND, sale.ends_at)] == [USUAL, LOWER, LOWER, USUAL]
    assert PriceWindow.objects.get().campaign == f"vente:{sale.pk}"


def test_lists_and_search_follow_by_the_job(market: Market) -> None:
    sale = make.sale(market.ocre)
    with clock.at(sale.starts_at + SECOND):
        assert switch_due() == 1
        assert Product.objects.get(pk=market.bowl.pk).price_cents == 4000
        assert switch_due() == 0
    with clock.at(sale.ends_at + SECOND):
        assert switch_due() == 1
        assert Product.objects.get(pk=market.bowl.pk).price_cents == 5600
        assert switch_due() == 0


def test_given_up_before_it_starts_and_cut_short_after(market: Market) -> None:
    sale = make.sale(market.ocre)
    assert stop_sale(sale=sale)
    assert not stop_sale(sale=sale)
    assert seen(market, sale.starts_at) == USUAL
    other = make.sale(market.ocre)
    later = other.starts_at + timedelta(days=3)
    with clock.at(later):
        assert stop_sale(sale=other)
    assert [seen(market, later - SECOND)[4], seen(market, later)[4]] == [4000, 5600]


def test_a_sale_and_a_campaign_do_not_overlap(market: Market) -> None:
    joined(market)
    with pytest.raises(RefusedPrices, match="déjà un autre prix"):
        make.sale(market.ocre)
    assert not Sale.objects.exists()


def test_a_private_seller_announces_no_sale(market: Market) -> None:
    market.ocre.legal_status, market.ocre.vat_regime, market.ocre.siret = "private", "private", ""
    market.ocre.save()
    with pytest.raises(RefusedTerms, match="particulier"):
        make.sale(market.ocre)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_the_word_is_kept_for_the_legal_periods(market: Market) -> None:
    with clock.at(at("2026-12-20T10:00")):
        with pytest.raises(RefusedTerms, match="réserve le mot"):
            make.sale(market.ocre, title="Soldes d’atelier", starts_at=at("2026-12-28T08:00"), ends_at=at("2027-01-20T00:00"))
        assert make.sale(market.ocre, title="Soldes d’atelier", starts_at=at("2027-01-06T08:00"), ends_at=at("2027-02-01T00:00"))


@pytest.mark.parametrize(("facts", "said"), [
    ({"title": " "}, "nom"), ({"starts_at": clock.now() - timedelta(days=1)}, "passé"), ({"ends_at": clock.now()}, "après"),
    ({"ends_at": clock.now() + timedelta(days=90)}, "Deux mois"), ({"prices": {}}, "au moins une"),
])
def test_what_cannot_be_is_said(market: Market, facts: dict[str, Any], said: str) -> None:
    with pytest.raises(RefusedTerms, match=said):
        make.sale(market.ocre, **facts)
    assert not Sale.objects.exists()


def test_a_foreign_creation_is_left_alone(market: Market) -> None:
    make.sale(market.ocre, prices={record_of(market.bowl).pk: Money(4000), record_of(market.mug).pk: Money(100)})
    assert list(PriceWindow.objects.values_list("stockrecord__product__title", flat=True)) == ["Bol ocre"]


def look(market: Market, product: Any, cents: int, *, days: int = 2) -> Any:
    starts = clock.now() + timedelta(days=days)
    asked = as_invitation(key="vente:0", title="x", starts_at=starts, ends_at=starts + timedelta(days=5))
    return looks_closely(vendor=market.ocre, invitation=asked, prices={record_of(product).pk: Money(cents)})[record_of(product).pk]


def test_why_nothing_may_be_announced(market: Market) -> None:
    """A price that rose just before; the other reasons are those of the pure function (tests/unit/test_lowest_price.py)."""
    starts = clock.now() + timedelta(days=2)
    asked = as_invitation(key="vente:0", title="x", starts_at=starts, ends_at=starts + timedelta(days=5))
    assert looks_closely(vendor=market.ocre, invitation=asked, prices={record_of(market.bowl).pk: Money(4000)})[record_of(market.bowl).pk].silence is None
    # A rise just before: 30 € until now, 56 € from now on.
    StockRecord.objects.filter(product=market.bowl).update(price=30)
    StockRecord.objects.filter(product=market.bowl).update(price=56)
    lower = look(market, market.bowl, 4000)
    assert (lower.silence, lower.prior, lower.said) == (Silence.LOWER, Money(3000), None)
    assert look(market, market.bowl, 2500).said.percent == 16


def test_a_code_for_everybody_counts_in_what_is_struck_and_a_personal_one_does_not(market: Market) -> None:
    record = record_of(market.bowl)
    PriceChange.objects.create(stockrecord=record, price_cents=5600, at=clock.now() - timedelta(days=90))
    code(market.ocre, "AMIS", percent=50, is_personal=True, people=["zoe@example.org"])
    code(market.ocre, "PORT", kind="shipping", percent=0)
    code(market.sel, "AILLEURS", percent=50)
    assert look(market, market.bowl, 4000).prior == Money(5600)
    general = code(market.ocre)
    assert look(market, market.bowl, 4000).prior == Money(5040)
    assert look(market, market.bowl, 5040).silence == Silence.LOWER
    stop_coupon(coupon=general)
    # It was a price for a moment: stopping it does not unmake it.
    assert look(market, market.bowl, 4000).prior == Money(5040)
    assert look(market, market.bowl, 4000, days=40).prior == Money(5600)


def test_a_code_made_or_stopped_before_the_sale_changes_what_its_card_will_say(market: Market) -> None:
    sale = make.sale(market.ocre, starts_at=clock.now() + timedelta(days=40), ends_at=clock.now() + timedelta(days=50))
    general = code(market.ocre, percent=20)

    def struck() -> str:
        with clock.at(sale.starts_at):
            return listing_card(Product.objects.for_page().get(pk=market.bowl.pk)).prior

    assert struck() == "44,80\xa0€"
    stop_coupon(coupon=general)
    assert struck() == "56,00\xa0€"


def test_a_code_on_one_creation_leaves_the_others(market: Market) -> None:
    plate = make.listing(market.ocre, "Assiette", price=3000)
    code(market.ocre, listings=[plate.pk], percent=50)
    assert look(market, market.bowl, 4000).prior == Money(5600)
    assert look(market, plate, 1400).prior == Money(1500)


def test_a_sale_of_many_costs_as_many_queries_as_of_few(market: Market) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(number: int) -> int:
        products = [make.listing(market.ocre, f"Piece {number} {place}", price=5000) for place in range(number)]
        prices = {record_of(product).pk: Money(4000) for product in products}
        starts = clock.now() + timedelta(days=2)
        asked = as_invitation(key="vente:0", title="x", starts_at=starts, ends_at=starts + timedelta(days=5))
        with CaptureQueriesContext(connection) as queries:
            assert len(looks_closely(vendor=market.ocre, invitation=asked, prices=prices)) == number
        return len(queries)

    code(market.ocre)
    assert cost(2) == cost(32)


def test_what_cards_announce_is_held_against_the_history(market: Market) -> None:
    """A card that strikes more than the history allows, or a price that nobody agreed to, is found."""
    make.sale(market.ocre)
    assert not broken_invariants()
    card = Product.objects.get(pk=market.bowl.pk).card
    (window,) = card["offers"][0]["windows"]
    for wrong in ([*window[:3], window[3] + 1], [*window[:2], window[2] - 1, window[3]]):
        card["offers"][0]["windows"] = [wrong]
        Product.objects.filter(pk=market.bowl.pk).update(card=card)
        assert any("P7" in sentence for sentence in broken_invariants())
    card["offers"][0]["windows"] = [[*window[:3], None]]
    Product.objects.filter(pk=market.bowl.pk).update(card=card)
    assert not broken_invariants()


def test_every_way_to_change_a_price_keeps_cards_lawful(market: Market) -> None:
    """A price lowered, a pause, a code: what a coming sale will strike follows."""
    from shop.catalogue import editing
    from shop.catalogue.whole.reading import read_whole
    from shop.catalogue.whole.writing import write_whole

    make.sale(market.ocre)
    code(market.ocre, percent=30)
    assert not broken_invariants()
    editing.move_listing(product=market.bowl, state="paused")
    assert not broken_invariants()
    Product.objects.filter(pk=market.bowl.pk).update(state="published")
    write_whole(product=market.bowl, whole=replace(read_whole(Product.objects.get(pk=market.bowl.pk)), price_cents=4500), by=market.basile)
    assert not broken_invariants()
    # The control: a price lowered behind the verbs' back is found.
    StockRecord.objects.filter(product=market.bowl).update(price=41)
    assert any("P7" in sentence for sentence in broken_invariants())
