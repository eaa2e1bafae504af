"""« Près de chez vous »: by postcode or on the map, the same in words; nothing of the reader is kept."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.vendors.france import near
from shop.vendors.models import Vendor, VendorState
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
ADDRESS = "/pres-de-chez-vous/"


@pytest.fixture
def places(market: Market) -> Market:
    Vendor.objects.filter(pk=market.ocre.pk).update(department="22", city="Plouër")
    Vendor.objects.filter(pk=market.sel.pk).update(department="35", city="Redon")
    return market


def test_a_postcode_shows_its_department_then_those_around(places: Market) -> None:
    answer = Client().get(ADDRESS, {"cp": "22490"})
    assert [card.slug for card in answer.context["here"]] == ["ocre"]
    assert [card.slug for card in answer.context["around"]] == ["sel"]
    assert [card.title for card in answer.context["creations"]] == ["Bol ocre"]
    assert "Côtes-d’Armor (22)" in answer.content.decode()
    assert not answer.cookies


def test_an_unknown_postcode_says_so_and_keeps_what_was_typed(places: Market) -> None:
    for typed in ("99999", "abc", "2249", "<b>"):
        answer = Client().get(ADDRESS, {"cp": typed})
        assert answer.status_code == 422
        assert "n’est pas français" in answer.content.decode()
        assert answer.context["postcode"] == typed
    assert Client().get(ADDRESS, {"departement": "xx"}).status_code == 200


def test_the_map_and_the_list_tell_the_same_counts_of_open_boutiques(places: Market) -> None:
    Vendor.objects.filter(pk=places.sel.pk).update(state=VendorState.SUSPENDED)
    text = Client().get(ADDRESS).content.decode()
    assert text.count(f'href="{ADDRESS}?departement=22"') == 2
    assert "departement=35" not in text
    assert "1 boutique ouverte" in text


def test_neighbours_touch_each_other_both_ways() -> None:
    assert near("22") == ["29", "35", "56"]
    assert all(code in near(other) for code in ("01", "22", "2A", "75", "66") for other in near(code))
    assert near("974") == []


def test_the_page_costs_the_same_however_many_boutiques(places: Market) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(ADDRESS, {"departement": "22"}).status_code == 200
        return len(seen)

    cost()
    few = cost()
    for number in range(20):
        Vendor.objects.filter(pk=make.boutique(f"autre-{number}").pk).update(department="22")
    assert cost() <= few <= 12


def test_reading_sets_no_cookie(places: Market) -> None:
    """What sets none can be cached for everybody; forms stand on pages of their own."""
    for address in (ADDRESS, "/boutiques/", "/boutiques/ocre/", "/recherche/?q=bol", "/rayons/creations/", "/comment-nous-classons/"):
        answer = Client().get(address)
        assert (address, dict(answer.cookies)) == (address, {})
