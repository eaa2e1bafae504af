"""Fundings in the editors' admin: prepared, opened, locked, stopped, by those who may (FAULTS S1, S4)."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from lapinblanc import clock

from shop.funding.models import Project
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def editor(*codenames: str) -> Client:
    person = make.person(f"editor-{len(codenames)}")
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def house() -> Client:
    return editor("add_project", "change_project", "view_project", "add_tier", "change_tier", "view_tier", "change_pledge")


def form_of(project: Project, **fields: Any) -> dict[str, Any]:
    return {
        "title": project.title, "slug": project.slug, "summary": project.summary, "vendor": project.vendor_id, "goal_cents": "500",
        "opens_at": f"{project.opens_at:%Y-%m-%d %H:%M}", "closes_at": f"{project.closes_at:%Y-%m-%d %H:%M}",
    } | fields


def test_a_draft_is_prepared_in_euros_and_opened(house: Client, market: Market) -> None:
    opens = clock.now() + timedelta(days=1)
    facts = {"title": "Un four", "slug": "un-four", "summary": "x", "vendor": market.ocre.pk, "goal_cents": "1 200,50", "opens_at": f"{opens:%Y-%m-%d %H:%M}", "closes_at": f"{opens + timedelta(days=9):%Y-%m-%d %H:%M}", "state": "open"}
    assert house.post("/cms/financements/new/", {**facts, "closes_at": facts["opens_at"]}).status_code == 200
    assert not Project.objects.exists()
    assert house.post("/cms/financements/new/", facts).status_code == 302
    project = Project.objects.get()
    assert (project.goal_cents, project.state) == (120_050, "draft")
    assert house.get("/cms/financements/").status_code == 200
    assert "Ouvrir le financement" in house.get(f"/cms/financements/decider/{project.pk}/").content.decode()
    assert house.post(f"/cms/financements/decider/{project.pk}/", {"action": "open"}).status_code == 302
    project.refresh_from_db()
    assert project.state == "open"


def test_after_the_opening_the_form_locks_with_a_sentence(house: Client, market: Market) -> None:
    project = make.project(market.ocre)
    before = (project.goal_cents, project.opens_at, project.closes_at, project.vendor_id, project.state)
    assert "Verrouillé depuis l’ouverture" in house.get(f"/cms/financements/edit/{project.pk}/").content.decode()
    forged = form_of(project, title="Un four à nous", goal_cents="1", vendor=market.sel.pk, closes_at="2031-01-01 00:00", state="succeeded", promised_cents="9")
    assert house.post(f"/cms/financements/edit/{project.pk}/", forged).status_code == 302
    project.refresh_from_db()
    assert project.title == "Un four à nous"
    assert (project.goal_cents, project.opens_at, project.closes_at, project.vendor_id, project.state) == before


def test_a_tier_that_was_taken_locks_and_its_counter_is_never_written(house: Client, market: Market) -> None:
    tier = make.tier(make.project(market.ocre), limit=5)
    make.pledged(tier.project, tier=tier)
    make.pledged(tier.project, tier=tier, email="dan@example.org")
    facts = {"project": tier.project_id, "title": "Un grand bol", "description": "", "amount_cents": "1", "delivery_month": "2031-01-01", "vat_rate": "2000", "position": "0", "taken": "0"}
    assert house.post(f"/cms/paliers/edit/{tier.pk}/", {**facts, "limit": "1"}).status_code == 200
    assert house.post(f"/cms/paliers/edit/{tier.pk}/", {**facts, "limit": "2"}).status_code == 302
    tier.refresh_from_db()
    assert (tier.title, tier.amount_cents, tier.limit, tier.taken) == ("Un grand bol", 4500, 2, 2)


def test_stopping_and_judging_are_for_those_who_may(house: Client, market: Market) -> None:
    project = make.project(market.ocre)
    word = make.pledged(project, message="Bravo", message_public=True)
    stranger, basile = editor(), Client()
    basile.force_login(market.basile, backend="allauth.account.auth_backends.AuthenticationBackend")
    for client in (stranger, basile, Client()):
        for address, data in ((f"/cms/financements/decider/{project.pk}/", {"action": "stop"}), (f"/cms/financements/mots/{word.pk}/", {"action": "hide"}), (f"/cms/financements/edit/{project.pk}/", form_of(project, title="x"))):
            assert client.post(address, data).status_code in (302, 403)
        assert client.get("/cms/financements/mots/").status_code in (302, 403)
    project.refresh_from_db()
    word.refresh_from_db()
    assert (project.state, project.title, word.message_hidden_at) == ("open", "Un four", None)
    assert "Bravo" in house.get("/cms/financements/mots/").content.decode()
    house.post(f"/cms/financements/mots/{word.pk}/", {"action": "hide"})
    house.post(f"/cms/financements/decider/{project.pk}/", {"action": "stop"})
    project.refresh_from_db()
    word.refresh_from_db()
    assert (project.state, word.state, word.message_hidden_at is not None) == ("cancelled", "released", True)


def test_a_campaign_s_page_shows_its_funding_and_is_its_address(market: Market) -> None:
    from wagtail.models import Page, Site

    from editorial.campaigns.models import CampaignIndexPage, CampaignPage
    from editorial.models import HomePage

    project = make.project(market.ocre)
    make.tier(project)
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil"))
    Site.objects.filter(is_default_site=True).update(root_page=home, hostname="testserver", port=80)
    index = home.add_child(instance=CampaignIndexPage(title="Campagnes", slug="campagnes"))
    page = index.add_child(instance=CampaignPage(title="Le four", slug="le-four", intro="x", starts_at=project.opens_at, ends_at=project.closes_at, project=project))
    answer = Client().get(f"/financements/{project.slug}/")
    assert answer.status_code == 302
    assert answer.url.endswith("/campagnes/le-four/")
    shown = Client().get(page.get_url()).content.decode()
    assert "encore 9 jours" in shown
    assert "Contribuer 45,00" in shown
