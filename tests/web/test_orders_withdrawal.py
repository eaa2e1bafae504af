"""A buyer withdraws from single pieces (LAW R2): two steps, no account, no reason, an acknowledgement; and what the boutique then does."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from lapinblanc import clock

from shop.checkout.invariants import broken_invariants
from shop.order import states
from shop.order.mails import resend_waiting
from shop.order.models import Line, MailSent, Order, Withdrawal
from shop.order.withdrawing import NothingToWithdraw, declare, withdrawable
from tests import factories as make
from tests.factories import Market
from tests.house import client_of

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 12, 11, 15, 0, tzinfo=UTC)


def bought(market: Market, *lines: Any) -> Order:
    return make.bought(*(lines or ((market.bowl, 2),))).orders.get(vendor=market.ocre)


def arrived(order: Order, at: datetime = FRIDAY) -> Order:
    with clock.at(at):
        states.ship(order=order, carrier="x", tracking="")
        states.deliver(order=order)
    return order


def address(order: Order) -> str:
    assert order.purchase is not None
    return reverse("purchases:withdraw", args=[order.purchase.token, order.number])


def confirmed(order: Order, **pieces: str) -> Any:
    """Both steps, as the pages send them."""
    client = Client()
    said = {"key": client.get(address(order)).context["form"]["key"].value(), **pieces}
    step = client.post(address(order), said)
    assert "Confirmer la rétractation" in step.content.decode()
    assert not Withdrawal.objects.filter(order=order).exists()
    return client, said | {"confirm": "1"}


def test_a_guest_withdraws_from_one_line_in_two_steps(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    plate = make.listing(market.ocre, "Assiette")
    order = bought(market, (market.bowl, 2), (plate, 1))
    states.ship(order=order, carrier="x", tracking="")
    states.deliver(order=order)
    assert order.purchase is not None
    assert f'href="{address(order)}"' in Client().get(order.purchase.get_absolute_url()).content.decode()
    bowls, plates = order.lines.order_by("pk")
    client, said = confirmed(order, **{f"pieces-{bowls.pk}": "1", f"pieces-{plates.pk}": "0"})
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True), clock.at(clock.now()):
        now = clock.now().astimezone(clock.PARIS)
        assert "Votre rétractation est enregistrée" in client.post(address(order), said, follow=True).content.decode()
    assert [message.to for message in mail.outbox] == [["claire@example.org"], ["ocre@example.org"]]
    for message in mail.outbox:
        assert "1 × Bol ocre" in str(message.body)
        assert "Assiette" not in str(message.body)
        assert f"{now:%H:%M:%S}" in str(message.body)
    order.refresh_from_db()
    assert (order.status, order.refunded_cents, Withdrawal.objects.get().lines.get().quantity) == ("delivered", 0, 1)


def test_a_second_click_on_confirm_is_the_same_declaration(market: Market) -> None:
    order = arrived(bought(market), clock.now())
    client, said = confirmed(order, **{f"pieces-{order.lines.get().pk}": "2"})
    for _time in range(2):
        assert "Votre rétractation est enregistrée" in client.post(address(order), said, follow=True).content.decode()
    assert Withdrawal.objects.count() == 1
    again = client.post(address(order), said | {"key": str(uuid4())}, follow=True).content.decode()
    assert "rien n’a été enregistré" in again
    assert Withdrawal.objects.count() == 1


def test_the_right_ends_with_the_last_second_of_a_working_day(market: Market) -> None:
    order = arrived(bought(market))
    end = datetime(2026, 12, 28, 23, 0, tzinfo=UTC)
    with clock.at(end - timedelta(seconds=1)):
        assert withdrawable(order) == {order.lines.get().pk: 2}
        assert "28 décembre 2026" in Client().get(address(order)).content.decode()
    with clock.at(end):
        assert withdrawable(order) == {}
        with pytest.raises(NothingToWithdraw):
            declare(order=order, pieces={order.lines.get().pk: 1}, key=uuid4())
        assert "Plus rien de cette commande" in Client().get(address(order)).content.decode()


def test_what_the_law_excepts_and_private_sellers_are_not_offered(market: Market) -> None:
    plate = make.listing(market.ocre, "Assiette", withdrawal="hygiene")
    order = bought(market, (market.bowl, 1), (plate, 1))
    assert withdrawable(order) == {order.lines.get(title="Bol ocre").pk: 1}
    assert "« Assiette »" in Client().get(address(order)).content.decode().replace("\xa0", " ")
    with pytest.raises(NothingToWithdraw):
        declare(order=order, pieces={order.lines.get(title="Assiette").pk: 1}, key=uuid4())
    Order.objects.filter(pk=order.pk).update(seller_facts=order.seller_facts | {"private": True})
    order.refresh_from_db()
    assert withdrawable(order) == {}
    assert order.purchase is not None
    assert "Renoncer au contrat" not in Client().get(order.purchase.get_absolute_url()).content.decode().partition("<main")[2].partition("</main")[0]


def test_the_boutique_sees_it_and_refunds_what_was_declared(market: Market) -> None:
    order, basile = arrived(bought(market), clock.now()), client_of(market.basile)
    line = order.lines.get().pk
    declare(order=order, pieces={line: 1}, key=uuid4())
    page = basile.get(reverse("workshop:order", args=[order.number]))
    assert "Rembourser ces pièces" in page.content.decode()
    assert page.context["removal"][f"pieces-{line}"].value() == 1
    assert "rétractation à rembourser" in basile.get(reverse("workshop:orders"), {"onglet": "livrees"}).content.decode()
    states.take_back_pieces(order=order, pieces={line: 1}, back_on_sale=True, reason="Rétractation.")
    assert "Rembourser ces pièces" not in basile.get(reverse("workshop:order", args=[order.number])).content.decode()
    assert withdrawable(Order.objects.get(pk=order.pk)) == {line: 1}
    declare(order=order, pieces={line: 1}, key=uuid4())
    states.take_back_pieces(order=order, pieces={line: 1}, back_on_sale=True, reason="Rétractation.")
    assert (order.status, order.refunded_cents) == ("returned", order.total_cents)
    assert not broken_invariants()


def test_before_anything_left_the_boutique_cancels_what_was_withdrawn(market: Market) -> None:
    order, basile = bought(market), client_of(market.basile)
    line = order.lines.get().pk
    declare(order=order, pieces={line: 2}, key=uuid4())
    assert "ne les envoyez pas" in basile.get(reverse("workshop:order", args=[order.number])).content.decode()
    states.cancel_pieces(order=order, pieces={line: 2}, back_on_sale=True, reason="Rétractation.")
    assert (order.status, order.refunded_cents) == ("cancelled", order.total_cents)
    assert not broken_invariants()


def test_what_was_withdrawn_is_neither_offered_nor_sent_with_several(market: Market) -> None:
    order, basile = bought(market), client_of(market.basile)
    line = order.lines.get().pk
    declare(order=order, pieces={line: 1}, key=uuid4())
    assert f'name="line-{line}" value="1" min="0" max="2"' in basile.get(reverse("workshop:order", args=[order.number])).content.decode()
    for _time in range(2):
        basile.post(reverse("workshop:orders_several"), {"chosen": [order.number], "verb": "ship"})
    order.refresh_from_db()
    assert (order.status, [parcel.lines.get().quantity for parcel in order.parcels.all()]) == ("making", [1])
    states.cancel_pieces(order=order, pieces={line: 1}, back_on_sale=True, reason="Rétractation.")
    assert order.status == "shipped"
    assert not broken_invariants()


def test_what_the_boutique_took_out_first_cannot_be_withdrawn_from(market: Market) -> None:
    order = bought(market)
    line = order.lines.get().pk
    client, said = confirmed(order, **{f"pieces-{line}": "2"})
    states.cancel_pieces(order=order, pieces={line: 1}, back_on_sale=True, reason="Fendue.")
    assert "rien n’a été enregistré" in client.post(address(order), said, follow=True).content.decode()
    assert not Withdrawal.objects.exists()
    assert withdrawable(Order.objects.get(pk=order.pk)) == {line: 1}


@pytest.mark.parametrize("wrong", ["0", "", "3", "-1", "un", "9" * 30])
def test_a_wrong_number_of_pieces_changes_nothing(market: Market, wrong: str) -> None:
    order = bought(market)
    answer = Client().post(address(order), {"key": str(uuid4()), f"pieces-{order.lines.get().pk}": wrong})
    assert answer.status_code == 422
    assert not Withdrawal.objects.exists()


def test_another_purchase_s_order_does_not_exist(market: Market) -> None:
    mine, other = bought(market), make.bought((market.mug, 1)).orders.get()
    assert mine.purchase is not None
    wrong = reverse("purchases:withdraw", args=[mine.purchase.token, other.number])
    for method in ("get", "post"):
        assert getattr(Client(), method)(wrong, {"confirm": "1"}).status_code == 404


def test_the_database_refuses_more_withdrawn_than_bought(market: Market) -> None:
    order = bought(market)
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(order=order).update(withdrawn_quantity=3)


def test_an_acknowledgement_that_a_server_refused_is_sent_again(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    order = bought(market)
    with django_capture_on_commit_callbacks(execute=True):
        declare(order=order, pieces={order.lines.get().pk: 1}, key=uuid4())
    MailSent.objects.filter(key__startswith="withdrawal").update(sent_at=None, error="busy")
    mail.outbox.clear()
    resend_waiting()
    assert len(mail.outbox) == 2


def test_the_key_of_another_order_declares_nothing(market: Market) -> None:
    first, second, key = bought(market), bought(market), uuid4()
    declare(order=first, pieces={first.lines.get().pk: 1}, key=key)
    with pytest.raises(NothingToWithdraw):
        declare(order=second, pieces={second.lines.get().pk: 1}, key=key)
    assert not Withdrawal.objects.filter(order=second).exists()
