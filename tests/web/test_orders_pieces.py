"""The seller takes pieces out of an order: what the page offers, says, refuses and keeps."""

from typing import Any

import pytest
from django.urls import reverse

from shop.order import states
from shop.order.models import Order, Removal
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db


def page_of(order: Order) -> str:
    return reverse("workshop:order", args=[order.number])


def form_of(client: Any, order: Order, **said: Any) -> dict[str, Any]:
    """What the page would send."""
    seen = client.get(page_of(order)).context["removal"]["seen"].value()
    return {"seen": seen, "reason": "Fendue à la cuisson.", f"pieces-{order.lines.get().pk}": "1"} | said


def test_a_piece_is_cancelled_once_however_often_it_is_clicked(market: Market) -> None:
    order, basile = make.bought((market.bowl, 3)).orders.get(), client_of(market.basile)
    said, address = form_of(basile, order), reverse("workshop:remove_pieces", args=[order.number])
    assert "remboursée et prévenue" in basile.post(address, said, follow=True).content.decode()
    again = basile.post(address, said, follow=True).content.decode()
    assert "rien n’a été fait cette fois" in again
    order.refresh_from_db()
    assert (order.refunded_cents, Removal.objects.count()) == (5600, 1)
    assert "1 pièce annulée" in again
    assert "annulé par la boutique" in again
    # Two bowls of three stay: 8 % of 112 € and its VAT; the part of the third comes back.
    context = basile.get(page_of(order)).context
    assert (context["kept"].cents, context["given_back"].cents) == (order.total_cents - 5600 - 896 - 179, 538)
    assert order.purchase is not None
    assert "1 pièce annulée" in client_of(market.alice).get(order.purchase.get_absolute_url()).content.decode()


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"pieces": "0"}, {"pieces": "4"}, {"pieces": "-1"}, {"pieces": "un"}, {"pieces": "1.5"}, {"pieces": "99999999999999999999"}])
def test_what_is_wrong_comes_back_with_what_was_typed(market: Market, wrong: dict[str, str]) -> None:
    order, basile = make.bought((market.bowl, 3)).orders.get(), client_of(market.basile)
    said = form_of(basile, order, **{f"pieces-{order.lines.get().pk}" if name == "pieces" else name: value for name, value in wrong.items()})
    answer = basile.post(reverse("workshop:remove_pieces", args=[order.number]), said)
    assert answer.status_code == 422
    assert (said["reason"] or 'value="1"') in answer.content.decode()
    order.refresh_from_db()
    assert (order.refunded_cents, Removal.objects.count()) == (0, 0)


def test_a_return_is_offered_once_it_has_arrived_and_not_on_the_way(market: Market) -> None:
    order, basile = make.bought((market.bowl, 2)).orders.get(), client_of(market.basile)
    assert "Annuler certaines pièces" in basile.get(page_of(order)).content.decode()
    states.ship(order=order, carrier="x", tracking="")
    assert basile.get(page_of(order)).context["removal"] is None
    states.deliver(order=order)
    assert "Certaines pièces sont revenues" in basile.get(page_of(order)).content.decode()
    basile.post(reverse("workshop:remove_pieces", args=[order.number]), form_of(basile, order, back_on_sale="on"))
    order.refresh_from_db()
    assert (order.refunded_cents, Removal.objects.get().back_on_sale) == (5600, True)


def test_cancelled_pieces_are_neither_made_nor_printed_nor_reviewed(market: Market) -> None:
    plate = make.listing(market.ocre, "Assiette")
    order = make.bought((market.bowl, 2), (plate, 1)).orders.get()
    bowls, plates = order.lines.order_by("pk")
    states.cancel_pieces(order=order, pieces={bowls.pk: 1, plates.pk: 1}, back_on_sale=False, reason="x")
    board = client_of(market.basile).get(reverse("workshop:orders")).content.decode()
    assert "1 × Bol ocre" in board
    assert "1 × Assiette" not in board
    states.ship(order=order, carrier="x", tracking="")
    states.deliver(order=order)
    assert order.purchase is not None
    page = client_of(market.alice).get(order.purchase.get_absolute_url()).content.decode()
    assert reverse("feedback:write", args=[order.purchase.token, bowls.pk]) in page
    assert reverse("feedback:write", args=[order.purchase.token, plates.pk]) not in page


def test_another_boutique_s_order_does_not_exist(market: Market) -> None:
    order, camille = make.bought((market.bowl, 1)).orders.get(), client_of(market.camille)
    said = form_of(client_of(market.basile), order)
    assert camille.post(reverse("workshop:remove_pieces", args=[order.number]), said).status_code == 404
    assert not Removal.objects.exists()
