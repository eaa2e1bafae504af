"""The boutique's page of prices: a sale shown before it is agreed to, codes made and stopped, what was typed stays."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lapinblanc import clock

from shop.coupons.models import Coupon, Sale
from shop.partner.models import StockRecord
from shop.prices.models import PriceChange, PriceWindow
from shop.vendors.models import Section
from tests import factories as make
from tests.domain.test_campaign_prices import record_of
from tests.domain.test_codes import bought_with
from tests.factories import Market, code
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"
NEW_SALE, NEW_CODE, BOARD = "/atelier/promotions/vente/", "/atelier/promotions/code/", "/atelier/promotions/"


def hour(days: int) -> str:
    return (clock.now() + timedelta(days=days)).astimezone(clock.PARIS).strftime("%Y-%m-%dT%H:%M")


def sale_form(**fields: Any) -> dict[str, Any]:
    return {"title": "Avant Noël", "scope": "all", "how": "percent", "value": "20", "starts_at": hour(2), "ends_at": hour(12)} | fields


def agree(client: Client, **fields: Any) -> Any:
    """Look, then agree to what was shown."""
    shown = client.post(NEW_SALE, sale_form(look="1", **fields)).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    return client.post(NEW_SALE, sale_form(agree="1", seen=seen.group(1) if seen else "", **fields))


def code_form(**fields: Any) -> dict[str, Any]:
    return {"code": "merci10", "kind": "percent", "value": "10", "scope": "all", "whom": "all", "most_per_person": "1"} | fields


@pytest.fixture
def basile(market: Market) -> Client:
    return client_of(market.basile)


def test_a_sale_is_shown_before_anything_is_lowered(market: Market, basile: Client) -> None:
    PriceChange.objects.create(stockrecord=record_of(market.bowl), price_cents=4800, at=clock.now() - timedelta(days=10))
    text = basile.post(NEW_SALE, sale_form(look="1")).content.decode()
    # Twenty per cent of 56 € is 44.80; of the lowest of thirty days, 48 €, it is six.
    for said in (f"56,00{NBSP}€", f"44,80{NBSP}€", f"48,00{NBSP}€", "−6&nbsp;%"):
        assert said in text, said
    assert "Mug de sel" not in text
    assert not Sale.objects.exists()
    assert not PriceWindow.objects.exists()


def test_it_is_said_why_nothing_may_be_struck(market: Market, basile: Client) -> None:
    StockRecord.objects.filter(product=market.bowl).update(price=40)
    StockRecord.objects.filter(product=market.bowl).update(price=56)
    text = basile.post(NEW_SALE, sale_form(look="1")).content.decode()
    assert f"proposée à 40,00{NBSP}€ dans les trente jours" in text


def test_agreed_creations_alone_are_lowered(market: Market, basile: Client) -> None:
    plate = make.listing(market.ocre, "Assiette", price=3000)
    rows = {"row": [record_of(market.bowl).pk, record_of(plate).pk], "piece": [record_of(plate).pk]}
    answer = agree(basile, **rows)
    sale = Sale.objects.get()
    assert answer.url == f"/atelier/promotions/vente/{sale.pk}/"
    assert list(PriceWindow.objects.values_list("stockrecord__product__title", "price_cents", "agreed_by__email")) == [("Assiette", 2400, "basile@example.org")]
    page = basile.get(answer.url).content.decode()
    assert "Assiette" in page
    assert "Bol ocre" not in page


def test_nothing_chosen_is_no_sale(market: Market, basile: Client) -> None:
    answer = agree(basile, row=[record_of(market.bowl).pk])
    assert answer.status_code == 422
    assert not Sale.objects.exists()


def test_a_shelf_and_a_word_choose_the_creations(market: Market, basile: Client) -> None:
    shelf = Section.objects.create(vendor=market.ocre, name="Table")
    plate = make.listing(market.ocre, "Assiette plate", price=3000, section=shelf)
    make.listing(market.ocre, "Plat creux", price=3000, section=shelf)
    agree(basile, scope=shelf.pk, search="ASSIETTE")
    assert list(PriceWindow.objects.values_list("stockrecord__product", flat=True)) == [plate.pk]
    foreign = Section.objects.create(vendor=market.sel, name="Mer")
    assert agree(basile, scope=foreign.pk).status_code == 422


def test_at_once_is_the_next_minute(market: Market, basile: Client) -> None:
    assert agree(basile, starts_at="", how="amount", value="6,50").status_code == 302
    made = PriceWindow.objects.get()
    assert timedelta(0) < made.starts_at - clock.now() <= timedelta(minutes=1)
    assert made.price_cents == 4950


@pytest.mark.parametrize(("fields", "said"), [
    ({"title": "Soldes"}, "réserve le mot"), ({"value": "0"}, "supérieure"), ({"value": "95"}, "de 1 à 90"), ({"value": "beaucoup"}, "nombre"), ({"ends_at": ""}, "requis"),
    ({"starts_at": "2020-01-01T00:00"}, "passé"), ({"ends_at": "2020-01-01T00:00"}, "après le début"), ({"scope": "9999"}, "choix"),
])
def test_a_mistake_is_said_and_what_was_typed_stays(market: Market, basile: Client, fields: dict[str, Any], said: str) -> None:
    answer = agree(basile, **fields)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert 'role="alert"' in text
    if "title" not in fields:
        assert 'value="Avant Noël"' in text
    assert not Sale.objects.exists()


def test_days_of_a_campaign_are_refused_by_a_sentence(market: Market, basile: Client) -> None:
    make.sale(market.ocre)
    answer = basile.post(NEW_SALE, sale_form(look="1"))
    assert "déjà un autre prix réduit" in answer.content.decode()
    assert agree(basile).status_code == 422
    assert Sale.objects.count() == 1


def test_a_sale_is_given_up_once(market: Market, basile: Client) -> None:
    sale = make.sale(market.ocre)
    for _click in range(2):
        assert basile.post(f"/atelier/promotions/vente/{sale.pk}/arreter/").status_code == 302
    assert not PriceWindow.objects.filter(left_at=None).exists()
    assert "abandonné" in basile.get(BOARD).content.decode()


def test_a_private_seller_is_told_so(market: Market, basile: Client) -> None:
    type(market.ocre).objects.filter(pk=market.ocre.pk).update(legal_status="private", vat_regime="private", siret="")
    for page in (BOARD, NEW_SALE):
        assert "En tant que particulier" in basile.get(page).content.decode()
    assert agree(basile).status_code == 422
    assert not Sale.objects.exists()


def test_a_code_is_made_listed_and_stopped(market: Market, basile: Client) -> None:
    assert basile.post(NEW_CODE, code_form(minimum="30", most_uses="5")).status_code == 302
    coupon = Coupon.objects.get()
    assert (coupon.code, coupon.percent, coupon.minimum_cents, coupon.most_uses, coupon.most_per_person, coupon.created_by) == ("MERCI10", 10, 3000, 5, 1, market.basile)
    bought_with({market.ocre.pk: "MERCI10"}, (market.bowl, 1))
    board = basile.get(BOARD).content.decode()
    for said in ("MERCI10", "1 / 5", f"5,60{NBSP}€", f"50,40{NBSP}€", "/panier/code/ocre/?code=MERCI10", "en cours"):
        assert said in board, said
    assert basile.post(f"/atelier/promotions/code/{coupon.pk}/arreter/").status_code == 302
    assert "terminé" in basile.get(BOARD).content.decode()


def test_a_code_for_persons_and_for_chosen_creations(market: Market, basile: Client) -> None:
    made = basile.post(NEW_CODE, code_form(whom="people", people="zoe@example.org\nluc@example.org", kind="amount", value="5,50", listing=[market.bowl.pk]))
    assert made.status_code == 302
    coupon = Coupon.objects.get()
    assert (coupon.is_personal, coupon.people.count(), coupon.amount_cents, coupon.listings) == (True, 2, 550, [market.bowl.pk])


@pytest.mark.parametrize(("fields", "said"), [
    ({"code": "a"}, "trois"), ({"code": "SOLDES"}, "réserve le mot"), ({"value": ""}, "de 1 à 99"), ({"kind": "amount", "value": ""}, "montant en euros"),
    ({"whom": "people"}, "adresses e-mail"), ({"ends_at": "2020-01-01T00:00"}, "après le début"), ({"most_uses": "-1"}, "1"), ({"listing": "99999999"}, "au moins une"),
])
def test_a_code_that_cannot_be_says_why(market: Market, basile: Client, fields: dict[str, Any], said: str) -> None:
    answer = basile.post(NEW_CODE, code_form(**fields))
    assert answer.status_code == 422
    assert said in answer.content.decode().lower() or said in answer.content.decode()
    assert not Coupon.objects.exists()


def test_the_board_asks_as_much_for_many_as_for_few(market: Market, basile: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert basile.get(BOARD).status_code == 200
        return len(seen)

    make.sale(market.ocre)
    code(market.ocre)
    cost()
    few = cost()
    for number in range(30):
        code(market.ocre, f"CODE{number}")
        Sale.objects.create(vendor=market.ocre, title=f"Vente {number}", starts_at=clock.now(), ends_at=clock.now() + timedelta(days=1))
    assert cost() == few


def test_looking_at_a_sale_asks_as_much_for_many_as_for_few(market: Market, basile: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert basile.post(NEW_SALE, sale_form(look="1")).status_code == 200
        return len(seen)

    cost()
    few = cost()
    for number in range(30):
        make.listing(market.ocre, f"Piece {number}")
    assert cost() == few


def test_only_who_minds_the_creations_makes_prices(market: Market) -> None:
    from shop.vendors.models import TeamMember

    TeamMember.objects.create(vendor=market.ocre, user=market.eve, role="orders")
    for page in (BOARD, NEW_SALE, NEW_CODE):
        assert client_of(market.eve).get(page).status_code == 404


def test_what_is_agreed_to_is_what_was_shown(market: Market, basile: Client) -> None:
    """Twenty per cent looked at, thirty typed after; or a price changed meanwhile by somebody else."""
    shown = basile.post(NEW_SALE, sale_form(look="1")).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    assert basile.post(NEW_SALE, sale_form(agree="1", seen=seen.group(1), value="30")).status_code == 422
    StockRecord.objects.filter(product=market.bowl).update(price=50)
    answer = basile.post(NEW_SALE, sale_form(agree="1", seen=seen.group(1)))
    assert answer.status_code == 422
    assert f"40,00{NBSP}€" in answer.content.decode()
    assert not Sale.objects.exists()
