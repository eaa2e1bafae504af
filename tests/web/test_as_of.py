"""The whole site as of a date: who may, what is seen, and that nothing of it lasts (PRODUCT E6)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lapinblanc import clock
from lapinblanc.money import Money

from editorial.authorship.roles import EDITOR
from editorial.campaigns.as_of import SESSION_KEY
from editorial.campaigns.invitations import invitations
from shop.catalogue.joining import join
from shop.partner.models import StockRecord
from tests import factories as make
from tests.factories import Market
from tests.web import houses
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
CHOOSE = "/cms/site-a-une-date/"


@pytest.fixture
def house(market: Market) -> houses.House:
    return houses.House.build(market)


@pytest.fixture
def editor(house: houses.House) -> Any:
    """An editor whose session holds the hour of the campaign's start."""
    client = client_of(make.staff(EDITOR, "jeanne"))
    hold(client, house.starts)
    return client


def hold(client: Client, moment: Any) -> None:
    """What a session would hold, were the date believed."""
    session = client.session
    session[SESSION_KEY] = moment.isoformat()
    session.save()


def test_boutiques_own_sales_are_switched_for_the_date_and_nothing_of_it_lasts(house: houses.House, market: Market, editor: Any) -> None:
    sale = make.sale(market.ocre, starts_at=clock.now() + timedelta(hours=1), ends_at=house.starts + timedelta(days=40))
    hold(editor, sale.starts_at + timedelta(minutes=1))
    with CaptureQueriesContext(connection) as seen:
        assert "40,00" in editor.get(market.bowl.get_absolute_url()).content.decode()
    assert any('UPDATE "coupons_sale"' in query["sql"] for query in seen)
    sale.refresh_from_db()
    market.bowl.refresh_from_db()
    assert (sale.start_seen_at, market.bowl.price_cents) == (None, 5600)


def whole_state() -> dict[str, Any]:
    """Every table's rows as text; sessions apart, which are the reader's own."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_session'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT md5(coalesce(string_agg(md5(t::text), \'\' ORDER BY md5(t::text)), \'\')) FROM "{table}" t')
            found[table] = cursor.fetchone()[0]
    return found


def test_an_editor_chooses_a_date_and_comes_back(house: houses.House, editor: Any) -> None:
    local = (house.starts + timedelta(hours=1)).astimezone(clock.PARIS)
    answer = editor.post(CHOOSE, {"moment": local.strftime("%Y-%m-%d %H:%M")})
    assert answer.status_code == 302
    page = editor.get("/")
    assert "Vous voyez le site au" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert editor.post(f"{CHOOSE}maintenant/").status_code == 302
    assert "Vous voyez le site au" not in editor.get("/").content.decode()


def test_the_past_cannot_be_chosen(editor: Any) -> None:
    assert editor.post(CHOOSE, {"moment": "2020-01-01 09:00"}).status_code == 422


def test_what_is_to_come_is_seen_inside_and_not_outside(house: houses.House, editor: Any) -> None:
    addresses = [house.draft.get_url(), house.guest.get_url()]
    for address in addresses:
        assert editor.get(address).status_code == 200
        assert Client().get(address).status_code == 404
    assert "Au four, de nouveau" in editor.get(house.known.get_url()).content.decode()
    assert "Au four, de nouveau" not in Client().get(house.known.get_url()).content.decode()
    assert "Noël des ateliers" in editor.get("/").content.decode()
    assert "Noël des ateliers" not in Client().get("/").content.decode()


def test_prices_of_card_page_and_basket_are_those_of_the_date(house: houses.House, market: Market, editor: Any) -> None:
    record = StockRecord.objects.get(product=market.bowl)
    join(vendor=market.ocre, invitation=invitations()[0], prices={record.pk: Money(4500)}, by=market.basile)
    address = market.bowl.get_absolute_url()
    assert "45,00" in editor.get(address).content.decode()
    assert "45,00" not in Client().get(address).content.decode()
    editor.post(f"{CHOOSE}maintenant/")
    editor.post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": 1})
    assert "56,00" in editor.get("/panier/").content.decode()
    hold(editor, house.starts)
    seen = editor.get("/panier/").content.decode()
    assert "45,00" in seen
    assert "56,00" not in seen


def test_nothing_is_left_of_a_preview(house: houses.House, market: Market, editor: Any, django_capture_on_commit_callbacks: Any) -> None:
    before = whole_state()
    cache.clear()
    with django_capture_on_commit_callbacks() as waiting:
        for address in ("/", house.draft.get_url(), house.campaign.get_url(), market.bowl.get_absolute_url(), "/recherche/?q=bol", "/panier/", "/nulle-part/", "/boutiques/"):
            editor.get(address)
    after = whole_state()
    assert [table for table in before if before[table] != after[table]] == []
    assert waiting == []
    assert mail.outbox == []


def test_control_the_same_switching_without_a_preview_changes_the_database(house: houses.House) -> None:
    """Or the test above proves nothing."""
    from editorial.campaigns.switching import switch_due

    before = whole_state()
    with clock.at(house.starts):
        switch_due()
    assert whole_state() != before


def test_the_cache_that_readers_share_is_not_poisoned(house: houses.House, editor: Any) -> None:
    cache.clear()
    editor.get("/")
    assert "Noël des ateliers" not in Client().get("/").content.decode()
    Client().get("/")
    assert "Noël des ateliers" in editor.get("/").content.decode()


@pytest.mark.parametrize("address", ["/panier/ajouter/", "/panier/modifier/", "/commande/", "/compte/login/"])
def test_nothing_is_sent_from_another_date(house: houses.House, market: Market, editor: Any, address: str) -> None:
    before = whole_state()
    answer = editor.post(address, {"listing": market.bowl.pk, "quantity": 1})
    assert answer.status_code == 409
    assert "Rien ne s’envoie depuis une autre date" in answer.content.decode()
    assert whole_state() == before


@pytest.mark.parametrize("who", ["nobody", "alice", "basile", "eve"])
def test_nobody_else_sees_another_date_whatever_they_hold_or_send(house: houses.House, market: Market, who: str) -> None:
    client = Client() if who == "nobody" else client_of(getattr(market, who))
    before = whole_state()
    assert client.post(CHOOSE, {"moment": "2027-01-01 09:00"}).status_code in (302, 403)
    hold(client, house.starts)
    for address in ("/", f"/?{SESSION_KEY}={house.starts.isoformat()}"):
        page = client.get(address, headers={"X-As-Of": house.starts.isoformat()}).content.decode()
        assert "Vous voyez le site au" not in page
        assert "Noël des ateliers" not in page
    assert client.get(house.draft.get_url()).status_code == 404
    changed = {table for table, rows in whole_state().items() if rows != before[table]}
    assert changed <= {"basket_basket"}  # Oscar gives a signed-in reader an open basket


def test_a_contributor_who_enters_the_admin_sees_no_other_date(house: houses.House, market: Market) -> None:
    """The right to enter and to write one's own story is not the right to walk through what is to come."""
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name="Créatrice")
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    market.camille.groups.add(group)
    client = client_of(market.camille)
    assert client.get("/cms/").status_code == 200
    # Wagtail answers a lack of rights with its home and a message.
    assert client.post(CHOOSE, {"moment": "2027-01-01 09:00"}).status_code in (302, 403)
    assert SESSION_KEY not in client.session
    hold(client, house.starts)
    assert client.get(house.draft.get_url()).status_code == 404


@pytest.mark.parametrize("text", ["", "demain", "2027-01-01", "2020-01-01T09:00:00+00:00", 12])
def test_nonsense_in_the_session_is_now(house: houses.House, editor: Any, text: Any) -> None:
    session = editor.session
    session[SESSION_KEY] = text
    session.save()
    assert "Vous voyez le site au" not in editor.get("/").content.decode()


def test_no_provider_is_told_anything_from_another_date(house: houses.House, market: Market, editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its ledger is outside our transaction: what it was told would stay."""
    from shop.psp.providers.sandbox.provider import Provider

    asked = []
    for verb in ("create_payment", "capture_payment", "cancel_payment", "refund"):
        original = getattr(Provider, verb)
        monkeypatch.setattr(Provider, verb, lambda self, verb=verb, original=original, **facts: asked.append(verb) or original(self, **facts))
    pledge = make.pledge_started(make.project(market.ocre))
    address = f"/financements/retour/{pledge.key}/"
    asked.clear()
    assert editor.get(address).status_code == 200
    assert asked == []
    assert Client().get(address).status_code == 200
    assert asked == ["create_payment"]


def test_a_guest_s_basket_survives_a_look_at_another_date(house: houses.House, market: Market, editor: Any) -> None:
    """It is merged into the editor's own as soon as it is seen: undone with the rest, its cookie must stay too."""
    guest = Client()
    guest.post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": 1})
    editor.cookies["oscar_open_basket"] = guest.cookies["oscar_open_basket"].value
    editor.get("/panier/")
    editor.post(f"{CHOOSE}maintenant/")
    assert "Bol ocre" in editor.get("/panier/").content.decode()
