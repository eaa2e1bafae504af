"""Addresses that lead nowhere are counted without a person in them; redirects follow pages that move, and never run in a circle."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from lapinblanc import clock
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from editorial.models import HomePage, StoryIndexPage, StoryPage
from editorial.reports import missing
from editorial.reports.leading import LeadsInACircle, comes_back, lead
from editorial.reports.models import NotFound
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def stories(market: Market) -> Page:
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Lapin Blanc", slug="accueil"))
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    return home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))


@pytest.fixture
def story(stories: Page) -> StoryPage:
    return stories.add_child(instance=StoryPage(title="La tournerie", slug="tournerie", intro="Une histoire."))


def test_a_dead_link_is_counted_by_path_and_the_host_it_stood_on(market: Market) -> None:
    client = Client(headers={"user-agent": "Mozilla"})
    for _time in range(3):
        assert client.get("/histoires/perdue/?mail=zoe@example.org", headers={"referer": "https://Blog.example/secret?q=zoe"}).status_code == 404
    assert not NotFound.objects.exists()
    missing.write()
    row = NotFound.objects.get()
    assert (row.path, row.times, row.came_from) == ("/histoires/perdue/", 3, "blog.example")
    assert {field.name for field in NotFound._meta.fields} == {"id", "path", "times", "first_seen", "last_seen", "came_from", "dismissed"}
    client.get("/histoires/perdue/")
    missing.write()
    row.refresh_from_db()
    assert (row.times, row.came_from) == (4, "blog.example")


@pytest.mark.parametrize("path", [
    "/wp-login.php", "/.env", "/old/.git/config", "/index.php/x/", "/wp-admin/setup/", "/favicon.png", "/phpMyAdmin/", "/compte/x/y/", "/achats/nulle/part/",
    "/lettre/8f14e45f-ceea-467f-a9d3-1c2b3d4e5f60/", "/achat/Zx81kLmNoPq92AbCdE_-x/", "/zoe@example.org/", "/tel/0612345678/", "/" + "a" * 300 + "/",
])
def test_robots_noise_private_rooms_and_secrets_are_not_counted(market: Market, path: str) -> None:
    Client().get(path)
    missing.write()
    assert not NotFound.objects.exists()


def test_only_what_led_nowhere_and_was_asked_for_is_counted(market: Market, story: StoryPage) -> None:
    client = Client()
    client.get(story.get_url())
    client.post("/histoires/perdue/")
    Redirect.add_redirect("/vieille/", redirect_to=story)
    assert client.get("/vieille/").status_code == 301
    missing.write()
    assert not NotFound.objects.exists()


def test_a_flood_of_addresses_stays_within_bounds(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missing, "MOST_ROWS", 5)
    monkeypatch.setattr(missing, "MOST_HELD", 8)
    for letter in "abcdefghijkl":
        missing.note(path=f"/perdue-{letter}/", referrer="")
    missing.write()
    assert NotFound.objects.count() == 5
    for _time in range(2):
        missing.note(path="/perdue-a/", referrer="")
        missing.note(path="/nouvelle/", referrer="")
    missing.write()
    assert NotFound.objects.get(path="/perdue-a/").times == 3
    assert NotFound.objects.count() == 5


def test_the_minute_bounds_the_writes(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    missing.note(path="/perdue/", referrer="")
    assert not NotFound.objects.exists()
    monkeypatch.setattr(missing, "_written", [missing._written[0] - 61])
    missing.note(path="/perdue/", referrer="")
    assert NotFound.objects.get().times == 2


def test_old_addresses_are_forgotten(market: Market) -> None:
    with clock.at(clock.now() - timedelta(days=91)):
        missing.note(path="/vieille/", referrer="")
        missing.write()
    missing.note(path="/neuve/", referrer="")
    missing.write()
    assert missing.forget_old() == 1
    assert missing.forget_old() == 0
    assert NotFound.objects.get().path == "/neuve/"


def test_the_database_takes_no_query_and_no_address_elsewhere(market: Market) -> None:
    for path in ("/a/?mail=zoe", "https://elsewhere.example/"):
        with pytest.raises(IntegrityError), transaction.atomic():
            NotFound.objects.create(path=path, first_seen=clock.now(), last_seen=clock.now())


def test_an_address_is_set_aside_by_those_who_read_the_reports_alone(market: Market) -> None:
    missing.note(path="/perdue/", referrer="")
    missing.write()
    row = NotFound.objects.get()
    url = reverse("editorial_reports:set_aside", args=[row.pk])
    for stranger in (Client(), client_of(market.eve)):
        assert stranger.post(url).status_code in (302, 403)
        row.refresh_from_db()
        assert not row.dismissed
    operator = client_of(market.dora)
    assert operator.get(url).status_code == 405
    assert "/perdue/" in operator.get(reverse("editorial_reports:addresses")).content.decode()
    operator.post(url)
    assert "/perdue/" not in operator.get(reverse("editorial_reports:addresses")).content.decode()


def test_one_click_makes_a_redirect_of_an_address_not_found(market: Market, story: StoryPage) -> None:
    missing.note(path="/ateliers/tournerie/", referrer="")
    missing.write()
    operator = client_of(market.dora)
    page = operator.get(reverse("editorial_reports:addresses")).content.decode()
    link = f"{reverse('wagtailredirects:add')}?old_path=%2Fateliers%2Ftournerie%2F"
    assert link in page
    form = operator.get(link).context["form"]
    assert (form["old_path"].value(), form["redirect_page"].value()) == ("/ateliers/tournerie/", story.pk)
    operator.post(link, {"old_path": "/ateliers/tournerie/", "redirect_page": story.pk, "is_permanent": "on"})
    assert Client().get("/ateliers/tournerie/").url == story.get_url()
    assert NotFound.objects.get().dismissed


def test_a_page_that_is_renamed_or_moved_keeps_its_readers(
    market: Market, stories: Page, story: StoryPage, django_capture_on_commit_callbacks: Any
) -> None:
    before = story.get_url()
    story.slug = "tournage"
    with django_capture_on_commit_callbacks(execute=True):
        story.save_revision().publish()
    story.refresh_from_db()
    assert story.get_url() != before
    assert Client().get(before).url == story.get_url()
    elsewhere = stories.get_parent().add_child(instance=StoryIndexPage(title="Ateliers", slug="ateliers"))
    renamed = story.get_url()
    with django_capture_on_commit_callbacks(execute=True):
        story.move(elsewhere, pos="last-child")
    moved = StoryPage.objects.get(pk=story.pk)
    assert Client().get(renamed).url == moved.get_url() == Client().get(before).url


def test_withdrawing_a_page_asks_where_its_readers_are_led(market: Market, stories: Page, story: StoryPage) -> None:
    operator, before = client_of(market.dora), story.get_url()
    asked = operator.post(reverse("wagtailadmin_pages:unpublish", args=[story.pk]))
    step = reverse("editorial_reports:lead_away", args=[story.pk])
    assert asked.url == step
    assert Client().get(before).status_code == 404
    assert "Histoires" in operator.get(step).content.decode()
    refused = operator.post(step, {"where": "other", "other": ""})
    assert refused.status_code == 422
    operator.post(step, {"where": "section"})
    assert Client().get(before).url == stories.get_url()
    operator.post(step, {"where": "nowhere"})
    assert Client().get(before).status_code == 404


def test_leading_readers_away_asks_for_both_rights(market: Market, story: StoryPage) -> None:
    story.unpublish()
    step = reverse("editorial_reports:lead_away", args=[story.pk])
    half = make.person("plume")
    half.user_permissions.add(*Permission.objects.filter(codename__in=["add_redirect", "access_admin"]))
    for stranger in (Client(), client_of(market.eve), client_of(half)):
        assert stranger.post(step, {"where": "section"}).status_code in (302, 403)
    assert not Redirect.objects.exists()
    client_of(market.dora).post(step, {"where": "section"})
    assert Redirect.objects.count() == 1


def test_a_redirect_that_would_come_back_is_refused(market: Market, story: StoryPage) -> None:
    operator, add = client_of(market.dora), reverse("wagtailredirects:add")
    Redirect.add_redirect("/b/", redirect_to="http://localhost/a/?x=1")
    for path, target in (("/a/", "http://localhost/b/"), ("/c/", "http://localhost/c")):
        answer = operator.post(add, {"old_path": path, "redirect_link": target, "is_permanent": "on"})
        assert "ramènerait à sa propre adresse" in answer.content.decode()
    assert Redirect.objects.count() == 1
    assert not comes_back(path="/a/", target="https://elsewhere.example/a/")
    assert not comes_back(path="/a/", target=story)
    story.unpublish()
    with pytest.raises(LeadsInACircle):
        lead(path=story.get_url() or "", to=story)


def test_a_circle_written_some_other_way_is_a_404_and_no_chase(market: Market) -> None:
    Redirect.add_redirect("/a/", redirect_to="http://localhost/b/")
    Redirect.add_redirect("/b/", redirect_to="http://localhost/a/")
    assert Client().get("/a/").status_code == 404
    Redirect.objects.filter(old_path="/b").delete()
    assert Client().get("/a/").status_code == 301
