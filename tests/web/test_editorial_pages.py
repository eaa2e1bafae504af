"""Pages of the editorial house as a reader and a machine see them: addresses by language, bounded queries, what each kind shows."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, Page, Site

from editorial.models import HomePage, LegalPage, NewsIndexPage, StoryIndexPage
from editorial.navigation import footer_pages, index_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Any:
    page = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil"))
    Site.objects.filter(is_default_site=True).update(root_page=page, hostname="testserver", port=80)
    return page


def test_the_frame_leads_to_index_pages_wherever_they_stand(home: Any) -> None:
    stories = home.add_child(instance=StoryIndexPage(title="Portraits", slug="portraits"))
    page = Client().get("/").content.decode()
    assert 'href="/portraits/"' in page.split("<main")[0]
    assert index_url("news") == ""
    stories.unpublish()
    cache.clear()
    assert "/portraits/" not in Client().get("/").content.decode()


def test_index_pages_follow_the_language_and_fall_back(home: Any, settings: Any) -> None:
    settings.WAGTAIL_I18N_ENABLED = True
    english = Locale.objects.get_or_create(language_code="en")[0]
    stories = home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))
    home.add_child(instance=NewsIndexPage(title="Actualités", slug="actualites"))
    home.add_child(instance=LegalPage(title="Mentions", slug="mentions", footer="legal", text="<p>Ici.</p>", version="1", in_force="2026-01-01"))
    translated = stories.copy_for_translation(english, copy_parents=True)
    translated.slug, translated.title = "stories", "Stories"
    translated.save_revision().publish()
    Page.objects.filter(pk=translated.get_parent().pk).update(live=True)
    found = {}
    for language in ("fr", "en"):
        with translation.override(language):
            found[language] = [StoryIndexPage.objects.get(slug=slug).pk for slug in ("histoires", "stories") if index_url("story").endswith(f"/{slug}/")]
            assert index_url("news").endswith("/actualites/")
            assert [title for title, _url in footer_pages("legal")] == ["Mentions"]
    assert found == {"fr": [stories.pk], "en": [translated.pk]}
