"""One use of a code is one, however many ask for it at once; with the guard off it is lost (R6, I9)."""

import time
from typing import Any

import pytest
from django.db import connection
from lapinblanc.money import Money

from shop.checkout.exceptions import CheckoutProblem
from shop.checkout.invariants import broken_invariants
from shop.checkout.placement import settle
from shop.coupons import finding, reserving
from shop.coupons.exceptions import CodeRefused
from shop.coupons.models import Coupon, Redemption
from shop.order.models import Order, Purchase
from tests import factories as make
from tests.concurrency.threads import run_concurrently
from tests.factories import Market, code

pytestmark = pytest.mark.race
BUYERS = 50


@pytest.fixture
def shop(open_market: Market, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield open_market


def buy(filled: Any, codes: dict[int, str], email: str) -> Purchase | None:
    session = make.started(filled, codes=codes, shown_total=Money(5730), email=email)
    make.pay(session)
    return settle(payment=session.payment)


def everybody(shop: Market, *, same_person: bool = False) -> list[Any]:
    made = make.listing(shop.ocre, "Bol fait pour vous", price=5600, stock=None)
    baskets = [make.basket((made, 1)) for _ in range(BUYERS)]
    codes = {shop.ocre.pk: "MERCI10"}
    return run_concurrently(lambda index: buy(baskets[index], codes, "claire@example.org" if same_person else f"b{index}@example.org"), BUYERS)


def test_fifty_buyers_and_a_code_for_one(shop: Market) -> None:
    code(shop.ocre, most_uses=1)
    results = everybody(shop)
    assert sum(isinstance(result, Purchase) for result in results) == 1
    # The others hear that it has just gone, or find a total without it: nobody is charged what was not shown.
    assert sum(isinstance(result, CodeRefused | CheckoutProblem) for result in results) == BUYERS - 1
    assert Coupon.objects.get().uses == 1 == Order.objects.exclude(coupon_code="").count()
    assert not broken_invariants()


def test_one_person_in_fifty_tabs_uses_it_once(shop: Market) -> None:
    code(shop.ocre, most_per_person=1)
    results = everybody(shop, same_person=True)
    assert sum(isinstance(result, Purchase) for result in results) == 1
    assert Redemption.objects.exclude(state="released").count() == 1
    assert not broken_invariants()


class Unguarded:
    """The count as a look and a write apart."""

    def __init__(self) -> None:
        self.objects = self

    def filter(self, *_conditions: Any, pk: int, vendor_id: int) -> "Unguarded":
        self.found = Coupon.objects.get(pk=pk)
        return self

    def update(self, **_fields: Any) -> int:
        uses = Coupon.objects.get(pk=self.found.pk).uses
        time.sleep(0.05)
        return Coupon.objects.filter(pk=self.found.pk).update(uses=uses + 1) if uses < 1 else 0

    def get(self, pk: int) -> Coupon:
        return Coupon.objects.get(pk=pk)


def test_control_without_the_guard_one_use_is_many(shop: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    code(shop.ocre, most_uses=1)
    monkeypatch.setattr(reserving, "Coupon", Unguarded())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE coupons_coupon DROP CONSTRAINT coupon_never_used_too_often")
    everybody(shop)
    assert Redemption.objects.exclude(state="released").count() > 1
    assert any("I9" in sentence for sentence in broken_invariants())


def test_control_without_the_look_at_persons_one_person_uses_it_often(shop: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    code(shop.ocre, most_per_person=1)
    monkeypatch.setattr(reserving, "why_not_for", lambda coupon, **_who: "")
    everybody(shop, same_person=True)
    assert Redemption.objects.exclude(state="released").count() > 1
    assert finding.places_taken(Coupon.objects.get(), email="claire@example.org", account=None) == set(range(1, BUYERS + 1))
    assert any("I9" in sentence for sentence in broken_invariants())
