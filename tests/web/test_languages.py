"""Addresses by language: French bare, English under /en/; hreflang tells the truth; what is not translated is read in French."""

import re
from typing import Any

import pytest
from django.test import Client
from lapinblanc.demo.reference import create_reference
from wagtail.models import Locale, Page, Site

from editorial.models import HomePage, StoryIndexPage, StoryPage
from shop.catalogue.freezing import freeze_listings
from tests.factories import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(market: Market) -> HomePage:
    """Two stories in French, the first of them translated."""
    create_reference()
    home: Any = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil"))
    Site.objects.filter(is_default_site=True).update(root_page=home, hostname="testserver", port=80)
    index = home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))
    for title, slug in (("Au four", "au-four"), ("Au jardin", "au-jardin")):
        index.add_child(instance=StoryPage(title=title, slug=slug, intro="Un matin."))
    return home


@pytest.fixture
def english(home: HomePage) -> HomePage:
    locale = Locale.objects.get(language_code="en")
    for slug, title, new in (("accueil", "Home", "home-en"), ("histoires", "Stories", "stories"), ("au-four", "At the kiln", "at-the-kiln")):
        page = Page.objects.get(slug=slug).specific.copy_for_translation(locale)
        page.title, page.slug = title, new
        page.save_revision().publish()
    return home


def links(text: str) -> dict[str, str]:
    return dict(re.findall(r'hreflang="([\w-]+)" href="http://127\.0\.0\.1:8000([^"]*)"', text))


def test_each_public_address_stands_in_both_languages(market: Market) -> None:
    address = market.bowl.get_absolute_url()
    french, english = (Client().get(prefix + address).content.decode() for prefix in ("", "/en"))
    assert '<html lang="fr">' in french
    assert '<html lang="en">' in english
    assert links(french) == links(english) == {"fr": address, "x-default": address, "en": f"/en{address}"}
    assert 'href="/en/boutiques/ocre/"' in english
    assert "/en/" not in re.sub(r"<link[^>]*>|<a[^>]*hreflang[^>]*>", "", french)


def test_the_browsers_language_does_not_change_an_address(market: Market) -> None:
    assert '<html lang="fr">' in Client(headers={"accept-language": "en"}).get("/panier/").content.decode()


def test_cards_frozen_in_english_keep_french_addresses(market: Market, settings: Any) -> None:
    from django.utils import translation

    with translation.override("en"):
        freeze_listings([market.bowl.pk])
    market.bowl.refresh_from_db()
    assert market.bowl.card["url"].startswith("/creations/")


def test_a_translated_story_has_its_own_address_and_both_name_each_other(english: HomePage) -> None:
    text = Client().get("/en/stories/at-the-kiln/").content.decode()
    assert "At the kiln" in text
    assert "lang=\"fr\"" not in text.split("<main")[1].split("<footer")[0]
    for seen in (text, Client().get("/histoires/au-four/").content.decode()):
        assert links(seen) == {"fr": "/histoires/au-four/", "x-default": "/histoires/au-four/", "en": "/en/stories/at-the-kiln/"}


def test_an_untranslated_story_is_read_in_french_under_english_navigation(english: HomePage) -> None:
    text = Client().get("/en/histoires/au-jardin/").content.decode()
    assert '<html lang="en">' in text
    assert re.search(r'<main[^>]* lang="fr"', text)
    assert "not translated yet" in text
    assert "en" not in links(text)
    assert 'rel="canonical" href="http://127.0.0.1:8000/histoires/au-jardin/"' in text
    assert 'href="/histoires/au-jardin/"' in text.split("<footer")[1]


def test_lists_show_each_story_once_in_the_best_language(english: HomePage) -> None:
    text = Client().get("/en/stories/").content.decode().split("<main")[1]
    assert sorted(re.findall(r'story-card__title"><a href="([^"]+)"', text)) == ["/en/histoires/au-jardin/", "/en/stories/at-the-kiln/"]
    french = Client().get("/histoires/").content.decode().split("<main")[1]
    assert sorted(re.findall(r'story-card__title"><a href="([^"]+)"', french)) == ["/histoires/au-four/", "/histoires/au-jardin/"]


def test_a_draft_translation_is_not_shown_nor_named(english: HomePage) -> None:
    draft: Any = Page.objects.get(slug="at-the-kiln")
    draft.unpublish()
    assert Client().get("/en/stories/at-the-kiln/").status_code == 404
    assert "en" not in links(Client().get("/histoires/au-four/").content.decode())
    assert "/en/histoires/au-four/" in Client().get("/en/stories/").content.decode()


def test_without_an_english_home_the_french_one_answers(home: HomePage) -> None:
    answer = Client().get("/en/")
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.content.decode()
    assert Client().get("/en/rien-ici/").status_code == 404


def test_the_sitemap_names_both_languages(home: HomePage, market: Market) -> None:
    address = market.bowl.get_absolute_url()
    text = Client().get("/sitemap-creations.xml").content.decode()
    assert text.count(f"{address}</loc>") == 2
    assert 'hreflang="x-default"' in text


def test_reading_the_magazine_sets_no_cookie(home: HomePage) -> None:
    for address in ("/", "/histoires/", "/histoires/au-four/"):
        answer = Client().get(address)
        assert answer.status_code == 200
        assert (address, dict(answer.cookies)) == (address, {})
