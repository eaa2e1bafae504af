"""Figures of a boutique: counted without following anybody, the same numbers everywhere, nothing of another boutique's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lapinblanc import clock
from lapinblanc.previews import previewing

from shop.catalogue.models import Product
from shop.favourites.models import Favourite, Follow
from shop.order import states
from shop.statistics import counting, figures
from shop.statistics.bars import bars
from shop.statistics.models import VisitCount, WordCount
from shop.statistics.sources import origin_of
from shop.statistics.tasks import forget_old
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db
READER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
BOARD = "/atelier/chiffres/"


def read(client: Client, product: Product, referrer: str = "", **agent: str) -> None:
    extra = READER | agent | ({"HTTP_REFERER": referrer} if referrer else {})
    assert client.get(product.get_absolute_url(), **extra).status_code == 200  # type: ignore[arg-type]


def counts() -> dict[tuple[int | None, str], int]:
    counting.write()
    return {(row.product_id, row.source): row.visits for row in VisitCount.objects.all()}


def test_visits_are_counted_by_day_and_origin_and_by_nothing_of_who_reads(market: Market) -> None:
    client = Client()
    read(client, market.bowl)
    read(client, market.bowl, "http://testserver/recherche/?q=Bols+Ocre")
    read(client, market.bowl, "http://testserver/recherche/?q=bol+ocre")
    read(client, market.bowl, "https://www.google.com/")
    client.get(reverse("vendors:detail", args=["ocre"]), **READER)  # type: ignore[arg-type]
    pk = market.bowl.pk
    assert counts() == {(pk, "direct"): 1, (pk, "search"): 2, (pk, "engines"): 1, (None, "direct"): 1}
    assert sum(WordCount.objects.values_list("visits", flat=True)) == 2
    kept = {field.name for field in (*VisitCount._meta.fields, *WordCount._meta.fields)}
    assert kept == {"id", "vendor", "product", "day", "source", "visits", "words"}


def test_counting_the_same_day_again_adds(market: Market) -> None:
    for _time in range(3):
        read(Client(), market.bowl)
        counts()
    assert counts() == {(market.bowl.pk, "direct"): 3}


def test_robots_the_team_and_previews_do_not_count(market: Market) -> None:
    read(Client(), market.bowl, HTTP_USER_AGENT="Googlebot/2.1")
    read(Client(), market.bowl, HTTP_USER_AGENT="")
    read(client_of(market.basile), market.bowl)
    with previewing():
        read(Client(), market.bowl)
    assert counts() == {}
    read(client_of(market.camille), market.bowl)
    assert counts() == {(market.bowl.pk, "direct"): 1}


def test_what_looks_like_a_person_in_a_search_is_not_kept(market: Market) -> None:
    for words in ("claire@example.org", "06 12 34 56 78"):
        read(Client(), market.bowl, f"http://testserver/recherche/?q={words}")
    counts()
    assert not WordCount.objects.exists()


@pytest.mark.parametrize(
    ("referrer", "named", "source"),
    [
        ("", False, "direct"), ("https://lb.example/", False, "home"), ("https://lb.example/en/", False, "home"),
        ("https://lb.example/rayons/creations/", False, "shelf"), ("https://lb.example/histoires/a/", False, "editorial"),
        ("https://lb.example/boutiques/ocre/", False, "boutique"), ("", True, "editorial"),
        ("https://l.instagram.com/x", False, "social"), ("https://duckduckgo.com/", False, "engines"),
        ("https://blog.example/", False, "outside"), ("http://[broken", False, "direct"), ("javascript:alert(1)", False, "direct"),
        ("https://lb.example.evil.test/recherche/?q=a", False, "outside"),
    ],
)
def test_where_a_reader_came_from(referrer: str, named: bool, source: str) -> None:
    assert origin_of(referrer=referrer, host="lb.example:8000", named_page=named).source == source


def test_a_listing_deleted_meanwhile_takes_its_counts_with_it(market: Market) -> None:
    extra = make.listing(market.ocre, "Passager")
    read(Client(), extra)
    extra.delete()
    read(Client(), market.bowl)
    assert counts() == {(market.bowl.pk, "direct"): 1}


def test_the_page_says_what_was_sold_and_leaves_out_what_was_given_back(market: Market) -> None:
    make.bought((market.bowl, 1), (market.mug, 1))
    gone = make.bought((market.bowl, 2))
    states.cancel(order=gone.orders.get(), reason="Cassé.")
    for _time in range(4):
        read(Client(), market.bowl, "http://testserver/recherche/?q=bol")
    Favourite.objects.create(user=market.alice, product=market.bowl)
    counting.write()
    period = figures.Period.of(30)
    orders, cents = figures.sales(market.ocre, period)
    assert (orders.now, cents.now, orders.before) == (1, 5600 + 690, 0)
    row = figures.listings(market.ocre, period)[0]
    assert (row.id, row.visits, row.favourites, row.pieces, row.amount.cents, row.per_hundred) == (market.bowl.pk, 4, 1, 1, 5600, "25,0")
    shown = client_of(market.basile).get(BOARD).content.decode()
    assert "4 visites, 1 commande." in shown
    assert "Mug de sel" not in shown
    assert figures.words(market.ocre, period) == [("bol", 4)]
    assert figures.words(market.sel, period) == []


def test_words_of_one_reader_alone_are_not_shown(market: Market) -> None:
    read(Client(), market.bowl, "http://testserver/recherche/?q=mots+rares")
    counting.write()
    assert figures.words(market.ocre, figures.Period.of(7)) == []


def test_the_period_before_is_compared(market: Market) -> None:
    today = clock.today()
    for days, visits in ((0, 30), (7, 20), (14, 99)):
        VisitCount.objects.create(vendor=market.ocre, product=market.bowl, day=today - timedelta(days=days), source="direct", visits=visits)
    found = figures.visits(market.ocre, figures.Period.of(7))
    assert (found.now, found.before, found.change) == (30, 20, 50)


def test_bars_hold_every_day_once() -> None:
    period = figures.Period.of(365)
    values = {period.first + timedelta(days=n): n for n in range(365)}
    found = bars(first=period.first, last=period.last, values=values)
    assert sum(bar.value for bar in found) == sum(values.values())
    assert found[0].first == period.first
    assert found[-1].last == period.last
    assert all((after.first - bar.last).days == 1 for bar, after in zip(found, found[1:], strict=False))
    assert max(bar.height for bar in found) == 120
    assert len(bars(first=period.last, last=period.last, values={})) == 1


def test_advice_is_concrete_and_leads_to_the_place(market: Market) -> None:
    Product.objects.filter(pk=market.bowl.pk).update(materials=[])
    shown = client_of(market.basile).get(BOARD).content.decode()
    assert "Une création ne dit pas ses matières" in shown
    assert reverse("workshop:listing", args=[market.bowl.pk]) in shown
    Product.objects.filter(pk=market.bowl.pk).update(materials=["grès"])
    assert "Une création ne dit pas ses matières" not in client_of(market.basile).get(BOARD).content.decode()


def test_late_parcels_are_told_by_their_median(market: Market) -> None:
    for late in (1, 3, 8):
        order = make.bought((market.bowl, 1)).orders.get()
        states.ship(order=order, carrier="Colissimo", tracking="")
        type(order).objects.filter(pk=order.pk).update(dispatch_due=clock.today() - timedelta(days=late))
    assert "est partie 3 jours ou plus" in client_of(market.basile).get(BOARD).content.decode()


def test_the_table_is_safe_in_a_spreadsheet(market: Market) -> None:
    Product.objects.filter(pk=market.bowl.pk).update(title="=1+1")
    read(Client(), market.bowl)
    counting.write()
    text = client_of(market.basile).get(f"{BOARD}chiffres.csv?jours=7").content.decode("utf-8-sig")
    assert "'=1+1;1;0;0;0,00" in text


def test_the_board_costs_the_same_whatever_it_shows(market: Market, django_assert_max_num_queries: Any) -> None:
    client = client_of(market.basile)
    VisitCount.objects.create(vendor=market.ocre, product=market.bowl, day=clock.today(), source="direct", visits=1)
    client.get(BOARD)
    with django_assert_max_num_queries(26) as few:
        client.get(BOARD)
    for number in range(30):
        extra = make.listing(market.ocre, f"Bol {number}")
        VisitCount.objects.create(vendor=market.ocre, product=extra, day=clock.today(), source="direct", visits=number + 1)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert "Bol 29" in client.get(BOARD).content.decode()


def test_old_counts_go(market: Market) -> None:
    for days in (800, 100):
        VisitCount.objects.create(vendor=market.ocre, product=None, day=clock.today() - timedelta(days=days), source="direct", visits=1)
    assert forget_old.func() == 1


def test_a_favourite_is_kept_once_and_let_go_by_its_owner_alone(market: Market) -> None:
    page = reverse("favourites:keep", args=[market.bowl.pk])
    assert Client().post(page).status_code == 302
    assert not Favourite.objects.exists()
    alice = client_of(market.alice)
    for _time in range(2):
        alice.post(page)
    assert Favourite.objects.get().user == market.alice
    client_of(market.eve).post(page, {"leave": "1"})
    assert Favourite.objects.count() == 1
    assert "Bol ocre" in alice.get(reverse("favourites:mine")).content.decode()
    assert "Bol ocre" not in client_of(market.eve).get(reverse("favourites:mine")).content.decode()
    alice.post(page, {"leave": "1"})
    assert not Favourite.objects.exists()


def test_a_draft_cannot_be_kept_and_a_closed_boutique_not_followed(market: Market) -> None:
    Product.objects.filter(pk=market.bowl.pk).update(state="draft")
    alice = client_of(market.alice)
    assert alice.post(reverse("favourites:keep", args=[market.bowl.pk])).status_code == 404
    assert alice.post(reverse("favourites:follow", args=["sel"])).status_code == 302
    type(market.sel).objects.filter(pk=market.sel.pk).update(state="suspended")
    assert alice.post(reverse("favourites:follow", args=["sel"])).status_code == 404
    assert Follow.objects.count() == 1
    assert "Sel" not in alice.get(reverse("favourites:mine")).content.decode().split("<main")[1].split("</main")[0]
