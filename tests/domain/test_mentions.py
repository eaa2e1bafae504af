"""« Vu dans »: a listing's page names the open pages that show it, and never a draft, a reserved or an expired one."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lapinblanc import clock
from wagtail.models import Locale, PageViewRestriction

from editorial.mentions import Mention, seen_in, write_mentions
from editorial.models import StoryPage
from tests import editorial_house as house
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(market: Market) -> Market:
    house.home()
    return market


def named(page: object) -> list[int]:
    return list(Mention.objects.filter(page=page).order_by("position").values_list("listing_id", flat=True))


def test_saving_a_page_writes_what_it_shows_in_order(stories: Market) -> None:
    page = house.story("Au four", [house.row(stories.mug), house.piece(stories.bowl), house.piece(stories.mug)])
    assert named(page) == [stories.mug.pk, stories.bowl.pk]
    page.body = [house.piece(stories.bowl)]
    page.save()
    assert named(page) == [stories.bowl.pk]
    assert write_mentions(page) == 1


def test_a_draft_of_a_live_page_changes_nothing_until_it_is_published(stories: Market) -> None:
    page = house.story("Au four", [house.piece(stories.bowl)])
    page.body = [house.piece(stories.mug)]
    revision = page.save_revision()
    assert named(page) == [stories.bowl.pk]
    revision.publish()
    assert named(page) == [stories.mug.pk]


def test_the_listing_s_page_names_the_open_pages_that_show_it(stories: Market) -> None:
    page = house.story("Au four", [house.piece(stories.bowl)])
    house.collection("Bleus", [house.piece(stories.bowl, "Pour le bleu.")])
    text = Client().get(stories.bowl.get_absolute_url()).content.decode()
    assert "Vu dans" in text
    assert f'href="{page.url}">Au four</a>' in text
    assert ">Bleus</a>" in text
    assert "Vu dans" not in Client().get(stories.mug.get_absolute_url()).content.decode()


@pytest.mark.parametrize("hidden", ["draft", "restricted", "under a restricted page", "expired", "unpublished"])
def test_what_is_not_open_is_never_named(stories: Market, hidden: str) -> None:
    page = house.story("Canari", [house.piece(stories.bowl)], live=hidden != "draft")
    if hidden == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif hidden == "under a restricted page":
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    elif hidden == "expired":
        StoryPage.objects.filter(pk=page.pk).update(expire_at=clock.now() - timedelta(minutes=1))
    elif hidden == "unpublished":
        page.unpublish()
    assert seen_in(stories.bowl.pk) == []
    assert "Canari" not in Client().get(stories.bowl.get_absolute_url()).content.decode()


def test_a_story_in_two_languages_is_named_once(stories: Market) -> None:
    page = house.story("Au four", [house.piece(stories.bowl)])
    english, _made = Locale.objects.get_or_create(language_code="en")
    house.story("By the kiln", [house.piece(stories.bowl)], locale=english, translation_key=page.translation_key)
    cache.clear()
    assert [found.title for found in seen_in(stories.bowl.pk)] == ["Au four"]
    with translation.override("en"):
        assert [found.title for found in seen_in(stories.bowl.pk)] == ["By the kiln"]


def test_seen_in_is_one_query_however_many_pages(stories: Market) -> None:
    for number in range(12):
        house.story(f"Histoire {number}", [house.piece(stories.bowl)])
    seen_in(stories.bowl.pk)
    with CaptureQueriesContext(connection) as seen:
        assert len(seen_in(stories.bowl.pk)) == 6
    assert len(seen) == 1


def test_a_listing_s_page_stays_within_its_budget(stories: Market) -> None:
    address = stories.bowl.get_absolute_url()
    house.story("Au four", [house.piece(stories.bowl)])
    for number in range(10):
        make.listing(stories.ocre, f"Pièce {number}", slug=f"piece-{number}")
    Client().get(address)
    with CaptureQueriesContext(connection) as seen:
        assert Client().get(address).status_code == 200
    assert len(seen) <= 12
