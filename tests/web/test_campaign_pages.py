"""Pages of campaigns, their banner, the workshop's page, and what an editor's form refuses."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lapinblanc import clock
from lapinblanc.accounts.models import User

from editorial.authorship.roles import EDITOR
from editorial.campaigns import horizon, switching
from editorial.campaigns.models import CampaignPage
from shop.catalogue.joining import pieces_of
from shop.prices.invitations import open_invitations
from shop.prices.models import PriceWindow
from tests import factories as make
from tests.factories import Market
from tests.web import houses
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(market: Market) -> houses.House:
    return houses.House.build(market)


def read(address: str, moment: datetime) -> str:
    with clock.at(moment):
        cache.clear()
        return Client().get(address).content.decode()


def test_the_page_says_where_the_campaign_stands(house: houses.House) -> None:
    address = house.campaign.get_url()
    before, during, after = (read(address, moment) for moment in (house.starts - timedelta(hours=27), house.starts, house.ends))
    assert "Elle commence dans" in before
    assert "1\xa0jour et 3\xa0heures" in before.replace(" jour", "\xa0jour").replace(" heures", "\xa0heures")
    assert "En cours" in during
    assert "Brouillon" in during
    assert "Cette campagne s’est terminée" in after
    assert "Invitée" not in after


def test_machines_are_told_an_event(house: houses.House) -> None:
    page = read(house.campaign.get_url(), house.starts)
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL).group(1))  # type: ignore[union-attr]
    event = next(node for node in facts["@graph"] if node["@type"] == "Event")
    assert [datetime.fromisoformat(event[name]) for name in ("startDate", "endDate")] == [house.starts, house.ends]


def test_the_index_sorts_by_the_clock(house: houses.House) -> None:
    house.add_campaign("Passée", starts=clock.now() - timedelta(days=40), days=5)
    page = read(house.campaigns.get_url(), house.starts - timedelta(days=1)).split("<main")[1]
    assert page.index('id="bientot"') < page.index("Noël") < page.index('id="passees"') < page.index("Passée")
    assert 'id="en-cours"' not in page
    assert 'id="en-cours"' in read(house.campaigns.get_url(), house.starts)


@pytest.mark.parametrize("number", [2, 24])
def test_pages_of_campaigns_cost_the_same_however_many(house: houses.House, number: int) -> None:
    house.add_campaign("Passée", starts=clock.now() - timedelta(days=40), days=5)
    stories = [house.story(f"Histoire {place}") for place in range(number)]
    full = house.add_campaign("Pleine", starts=clock.now() - timedelta(days=1), release=stories, collection=house.collection("Table"))
    switching.switch_due()
    for place in range(number):
        house.add_campaign(f"À venir {place}", starts=clock.now() + timedelta(days=40 + place))
    for address in (full.get_url(), house.campaigns.get_url()):
        cache.clear()
        Client().get("/")
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).status_code == 200
        assert len(asked) <= 15, (address, [query["sql"][:120] for query in asked])


def test_the_banner_is_on_every_page_but_the_checkout_and_the_workshop(house: houses.House, market: Market) -> None:
    for address in ("/", market.bowl.get_absolute_url(), "/panier/", "/recherche/?q=bol", house.campaign.get_url()):
        assert "Noël des ateliers" not in read(address, house.starts - timedelta(seconds=1)), address
        assert "Noël des ateliers" in read(address, house.starts), address
        assert "Noël des ateliers" not in read(address, house.ends), address
    with clock.at(house.starts):
        client = client_of(market.alice)
        client.post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": 1})
        checkout = client.get("/commande/")
        assert checkout.status_code == 200
        assert "data-banner" not in checkout.content.decode()
        assert "data-banner" not in client_of(market.basile).get("/atelier/").content.decode()


def test_the_banner_costs_one_query_at_most(house: houses.House, django_assert_max_num_queries: Any, django_assert_num_queries: Any) -> None:
    house.campaign.get_url()
    with clock.at(house.starts):
        with django_assert_max_num_queries(1):
            assert horizon.current_banner() is not None
        with django_assert_num_queries(0):
            assert horizon.current_banner() is not None


def test_a_boutique_looks_then_agrees_then_leaves(house: houses.House, market: Market) -> None:
    client = client_of(market.basile)
    assert "Noël" in client.get("/atelier/campagnes/").content.decode()
    address = f"/atelier/campagnes/{house.campaign.key}/"
    field = f"price-{pieces_of(vendor=market.ocre, invitation=open_invitations()[0])[0].stockrecord_id}"
    seen = client.post(address, {field: "45,00", "look": "1"}).content.decode()
    assert "56,00" in seen
    assert "−19" in seen
    assert not PriceWindow.objects.exists()
    assert client.post(address, {field: "45,00", "agree": "1"}).status_code == 302
    assert PriceWindow.objects.get().agreed_by == market.basile
    for wrong in ("56", "abc", "-3", "0,10"):
        answer = client.post(address, {field: wrong, "agree": "1"})
        assert answer.status_code == 422, wrong
    assert client.post(address, {field: "", "agree": "1"}).status_code == 302
    assert not PriceWindow.objects.filter(left_at=None).exists()


def test_a_campaign_that_has_started_invites_nobody(house: houses.House, market: Market) -> None:
    with clock.at(house.starts):
        assert client_of(market.basile).get(f"/atelier/campagnes/{house.campaign.key}/").status_code == 404


def form_of(house: houses.House, **fields: Any) -> Any:
    """The editor's form of the campaign with these fields changed."""
    editor = User.objects.filter(email="jeanne@example.org").first() or make.staff(EDITOR, "jeanne")
    page = CampaignPage.objects.get(pk=house.campaign.pk)
    local = {name: getattr(page, name).astimezone(clock.PARIS).strftime("%Y-%m-%d %H:%M:%S.%f") for name in ("starts_at", "ends_at")}
    facts = {"title": page.title, "slug": page.slug, "intro": page.intro, "date": page.date.isoformat(), "tint": page.tint, "body-count": "0", "banner_text": page.banner_text} | local | fields
    for prefix in ("release", "comments"):
        facts |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0", f"{prefix}-MIN_NUM_FORMS": "0", f"{prefix}-MAX_NUM_FORMS": "1000"}
    return page.get_edit_handler().get_form_class()(facts, instance=page, for_user=editor)


def test_the_word_soldes_is_refused_outside_its_periods(house: houses.House) -> None:
    form = form_of(house, banner_text="Soldes d’hiver")
    form.is_valid()
    assert "La loi réserve le mot" in str(form.errors["banner_text"])
    form = form_of(house, banner_text="Soldes d’hiver", starts_at="2027-01-06 08:00", ends_at="2027-01-20 23:00")
    form.is_valid()
    assert "banner_text" not in form.errors


def test_hours_that_do_not_exist_or_exist_twice_are_refused(house: houses.House) -> None:
    for hour in ("2027-03-28 02:30", "2027-10-31 02:30"):
        form = form_of(house, starts_at=hour, ends_at="2028-01-01 09:00")
        form.is_valid()
        assert "starts_at" in form.errors, hour
    form = form_of(house, starts_at="2027-10-31 01:59", ends_at="2028-01-01 09:00")
    form.is_valid()
    assert "starts_at" not in form.errors


def test_dates_that_boutiques_agreed_to_no_longer_move(house: houses.House, market: Market) -> None:
    client = client_of(market.basile)
    field = f"price-{pieces_of(vendor=market.ocre, invitation=open_invitations()[0])[0].stockrecord_id}"
    client.post(f"/atelier/campagnes/{house.campaign.key}/", {field: "45,00", "agree": "1"})
    form = form_of(house, starts_at="2027-03-01 09:00", ends_at="2027-03-20 09:00")
    form.is_valid()
    assert "Des boutiques ont donné leur accord" in str(form.errors["starts_at"])
    form = form_of(house)
    form.is_valid()
    assert "starts_at" not in form.errors
