"""The journal of rights and money: written once, without secrets or names, read by operators page by page."""

from datetime import timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lapinblanc import clock
from lapinblanc.accounts.models import User
from lapinblanc.audit import reading
from lapinblanc.audit.journal import Event, record
from lapinblanc.audit.tasks import drop_old_addresses
from lapinblanc.cooperative.models import Member

from shop.commissions.models import CommissionRate
from shop.moderation.models import Case
from shop.vendors.models import TeamMember, Vendor
from tests import factories as make
from tests.factories import Market
from tests.web.test_access import client_of
from tests.web.test_moderation import decided

pytestmark = pytest.mark.django_db


def refused(statement: Any) -> bool:
    try:
        with transaction.atomic():
            statement()
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def run(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def test_an_entry_is_never_changed_nor_deleted(market: Market) -> None:
    record(Event.ROLE_GIVEN, market.eve, role="x")
    entry = LogEntry.objects.latest("pk")
    before = serializers.serialize("json", LogEntry.objects.order_by("pk"))
    assert refused(lambda: LogEntry.objects.filter(pk=entry.pk).update(actor=market.eve))
    assert refused(lambda: LogEntry.objects.filter(pk=entry.pk).update(remote_addr=None, remote_port=None))  # too young
    assert refused(entry.delete)
    assert refused(lambda: run("DELETE FROM auditlog_logentry"))
    run("SET CONSTRAINTS ALL IMMEDIATE")
    assert refused(lambda: run("TRUNCATE auditlog_logentry"))
    assert serializers.serialize("json", LogEntry.objects.order_by("pk")) == before


def test_the_trigger_is_what_refuses(market: Market) -> None:
    """The control: without it the same statement passes."""
    record(Event.ROLE_GIVEN, market.eve, role="x")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE auditlog_logentry DISABLE TRIGGER audit_append_only")
    assert not refused(lambda: LogEntry.objects.latest("pk").delete())
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE auditlog_logentry ENABLE TRIGGER audit_append_only")


def suspended(client: Client, vendor: Vendor, patch: pytest.MonkeyPatch, **meta: str) -> None:
    """An operator decides on the page of the case; the measure follows the commit."""
    client.post(f"/gestion/moderation/ouvrir/vendor/{vendor.pk}/")
    chosen = {"measure": "suspend", "ground": "rules", "facts": "contrôle", "days": "7"}
    with patch.context() as now:
        now.setattr(transaction, "on_commit", lambda then, **_options: then())
        client.post(f"/gestion/moderation/{Case.objects.get(vendor=vendor).pk}/", chosen, REMOTE_ADDR="10.1.2.3", **meta)


def test_addresses_go_after_twelve_months_and_nothing_else_does(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(market.dora)
    with clock.at(clock.now() - timedelta(days=400)):
        suspended(client, market.ocre, monkeypatch)
    suspended(client, market.sel, monkeypatch)
    old, young = LogEntry.objects.filter(remote_addr="10.1.2.3", changes__state__isnull=False).order_by("pk")
    drop_old_addresses.call()
    drop_old_addresses.call()
    kept = LogEntry.objects.get(pk=old.pk)
    assert (kept.remote_addr, kept.changes, kept.actor, kept.additional_data) == (None, old.changes, old.actor, old.additional_data)
    young.refresh_from_db()
    assert young.remote_addr == "10.1.2.3"
    assert refused(lambda: LogEntry.objects.filter(pk=old.pk).update(remote_addr=None, actor=None))  # the way is that narrow


def test_rights_and_money_are_followed(market: Market) -> None:
    def last(model: Any) -> LogEntry:
        return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model)).latest("pk")

    decided(market, market.ocre, "suspend", days=7, facts="contrôle")
    assert last(Vendor).changes["state"] == ["approved", "suspended"]
    assert last(Vendor).additional_data == {"reason": "contrôle"}
    member = TeamMember.objects.create(vendor=market.sel, user=market.eve, role="orders")
    member.role = "manager"
    member.save()
    assert last(TeamMember).changes["role"] == ["orders", "manager"]
    member.delete()
    assert last(TeamMember).action == LogEntry.Action.DELETE
    CommissionRate.objects.create(rate=900, valid_from=clock.now(), decided_by="AG")
    assert last(CommissionRate).changes["rate"] == ["None", "900"]
    Member.objects.create(user=market.eve, college="buyers")
    assert last(Member).changes["college"] == ["None", "buyers"]
    market.eve.is_staff = True
    market.eve.save()
    assert last(User).changes["is_staff"] == ["False", "True"]


def test_it_holds_neither_secrets_nor_names(market: Market) -> None:
    market.ocre.legal_name, market.ocre.psp_account = "Basile Secret", "acct_secret"
    market.ocre.save()
    market.basile.email = "secret@example.org"
    market.basile.set_password("secret-secret-secret")
    market.basile.save()
    kept = serializers.serialize("json", LogEntry.objects.all())
    for word in ("secret", "Basile", "@example.org", "md5$", "argon2"):
        assert word not in kept, word
    assert "•••" in kept.encode().decode("unicode_escape").encode("latin-1", "ignore").decode("utf-8", "ignore") or "\\u2022" in kept or "•" in kept


def test_who_acted_is_the_signed_in_person_and_never_a_forged_address(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    suspended(client_of(market.dora), market.ocre, monkeypatch, HTTP_X_FORWARDED_FOR="6.6.6.6")
    entry = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Vendor)).latest("pk")
    assert (entry.actor, entry.changes) == (market.dora, {"state": ["approved", "suspended"]})
    assert entry.remote_addr == "10.1.2.3"
    assert not LogEntry.objects.filter(remote_addr="6.6.6.6").exists()


def test_the_middleware_costs_a_page_no_query(market: Market, settings: Any) -> None:
    def cost() -> int:
        Client().get("/boutiques/")
        with CaptureQueriesContext(connection) as seen:
            Client().get("/boutiques/")
        return len(seen)

    ours = ("lapinblanc.audit.middleware.AuditMiddleware", "lapinblanc.accounts.two_factor.TwoFactorMiddleware")
    with_it = cost()
    settings.MIDDLEWARE = [layer for layer in settings.MIDDLEWARE if layer not in ours]
    assert cost() == with_it


def test_pages_follow_their_key(market: Market) -> None:
    for number in range(reading.PER_PAGE + 10):
        record(Event.FACTOR_FAILED, market.eve, number=number)
    client = client_of(market.dora)
    seen: list[int] = []
    key = ""
    while True:
        lines, following = reading.page(reading.Asked(what="factor_failed", before=int(key) if key else None))
        seen += [line.pk for line in lines]
        if following is None:
            break
        key = str(following)
    assert len(seen) == len(set(seen)) == reading.PER_PAGE + 10
    assert seen == sorted(seen, reverse=True)
    page = client.get("/gestion/journal/?quoi=factor_failed").content.decode()
    assert "avant=" in page
    with CaptureQueriesContext(connection) as queries:
        client.get("/gestion/journal/")
    assert len(queries) <= 12


def test_filters_find_who_what_and_when(market: Market) -> None:
    record(Event.ROLE_GIVEN, market.eve, by=market.dora, role="x")
    with clock.at(clock.now() - timedelta(days=40)):
        record(Event.ROLE_TAKEN, market.alice, by=market.dora, role="x")
    today = clock.today()

    def events(**asked: Any) -> list[str]:
        return [line.what for line in reading.page(reading.Asked(**asked))[0]]

    assert "rôle donné" in events(who="eve@example.org")
    assert "rôle repris" not in events(who="eve@example.org")
    assert events(what="role_taken") == ["rôle repris"]
    assert "rôle repris" not in events(since=today - timedelta(days=30))
    assert events(until=today - timedelta(days=30)) == ["rôle repris"]
    assert all("boutique" in what for what in events(what="vendors.vendor"))
    assert client_of(market.dora).get("/gestion/journal/?avant=x&depuis=hier&qui=%00&quoi=a.b").status_code == 200


def test_a_failed_second_step_is_noted(market: Market) -> None:
    from tests.second_step import password_given, set_up

    set_up(market.alice)
    password_given(market.alice).post("/compte/deuxieme-etape/authenticate/", {"code": "000000"})
    assert LogEntry.objects.filter(additional_data__event="factor_failed", object_id=market.alice.pk).count() == 1
    assert make.person("zoe").pk  # creating accounts goes on as before
