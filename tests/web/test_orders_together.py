"""The orders board: what is where, what there is to make, several moved at once, papers, and money back in part."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from lapinblanc import clock

from shop.order import states
from shop.order.models import Order, Parcel
from tests import factories as make
from tests.factories import ADDRESS, Market
from tests.house import client_of

pytestmark = pytest.mark.django_db
BOARD = "/atelier/commandes/"


def ordered(market: Market, *lines: Any, **fields: Any) -> Order:
    return make.bought(*(lines or ((market.bowl, 1),)), **fields).orders.get(vendor=market.ocre)


def several(client: Client, verb: str, *orders: Order, **said: Any) -> Any:
    return client.post(reverse("workshop:orders_several"), {"chosen": [order.number for order in orders], "verb": verb, **said}, follow=verb in ("make", "ship"))


def status(order: Order) -> str:
    return str(Order.objects.get(pk=order.pk).status)


def test_each_order_stands_in_its_tab_with_its_count(market: Market) -> None:
    basile = client_of(market.basile)
    fresh, begun, late = (ordered(market) for _time in range(3))
    states.start_making(order=begun)
    Order.objects.filter(pk=late.pk).update(dispatch_due=clock.today() - timedelta(days=2))
    for tab, shown, hidden in (("a-preparer", fresh, begun), ("a-expedier", begun, fresh), ("en-retard", late, fresh)):
        page = basile.get(f"{BOARD}?onglet={tab}").content.decode()
        assert f'value="{shown.number}"' in page
        assert f'value="{hidden.number}"' not in page
    assert 'À fabriquer <span class="number soft">2</span>' in basile.get(BOARD).content.decode()


def test_what_there_is_to_make_is_added_up_with_what_was_asked(market: Market) -> None:
    make.field(market.bowl)
    ordered(market, (market.bowl, 2, {"Prénom": "Zoé"}))
    ordered(market, (market.bowl, 1, {"Prénom": "Léo"}))
    page = client_of(market.basile).get(BOARD).content.decode()
    assert "3 × Bol ocre" in page
    assert "2 × Zoé" in page
    assert "Léo" in page


def test_orders_are_found_by_number_name_town_and_piece(market: Market) -> None:
    order = ordered(market)
    basile = client_of(market.basile)
    for text in (order.number[-6:], "martin", "pleudihen", "bol oc"):
        assert f'value="{order.number}"' in basile.get(BOARD, {"q": text}).content.decode(), text
    assert f'value="{order.number}"' not in basile.get(BOARD, {"q": "introuvable"}).content.decode()


def test_several_are_begun_and_sent_once_however_often_it_is_asked(market: Market) -> None:
    basile, orders = client_of(market.basile), [ordered(market) for _time in range(2)]
    assert "2 commandes commencées" in several(basile, "make", *orders).content.decode()
    assert "2 commandes étaient déjà plus loin" in several(basile, "make", *orders).content.decode()
    said = {f"tracking-{orders[0].number}": "8L12345678901", f"carrier-{orders[0].number}": "Colissimo"}
    several(basile, "ship", *orders, **said)
    several(basile, "ship", *orders, **said)
    assert [status(order) for order in orders] == ["shipped", "shipped"]
    assert Parcel.objects.count() == 2
    assert Parcel.objects.get(order=orders[0]).tracking == "8L12345678901"


def test_another_boutique_s_numbers_are_nobody_s(market: Market) -> None:
    foreign = make.bought((market.mug, 1)).orders.get()
    basile = client_of(market.basile)
    for verb in ("make", "ship", "slips", "labels"):
        answer = several(basile, verb, foreign)
        assert "pdf" not in answer.headers.get("Content-Type", "")
    assert status(foreign) == "placed"
    assert not Parcel.objects.exists()


def pages_of(pdf: bytes) -> int:
    """The words are drawn as glyphs of a subset: what becomes of them is `Paper.words`, tested below."""
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")


@pytest.mark.parametrize(("verb", "sheet", "pages"), [("slips", "", 3), ("labels", "14", 1), ("labels", "8", 1), ("labels", "1", 3)])
def test_papers_are_pdf_with_as_many_pages_as_needed(market: Market, verb: str, sheet: str, pages: int) -> None:
    make.field(market.bowl)
    names = ("Zoé d’Œuvre", "أحمد 🎁", "Łukasz")
    orders = [ordered(market, (market.bowl, 1, {"Prénom": name}), address=ADDRESS | {"first_name": name * (1 + 4 * (place == 2))}) for place, name in enumerate(names)]
    answer = several(client_of(market.basile), verb, *orders, sheet=sheet)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF-")
    assert pages_of(answer.content) == pages


def test_papers_keep_accents_and_leave_out_what_cannot_be_drawn() -> None:
    from shop.workshop.orders.papers import Paper

    paper = Paper("Essai")
    assert paper.words("Zoé d’Œuvre, 12 € – Łukasz") == "Zoé d’Œuvre, 12 € – Łukasz"
    assert paper.words("🎁 Noël") == " Noël"


def test_a_part_of_the_money_goes_back_and_never_more_than_is_left(market: Market) -> None:
    order = ordered(market)
    states.start_making(order=order)
    line, basile = order.lines.get(), client_of(market.basile)
    page, said = reverse("workshop:refund", args=[order.number]), {"reason": "Un éclat.", f"amount-{line.pk}": "40", "amount-0": "6,90"}
    mail.outbox.clear()
    basile.post(page, said)
    order.refresh_from_db()
    assert order.refunded_cents == 4690
    assert "46,90" in str(mail.outbox[0].body)
    again = basile.post(page, said)
    assert again.status_code == 422
    assert "Un éclat." in again.content.decode()
    order.refresh_from_db()
    assert order.refunded_cents == 4690
    basile.post(page, {"reason": "Le reste.", f"amount-{line.pk}": "16"})
    order.refresh_from_db()
    assert order.refunded_cents == order.total_cents
    assert client_of(market.camille).post(page, said).status_code == 404


@pytest.mark.parametrize("said", [{"reason": "x"}, {"reason": "", "amount-0": "1"}, {"reason": "x", "amount-0": "-1"}, {"reason": "x", "amount-0": "1,234"}])
def test_a_refund_that_is_wrong_changes_nothing(market: Market, said: dict[str, str]) -> None:
    order = ordered(market)
    states.start_making(order=order)
    assert client_of(market.basile).post(reverse("workshop:refund", args=[order.number]), said).status_code == 422
    order.refresh_from_db()
    assert order.refunded_cents == 0


def test_the_board_costs_the_same_whatever_it_shows(market: Market, django_assert_max_num_queries: Any) -> None:
    type(market.bowl.stockrecords.get()).objects.update(num_in_stock=100)
    basile = client_of(market.basile)
    ordered(market)
    basile.get(BOARD)
    with django_assert_max_num_queries(22) as few:
        basile.get(BOARD)
    for _time in range(8):
        ordered(market)
    with django_assert_max_num_queries(len(few.captured_queries)):
        basile.get(BOARD)
