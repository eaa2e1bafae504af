"""« Mes données » : a copy for its owner alone, and an erasure that can be undone for seven days (LAW D3)."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from lapinblanc import clock
from lapinblanc.privacy import erasing, exporting
from lapinblanc.privacy.models import Erasure, Export
from lapinblanc.privacy.tasks import tidy
from lapinblanc.search.models import SavedSearch

from shop.order.models import Order, Purchase
from tests import factories as make
from tests.factories import PASSWORD, Market
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
HOME = "/compte/mes-donnees/"
ERASURE = f"{HOME}effacement/"


@pytest.fixture(autouse=True)
def exports(settings: Any, tmp_path: Path) -> Path:
    settings.EXPORTS_ROOT = tmp_path / "exports"
    return settings.EXPORTS_ROOT


def arrived(purchase: Purchase) -> None:
    Order.objects.filter(purchase=purchase).update(status="delivered", state_changed_at=clock.now())


def confirmed(user: Any) -> Client:
    """A session that has just typed its password again."""
    client = client_of(user)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    return client


def opened(client: Client, export: Export) -> zipfile.ZipFile:
    answer = client.get(f"{HOME}copie/{export.pk}/")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_a_copy_holds_what_the_site_knows(market: Market, mailoutbox: list[Any]) -> None:
    purchase = make.bought((market.bowl, 2), buyer=market.alice, email="alice@example.org")
    SavedSearch.objects.create(user=market.alice, text="=1+1", query="q=bol")
    client = client_of(market.alice)
    assert client.post(f"{HOME}copie/").status_code == 302
    export = Export.objects.get()
    assert "votre copie" in client.get(HOME).content.decode().lower()
    assert exporting.write_export(export.pk)
    export.refresh_from_db()
    archive = opened(client, export)
    names = set(archive.namelist())
    assert {"LISEZ-MOI.txt", "achats/pieces.json", "achats/pieces.csv", "compte/profil.json", "boutique/equipes.csv"} <= names
    assert json.loads(archive.read("achats/achats.json"))[0]["number"] == purchase.number
    assert json.loads(archive.read("achats/adresses-de-livraison.json"))[0]["line1"] == "3 rue du Port"
    rows = list(csv.DictReader(io.StringIO(archive.read("recherches/recherches-suivies.csv").decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["text"] == "'=1+1"  # no formula for a spreadsheet
    readme = archive.read("LISEZ-MOI.txt").decode()
    assert all(name.rsplit(".", 1)[0] in readme for name in names if name.endswith(".json"))
    assert "copie de vos données" in mailoutbox[-1].subject.lower()


def test_a_copy_is_its_owner_s_alone(market: Market) -> None:
    export = exporting.ask_export(user=market.alice, by=market.alice)
    exporting.write_export(export.pk)
    for stranger in (client_of(market.eve), client_of(market.dora), Client()):
        assert stranger.get(f"{HOME}copie/{export.pk}/").status_code in (302, 404)
    assert client_of(market.alice).get(f"{HOME}copie/{export.pk}/").status_code == 200


def test_a_copy_goes_after_seven_days(market: Market, exports: Path) -> None:
    export = exporting.ask_export(user=market.alice, by=market.alice)
    exporting.write_export(export.pk)
    assert len(list(exports.iterdir())) == 1
    client = client_of(market.alice)
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert client.get(f"{HOME}copie/{export.pk}/").status_code == 404
        assert exporting.remove_old() == 1
    assert list(exports.iterdir()) == []
    export.refresh_from_db()
    assert (export.state, export.file) == ("gone", "")


def test_making_a_copy_twice_makes_one(market: Market, exports: Path, mailoutbox: list[Any]) -> None:
    first = exporting.ask_export(user=market.alice, by=market.alice)
    assert exporting.ask_export(user=market.alice, by=market.alice) == first
    assert exporting.write_export(first.pk)
    assert not exporting.write_export(first.pk)
    assert (len(list(exports.iterdir())), len(mailoutbox)) == (1, 1)


def test_a_copy_cut_short_is_begun_again(market: Market) -> None:
    export = exporting.ask_export(user=market.alice, by=market.alice)
    Export.objects.filter(pk=export.pk).update(done=3)
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert tidy.call()["begun_again"] == 1


def test_an_address_not_proved_gives_nothing_of_its_owner(market: Market) -> None:
    from allauth.account.models import EmailAddress

    make.bought((market.bowl, 1), email="guest@example.org")
    EmailAddress.objects.create(user=market.eve, email="guest@example.org", verified=False)
    from shop.order.personal import purchases_of

    assert not purchases_of(market.eve).exists()
    EmailAddress.objects.filter(email="guest@example.org").update(verified=True)
    assert purchases_of(market.eve).exists()


def test_erasing_asks_who_it_is(market: Market) -> None:
    client = client_of(market.alice)
    page = client.get(ERASURE).content.decode()
    assert "Vos achats" in page
    assert client.post(ERASURE).url.startswith("/compte/reauthenticate/")
    assert not Erasure.objects.exists()


def test_erasure_from_the_page_to_the_end(market: Market, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    other = client_of(market.alice)
    client = confirmed(market.alice)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ERASURE).url == f"{ERASURE}demande/"
    assert "_auth_user_id" not in client.session
    assert other.get("/compte/").status_code == 302  # every session is over
    assert client.get(f"{ERASURE}demande/").status_code == 200
    assert "sera effacé" in mailoutbox[-1].subject
    erasure = Erasure.objects.get()
    assert not erasing.carry_out(erasure.pk)  # not before its day
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        with django_capture_on_commit_callbacks(execute=True):
            assert erasing.carry_out(erasure.pk)
        assert not erasing.carry_out(erasure.pk)  # twice is once
    assert mailoutbox[-1].to == ["alice@example.org"]
    market.alice.refresh_from_db()
    assert (market.alice.is_active, market.alice.first_name, market.alice.has_usable_password()) == (False, "", False)
    answer = Client().post("/compte/login/", {"login": "alice@example.org", "password": PASSWORD})
    assert answer.status_code == 200
    assert Client().post("/compte/signup/", {"email": "alice@example.org", "password1": "une-phrase-assez-longue"}).status_code == 302
    assert type(market.alice).objects.filter(email="alice@example.org").count() == 1  # the address is free again


def test_signing_in_undoes_it(market: Market) -> None:
    erasure = erasing.ask_erasure(user=market.alice, by=market.alice)
    client = Client()
    client.post("/compte/login/", {"login": "alice@example.org", "password": PASSWORD})
    erasure.refresh_from_db()
    assert erasure.state == "undone"
    assert "annul" in client.get("/compte/").content.decode()
    with clock.at(clock.now() + timedelta(days=8)):
        assert not erasing.carry_out(erasure.pk)
    assert type(market.alice).objects.filter(email="alice@example.org", is_active=True).exists()


def test_the_password_alone_does_not_undo_it_with_a_second_step(market: Market) -> None:
    from tests.second_step import password_given, set_up

    set_up(market.alice)
    erasure = erasing.ask_erasure(user=market.alice, by=market.alice)
    password_given(market.alice)
    erasure.refresh_from_db()
    assert erasure.state == "waiting"


def test_an_order_under_way_is_in_the_way(market: Market) -> None:
    purchase = make.bought((market.bowl, 1), buyer=market.alice, email="alice@example.org")
    answer = confirmed(market.alice).post(ERASURE)
    assert answer.status_code == 422
    assert f"{purchase.number}-1" in answer.content.decode()
    assert not Erasure.objects.exists()
    arrived(purchase)
    assert confirmed(market.alice).post(ERASURE).status_code == 302


def test_the_only_owner_of_an_open_boutique_hands_it_on_first(market: Market) -> None:
    with pytest.raises(erasing.CannotErase) as refused:
        erasing.ask_erasure(user=market.basile, by=market.basile)
    assert "Ocre" in refused.value.sentences[0]
    market.ocre.members.create(user=market.eve, role="owner")
    assert erasing.ask_erasure(user=market.basile, by=market.basile)


def test_an_operator_gives_rights_back_first(market: Market) -> None:
    with pytest.raises(erasing.CannotErase):
        erasing.ask_erasure(user=market.dora, by=market.dora)


def test_what_came_in_the_way_meanwhile_is_waited_for(market: Market) -> None:
    erasure = erasing.ask_erasure(user=market.alice, by=market.alice)
    make.bought((market.bowl, 1), email="alice@example.org")  # as a guest, under her own address
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert not erasing.carry_out(erasure.pk)
    erasure.refresh_from_db()
    assert erasure.state == "waiting"
    assert type(market.alice).objects.filter(email="alice@example.org").exists()


def test_an_erasure_that_breaks_changes_nothing(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    from lapinblanc.accounts.personal import Account

    SavedSearch.objects.create(user=market.alice, text="bol", query="q=bol")
    erasure = erasing.ask_erasure(user=market.alice, by=market.alice)

    def killed(*_args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Account, "erase", killed)
    with clock.at(clock.now() + timedelta(days=8)):
        with pytest.raises(KeyboardInterrupt):
            erasing.carry_out(erasure.pk)
        assert SavedSearch.objects.filter(user=market.alice).exists()
        monkeypatch.undo()
        assert erasing.carry_out(erasure.pk)
    assert not SavedSearch.objects.exists()


def test_an_operator_starts_both_for_a_letter(market: Market) -> None:
    client = client_of(market.dora)
    address = f"/gestion/personnes/{market.alice.pk}/donnees/"
    assert client.post(address, {"what": "erasure", "reason": ""}).status_code == 302
    assert not Erasure.objects.exists()
    client.post(address, {"what": "copy", "reason": "lettre du 3"})
    client.post(address, {"what": "erasure", "reason": "lettre du 3"})
    assert (Export.objects.get().asked_by, Erasure.objects.get().asked_by) == (market.dora, market.dora)
    reasons = [entry.additional_data["reason"] for entry in LogEntry.objects.filter(actor=market.dora, additional_data__reason__isnull=False)]
    assert reasons.count("lettre du 3") == 2
    export = Export.objects.get()
    exporting.write_export(export.pk)
    assert client.get(f"{HOME}copie/{export.pk}/").status_code == 404  # theirs to start, never to read


def test_old_contracts_lose_their_names_in_their_time(market: Market) -> None:
    from shop.checkout.personal import forget_old_contracts

    small = make.bought((market.bowl, 1), email="guest@example.org")
    large = make.bought((market.mug, 1), email="guest@example.org")
    for purchase in (small, large):
        arrived(purchase)
    with clock.at(clock.now() + timedelta(days=4 * 366)):
        assert forget_old_contracts() == 0
    with clock.at(clock.now() + timedelta(days=5 * 366)):
        assert forget_old_contracts() == 1
        assert forget_old_contracts() == 0
    assert Order.objects.get(purchase=small).shipping_address.line1 == ""
    assert Order.objects.get(purchase=large).shipping_address.line1 == "3 rue du Port"
    with clock.at(clock.now() + timedelta(days=10 * 366)):
        assert forget_old_contracts() == 1
