"""Orders of a boutique as its page shows them: parcels, tracking, messages."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from shop.order import states
from shop.order.models import Parcel
from tests import factories as make
from tests.factories import Market
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db


def test_a_tracking_number_is_corrected_and_the_buyer_follows_it(market: Market) -> None:
    purchase = make.bought((market.bowl, 1), (market.mug, 1))
    mine, theirs = purchase.orders.order_by("position")
    parcel = states.ship(order=mine, carrier="Colissimo", tracking="faux")
    foreign = states.ship(order=theirs, carrier="Colissimo", tracking="6A00000000001")
    basile = client_of(market.basile)
    given = {"carrier": "Colissimo", "tracking": "6A 12345678901"}
    assert basile.post(f"/atelier/commandes/{mine.number}/suivi/{parcel.pk}/", given).status_code == 302
    assert basile.post(f"/atelier/commandes/{mine.number}/suivi/{foreign.pk}/", given).status_code == 404
    assert basile.post(f"/atelier/commandes/{theirs.number}/suivi/{foreign.pk}/", given).status_code == 404
    assert Parcel.objects.get(pk=foreign.pk).tracking == "6A00000000001"
    html = Client().get(f"/achats/{purchase.token}/").content.decode()
    assert "https://www.laposte.fr/outils/suivre-vos-envois?code=6A12345678901" in html
    assert "1 × Bol ocre" in html


def test_a_hostile_number_is_text(market: Market) -> None:
    purchase = make.bought((market.bowl, 1))
    states.ship(order=purchase.orders.get(), carrier='UPS"><script>', tracking="1Z<script>alert(1)</script>")
    for html in (Client().get(f"/achats/{purchase.token}/"), client_of(market.basile).get(f"/atelier/commandes/{purchase.number}-1/")):
        assert b"<script>alert(1)" not in html.content
        assert b"www.ups.com" not in html.content


def test_messages_about_an_order_stand_on_its_page(market: Market) -> None:
    order = make.bought((market.bowl, 1)).orders.get()
    basile = client_of(market.basile)
    assert basile.post(f"/atelier/messages/commande/{order.number}/", {"text": "Il part demain.", "key": str(uuid4())}).status_code == 302
    assert b"Il part demain." in basile.get(f"/atelier/commandes/{order.number}/").content


def test_each_sale_says_where_income_is_declared(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make.bought((market.bowl, 1))
    told = next(message for message in mail.outbox if message.to == ["ocre@example.org"])
    for address in ("https://www.impots.gouv.fr/", "https://www.urssaf.fr/"):
        assert address in told.body
        assert address in str(told.alternatives[0].content)  # type: ignore[attr-defined]
