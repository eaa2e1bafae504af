"""What happened to an order, as its boutique and its buyer read it: dated, in order, at a fixed cost."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from lapinblanc import clock
from lapinblanc.money import ZERO, Money

from shop.catalogue.reviews.models import ProductReview
from shop.messaging.writing import about_order, write
from shop.order import states
from shop.order.models import Order
from shop.order.refunds import refund
from shop.order.timeline import Reader, timelines
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def lived(market: Market) -> Order:
    """An order with one thing of each kind, a day apart."""
    with clock.at(DAY):
        order = make.bought((market.bowl, 2), (market.mug, 1)).orders.get(vendor=market.ocre)
    with clock.at(DAY + timedelta(days=1)):
        states.start_making(order=order)
    with clock.at(DAY + timedelta(days=2)):
        states.ship(order=order, carrier="Colissimo", tracking="8L12345678901", quantities={order.lines.get().pk: 1})
    with clock.at(DAY + timedelta(days=3)):
        write(conversation=about_order(order=order), side="buyer", author=None, text="Merci", key=uuid4())
    with clock.at(DAY + timedelta(days=4)):
        states.ship(order=order, carrier="Vélo", tracking="")
    with clock.at(DAY + timedelta(days=5)):
        states.deliver(order=order)
    with clock.at(DAY + timedelta(days=6)):
        refund(order=order, lines={order.lines.get().pk: Money(1000)}, shipping=ZERO, reason="Un éclat.")
    ProductReview.objects.create(product=market.bowl, score=4, title="Bien", body="Bien.", name="Claire", status=ProductReview.APPROVED, order_line=order.lines.get())
    return order


def test_each_thing_is_told_once_the_oldest_first(market: Market) -> None:
    order = lived(market)
    moments = timelines([Order.objects.for_page().get(pk=order.pk)], reader=Reader.VENDOR)[order.pk]
    assert [(moment.text.replace("\xa0", " "), moment.at.day) for moment in moments[:-1]] == [
        ("Commande passée", 2), ("Payée : 120,40 €", 2), ("Fabrication commencée", 3), ("Colis envoyé : Colissimo 8L12345678901", 4),
        ("1 message échangé", 5), ("Colis envoyé : Vélo", 6), ("Commande arrivée", 7), ("Remboursement : 10,00 €", 8),
    ]
    assert "4 étoiles sur cinq" in moments[-1].text
    assert (moments[3].detail, moments[5].url, moments[7].detail) == ("1 × Bol ocre", "", "Un éclat.")
    assert "8L12345678901" in moments[3].url


def test_payment_follows_the_order_even_when_the_bank_was_first(market: Market) -> None:
    order = make.bought((market.bowl, 1)).orders.get()
    moments = timelines([Order.objects.for_page().get(pk=order.pk)], reader=Reader.BUYER)[order.pk]
    assert [moment.icon for moment in moments] == ["shopping-bag", "credit-card"]


def test_both_sides_read_it_with_their_own_links(market: Market) -> None:
    order = lived(market)
    purchase = order.purchase
    assert purchase is not None
    seller = client_of(market.basile).get(reverse("workshop:order", args=[order.number])).content.decode()
    assert reverse("inbox:inbox_order", args=[order.number]) in seller
    assert purchase.token not in seller
    buyer = Client().get(reverse("purchases:detail", args=[purchase.token])).content.decode()
    assert buyer.count("Commande passée") == 2
    assert buyer.count("Remboursement") == 1
    assert f"href=\"{reverse('messaging:order', args=[purchase.token, order.number])}\"" in buyer
    assert "/atelier/" not in buyer.partition("<main")[2].partition("</main")[0]


def test_the_pages_cost_the_same_whatever_happened(market: Market, django_assert_max_num_queries: Any) -> None:
    plain, full = make.bought((market.bowl, 1)).orders.get(), lived(market)
    basile = client_of(market.basile)
    pages = [reverse("workshop:order", args=[plain.number]), reverse("workshop:order", args=[full.number])]
    basile.get(pages[0])
    with django_assert_max_num_queries(26):
        basile.get(pages[0])
    with django_assert_max_num_queries(28):
        basile.get(pages[1])
    assert full.purchase is not None
    with django_assert_max_num_queries(16):
        Client().get(reverse("purchases:detail", args=[full.purchase.token]))


def test_the_address_can_be_copied_and_selected(market: Market) -> None:
    order = make.bought((market.bowl, 1)).orders.get()
    page = client_of(market.basile).get(reverse("workshop:order", args=[order.number])).content.decode()
    assert 'class="share" hidden data-copy="Claire Martin\n3 rue du Port\nPleudihen-sur-Rance\n22690\nFrance"' in page
    assert "3 rue du Port<br>" in page
