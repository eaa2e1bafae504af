"""An owner closes her boutique: what is under way first, then it is gone from the site and all hers in the workshop."""

from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client

from shop.order.models import Order
from shop.vendors.models import TeamMember, Vendor
from tests import factories as make
from tests.factories import Market
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
CLOSE, SURE = "/atelier/boutique/fermer/", {"sure": "on", "reason": "Retraite"}


def state(vendor: Vendor) -> str:
    return Vendor.objects.get(pk=vendor.pk).state


def test_a_closed_boutique_leaves_the_site_and_stays_its_owner_s(market: Market) -> None:
    client, address = client_of(market.basile), market.bowl.get_absolute_url()
    assert client.post(CLOSE, {}).status_code == 422
    assert state(market.ocre) == "approved"
    for _twice in range(2):
        assert client.post(CLOSE, SURE).url == CLOSE
    assert state(market.ocre) == "closed"
    page = Client().get("/boutiques/ocre/")
    assert page.status_code == 410
    assert "a fermé" in page.content.decode()
    assert Client().get(address).status_code == 404
    assert b"Bol ocre" not in Client().get("/rayons/creations/").content
    for still in ("/atelier/", "/atelier/versements/", "/atelier/boutique/partir/", CLOSE):
        assert client.get(still).status_code == 200
    entry = LogEntry.objects.get_for_object(market.ocre).first()
    assert entry.actor == market.basile
    assert "Retraite" in str(entry.additional_data)


@pytest.mark.parametrize("end", ["cancelled", "delivered", "returned"])
def test_orders_are_finished_first(market: Market, end: str) -> None:
    make.bought((market.bowl, 1))
    client = client_of(market.basile)
    assert "1 commande" in client.get(CLOSE).content.decode()
    assert client.post(CLOSE, SURE).status_code == 422
    assert state(market.ocre) == "approved"
    Order.objects.update(status=end)
    assert client.post(CLOSE, SURE).status_code == 302
    assert state(market.ocre) == "closed"


def test_a_payment_under_way_and_an_open_funding_are_waited_for(market: Market) -> None:
    make.started(make.basket((market.bowl, 1)))
    client = client_of(market.basile)
    assert "en train de payer" in client.get(CLOSE).content.decode()
    assert client_of(market.camille).get(CLOSE).content.decode().count("en train de payer") == 0
    make.project(market.sel)
    assert client_of(market.camille).post(CLOSE, SURE).status_code == 422
    assert (state(market.ocre), state(market.sel)) == ("approved", "approved")


def test_a_suspended_boutique_is_not_closed_to_escape(market: Market) -> None:
    Vendor.objects.filter(pk=market.ocre.pk).update(state="suspended")
    assert client_of(market.basile).post(CLOSE, SURE).status_code == 422
    assert state(market.ocre) == "suspended"


def test_an_owner_alone_closes(market: Market) -> None:
    TeamMember.objects.create(vendor=market.ocre, user=market.eve, role="manager")
    other: Any
    for other in (market.eve, market.alice):
        assert client_of(other).post(CLOSE, SURE).status_code == 404
    assert state(market.ocre) == "approved"
