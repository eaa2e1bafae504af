"""Codes of boutiques from basket to books: one computation, frozen when paying, given back as it was paid (K2, I9)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import Error
from lapinblanc import clock
from lapinblanc.money import Money

from shop.baskets.pricing import quote_basket
from shop.checkout.exceptions import QuoteChanged
from shop.checkout.invariants import broken_invariants
from shop.checkout.models import SessionState
from shop.checkout.placement import settle
from shop.checkout.sessions import abandon, start_checkout
from shop.checkout.sweep import sweep_checkouts
from shop.coupons.exceptions import CodeRefused, RefusedTerms
from shop.coupons.making import stop_coupon
from shop.coupons.models import Coupon, Redemption
from shop.order import states
from shop.order.models import Order
from shop.order.refunds import RefundTooLarge, refund
from shop.shipping.models import ShippingOption
from shop.vendors.models import Vendor
from tests import factories as make
from tests.factories import Market, code

pytestmark = pytest.mark.django_db


def bought_with(codes: dict[int, str], *lines: Any, **fields: Any) -> Any:
    filled = make.basket(*lines)
    total = quote_basket(filled, codes=codes).total
    session = make.started(filled, codes=codes, shown_total=total, **fields)
    make.pay(session)
    return settle(payment=session.payment)


def test_ten_per_cent_from_the_basket_to_the_books(market: Market) -> None:
    coupon = code(market.ocre)
    purchase = bought_with({market.ocre.pk: "merci 10"}, (market.bowl, 2))
    order = Order.objects.get(purchase=purchase)
    line = order.lines.get()
    assert (order.goods_cents, order.shipping_cents, purchase.total_cents) == (10080, 840, 10920)
    assert (order.coupon_code, order.discount_cents, order.shipping_discount_cents) == ("MERCI10", 1120, 0)
    assert (line.line_price_incl_tax, line.line_price_before_discounts_incl_tax, line.discount_cents) == (Money(10080).decimal, 112, 1120)
    # Eight per cent of what was paid.
    assert order.commission_cents == 806
    use = Redemption.objects.get()
    assert (use.order, use.state, use.cents, use.coupon) == (order, "used", 1120, coupon)
    coupon.refresh_from_db()
    assert coupon.uses == 1
    assert not broken_invariants()


def test_a_code_touches_the_lines_of_its_boutique_alone(market: Market) -> None:
    code(market.ocre)
    purchase = bought_with({market.ocre.pk: "MERCI10", market.sel.pk: "MERCI10"}, (market.bowl, 1), (market.mug, 1))
    mine, theirs = purchase.orders.order_by("position")
    assert (mine.goods_cents, theirs.goods_cents) == (5040, 12000)
    assert (theirs.coupon_code, theirs.discount_cents) == ("", 0)
    assert not broken_invariants()


def test_vat_is_of_what_is_paid(market: Market) -> None:
    Vendor.objects.filter(pk=market.ocre.pk).update(vat_regime="normal")
    type(market.bowl).objects.filter(pk=market.bowl.pk).update(vat_rate=2000)
    code(market.ocre)
    order = Order.objects.get(purchase=bought_with({market.ocre.pk: "MERCI10"}, (market.bowl, 1)))
    # 50.40 at 20 % holds 8.40; shipping 6.90 holds 1.15.
    assert (order.lines.get().vat_cents, order.vat_cents) == (840, 955)


def test_free_shipping_takes_the_shipping_of_its_boutique(market: Market) -> None:
    code(market.ocre, "PORT", kind="shipping", percent=0)
    purchase = bought_with({market.ocre.pk: "port"}, (market.bowl, 1), (market.mug, 1))
    mine, theirs = purchase.orders.order_by("position")
    assert (mine.shipping_cents, mine.shipping_discount_cents, mine.goods_cents) == (0, 690, 5600)
    assert theirs.shipping_cents == 690
    assert Redemption.objects.get().cents == 690
    assert not broken_invariants()


def test_shipping_that_was_free_already_uses_no_code(market: Market) -> None:
    ShippingOption.objects.filter(vendor=market.ocre).update(free_from_cents=5000)
    coupon = code(market.ocre, "PORT", kind="shipping", percent=0)
    order = Order.objects.get(purchase=bought_with({market.ocre.pk: "PORT"}, (market.bowl, 1)))
    coupon.refresh_from_db()
    assert (order.coupon_code, coupon.uses) == ("", 0)


def test_free_from_is_of_the_goods_before_the_code_so_that_no_code_makes_dearer(market: Market) -> None:
    ShippingOption.objects.filter(vendor=market.ocre).update(free_from_cents=5600)
    code(market.ocre, "UNEURO", kind="amount", percent=0, amount=Money(100))
    quote = quote_basket(make.basket((market.bowl, 1)), codes={market.ocre.pk: "UNEURO"})
    assert (quote.goods.cents, quote.shipping.cents) == (5500, 0)


def problem_of(market: Market, written: str, quantity: int = 1) -> str:
    found = quote_basket(make.basket((market.bowl, quantity)), codes={market.ocre.pk: written}).parcels[0]
    assert found.discount.cents == 0
    assert found.code is not None
    return found.code.problem


def test_what_a_code_is_refused_for_is_said(market: Market) -> None:
    now = clock.now()
    plate = make.listing(market.ocre, "Assiette", price=3000)
    code(market.sel, "AILLEURS")
    code(market.ocre, "DEMAIN", starts_at=now + timedelta(days=1))
    code(market.ocre, "CENT", minimum=Money(10000))
    code(market.ocre, "ASSIETTE", listings=[plate.pk])
    code(market.ocre, "HIER", ends_at=now + timedelta(hours=1))
    stop_coupon(coupon=code(market.ocre, "STOP"))
    assert "n’a pas ce code" in problem_of(market, "AILLEURS")
    assert "à partir du" in problem_of(market, "DEMAIN")
    assert "44,00\xa0€" in problem_of(market, "CENT")
    assert "d’autres créations" in problem_of(market, "ASSIETTE")
    assert "ne peut plus" in problem_of(market, "STOP")
    with clock.at(now + timedelta(hours=2)):
        assert "ne peut plus" in problem_of(market, "HIER")
    assert quote_basket(make.basket((market.bowl, 2)), codes={market.ocre.pk: "CENT"}).discount.cents == 1120


def test_a_percentage_is_of_the_price_in_force(market: Market) -> None:
    from tests.domain.test_campaign_prices import joined

    found = joined(market, 4500)
    code(market.ocre)
    with clock.at(found.starts_at):
        assert quote_basket(make.basket((market.bowl, 1)), codes={market.ocre.pk: "MERCI10"}).goods.cents == 4050


def test_a_code_stopped_while_paying_stands_for_whoever_saw_it(market: Market) -> None:
    coupon = code(market.ocre)
    session = make.started(make.basket((market.bowl, 1)), codes={market.ocre.pk: "MERCI10"}, shown_total=Money(5730))
    stop_coupon(coupon=coupon)
    make.pay(session)
    purchase = settle(payment=session.payment)
    assert purchase is not None
    assert purchase.total_cents == 5730
    assert not broken_invariants()


def test_a_code_that_ends_before_the_button_shows_the_new_total_first(market: Market) -> None:
    coupon = code(market.ocre)
    filled = make.basket((market.bowl, 1))
    stop_coupon(coupon=coupon)
    with pytest.raises(QuoteChanged):
        start_checkout(basket=filled, buyer=None, asked=make.request_for(filled, codes={market.ocre.pk: "MERCI10"}, shown_total=Money(5730)))
    assert not Redemption.objects.exists()


def test_a_code_taken_out_in_another_tab_is_not_charged_unseen(market: Market) -> None:
    code(market.ocre)
    filled = make.basket((market.bowl, 1))
    with pytest.raises(QuoteChanged):
        start_checkout(basket=filled, buyer=None, asked=make.request_for(filled, codes={}, shown_total=Money(5730)))


def test_the_last_use_is_held_while_paying_and_given_back(market: Market) -> None:
    code(market.ocre, most_uses=1)
    codes = {market.ocre.pk: "MERCI10"}
    session = make.started(make.basket((market.bowl, 1)), codes=codes, shown_total=Money(5730))
    assert "aussi souvent" in problem_of(market, "MERCI10")
    assert not broken_invariants()
    assert abandon(session=session, state=SessionState.CANCELLED)
    assert Coupon.objects.get().uses == 0
    assert quote_basket(make.basket((market.bowl, 1)), codes=codes).discount.cents == 560
    assert not broken_invariants()


def test_an_expired_checkout_gives_its_use_back_once(market: Market) -> None:
    code(market.ocre, most_uses=1)
    make.started(make.basket((market.bowl, 1)), codes={market.ocre.pk: "MERCI10"}, shown_total=Money(5730))
    with clock.at(clock.now() + timedelta(hours=2)):
        sweep_checkouts()
        sweep_checkouts()
    assert Coupon.objects.get().uses == 0


def test_the_same_click_twice_is_one_use(market: Market) -> None:
    code(market.ocre)
    filled = make.basket((market.bowl, 1))
    asked = make.request_for(filled, codes={market.ocre.pk: "MERCI10"}, shown_total=Money(5730))
    first = start_checkout(basket=filled, buyer=None, asked=asked)
    assert start_checkout(basket=filled, buyer=None, asked=asked) == first
    assert Coupon.objects.get().uses == 1


def test_each_person_uses_it_as_often_as_each_may(market: Market) -> None:
    code(market.ocre, most_per_person=1)
    codes = {market.ocre.pk: "MERCI10"}
    bought_with(codes, (market.bowl, 1), buyer=market.alice)
    for again in ({"email": "CLAIRE@example.org"}, {"email": "other@example.org", "buyer": market.alice}):
        buyer = again.pop("buyer", None)
        with pytest.raises(CodeRefused):
            make.started(make.basket((market.bowl, 1)), codes=codes, shown_total=Money(5730), buyer=buyer, **again)
    make.started(make.basket((market.bowl, 1)), codes=codes, shown_total=Money(5730), email="other@example.org")
    assert not broken_invariants()


def test_a_personal_code_is_for_those_named(market: Market) -> None:
    code(market.ocre, is_personal=True, people=["Zoe@example.org "])
    codes = {market.ocre.pk: "MERCI10"}
    filled = make.basket((market.bowl, 1))
    with pytest.raises(CodeRefused):
        make.started(filled, codes=codes, shown_total=Money(5730))
    assert Coupon.objects.get().uses == 0
    make.started(filled, codes=codes, shown_total=Money(5730), email="zoe@EXAMPLE.org")


def test_paid_late_after_somebody_took_the_last_use_goes_back(market: Market) -> None:
    code(market.ocre, most_uses=1)
    codes = {market.ocre.pk: "MERCI10"}
    late = make.started(make.basket((market.bowl, 1)), codes=codes, shown_total=Money(5730))
    make.pay(late)
    type(late).objects.filter(pk=late.pk).update(state="expired")
    from shop.coupons.reserving import release

    release(key=late.key)
    late.reservations.update(ended_at=clock.now())
    bought_with(codes, (make.listing(market.ocre, "Plat", price=5600), 1), email="other@example.org")
    assert settle(payment=late.payment) is None
    late.refresh_from_db()
    assert late.state == SessionState.REFUNDED
    assert Coupon.objects.get().uses == 1


def test_refunds_are_of_what_was_paid(market: Market) -> None:
    code(market.ocre)
    order = Order.objects.get(purchase=bought_with({market.ocre.pk: "MERCI10"}, (market.bowl, 2)))
    line = order.lines.get()
    with pytest.raises(RefundTooLarge):
        refund(order=order, lines={line.pk: Money(10081)}, shipping=Money(0), reason="x")
    refund(order=order, lines={line.pk: Money(5040)}, shipping=Money(0), reason="x")
    states.cancel(order=order, reason="x")
    order.refresh_from_db()
    assert order.refunded_cents == 10920
    assert not broken_invariants()


def test_a_code_says_one_thing_for_ever(market: Market) -> None:
    coupon = code(market.ocre)
    with pytest.raises(RefusedTerms, match="déjà"):
        code(market.ocre, "merci10")
    for change in ({"percent": 20}, {"is_personal": True}, {"starts_at": clock.now() - timedelta(days=1)}, {"ends_at": None, "code": "AUTRE"}, {"listings": []}):
        with pytest.raises(Error, match="never changed"), transaction.atomic():
            Coupon.objects.filter(pk=coupon.pk).update(**change)
    with pytest.raises(Error, match="evidence"), transaction.atomic():
        coupon.delete()
    stop_coupon(coupon=coupon)
    before = Coupon.objects.get().stopped_at
    stop_coupon(coupon=coupon)
    assert Coupon.objects.get().stopped_at == before


def test_the_database_refuses_one_use_too_many(market: Market) -> None:
    code(market.ocre, most_uses=1)
    with pytest.raises(IntegrityError, match="never_used_too_often"), transaction.atomic():
        Coupon.objects.update(uses=2)


@pytest.mark.parametrize("facts", [
    {"percent": 0}, {"percent": 100}, {"written": "É"}, {"written": "DEUX MOTS!"}, {"written": "SOLDES20"}, {"kind": "amount", "percent": 0},
    {"most_uses": 0}, {"is_personal": True}, {"is_personal": True, "people": ["nobody"]}, {"listings": []},
])
def test_terms_that_cannot_be_are_refused(market: Market, facts: dict[str, Any]) -> None:
    with pytest.raises(RefusedTerms):
        code(market.ocre, **facts)
    assert not Coupon.objects.exists()


def test_another_boutique_s_creations_are_no_choice(market: Market) -> None:
    with pytest.raises(RefusedTerms):
        code(market.ocre, listings=[market.mug.pk])


def test_i9_sees_what_it_is_for(market: Market) -> None:
    code(market.ocre)
    bought_with({market.ocre.pk: "MERCI10"}, (market.bowl, 1))
    assert not broken_invariants()
    Coupon.objects.update(uses=0)
    assert any("I9" in sentence for sentence in broken_invariants())
    Coupon.objects.update(uses=1)
    Order.objects.update(discount_cents=1)
    assert any("I9" in sentence for sentence in broken_invariants())
