"""Pages of the editorial house as a reader and a machine see them: addresses by language, bounded queries, what each kind shows."""

import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lapinblanc import clock
from lapinblanc.demo.reference import create_reference
from PIL import Image
from wagtail.models import Locale, Page, PageViewRestriction, Site

from editorial.campaigns.models import CampaignPage
from editorial.checks import HouseChecker, remarks_on
from editorial.images.models import Picture
from editorial.models import (
    CollectionIndexPage,
    CollectionPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    LegalPage,
    NewsIndexPage,
    NewsPage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)
from editorial.navigation import footer_pages, index_url
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
MOST = 15
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = ("/", "/histoires/", "/histoires/four/", "/collections/", "/collections/bleus/", "/guides/", "/guides/laine/", "/cooperative/", "/cooperative/vote/", "/qui/", "/loi/")


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


@pytest.fixture
def house(home: Any, market: Market) -> Any:
    """One page of each kind; a picture without words."""
    create_reference()
    drawn = BytesIO()
    Image.new("RGB", (1300, 800), "#a63d2f").save(drawn, "PNG")
    picture = Picture.objects.create(title="four_01", file=ImageFile(drawn, name="four_01.png"))
    body = [
        ("text", "<h2>La cuisson</h2><p>Le four.</p><h2>La terre</h2><p>Grès.</p>"),
        ("listing", {"listing": market.bowl, "note": "Le plus simple."}),
        ("rail", {"title": "Ses pièces", "intro": "", "listings": [market.bowl, market.mug], "category": "", "vendor": None}),
    ]
    words: dict[str, Any] = {"intro": "Un matin.", "body": body, "date": clock.today()}
    stories = home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires"))
    story = stories.add_child(instance=StoryPage(title="Au four", slug="four", author="Jeanne Hubert", vendor=market.ocre, picture=picture, **words))
    home.hero = story
    home.body = body[2:]
    home.save_revision().publish()
    home.add_child(instance=CollectionIndexPage(title="Collections", slug="collections")).add_child(instance=CollectionPage(title="Bleus", slug="bleus", **words))
    home.add_child(instance=GuideIndexPage(title="Guides", slug="guides")).add_child(
        instance=GuidePage(title="Choisir la laine", slug="laine", in_short="<p>Touchez-la.</p>", **words)
    )
    home.add_child(instance=NewsIndexPage(title="La coopérative", slug="cooperative")).add_child(instance=NewsPage(title="On vote", slug="vote", **words))
    home.add_child(instance=StandardPage(title="Qui nous sommes", slug="qui", footer="cooperative", text="<h2>Nous</h2><p>Ici.</p>"))
    home.add_child(instance=LegalPage(title="La loi", slug="loi", footer="legal", version="3", in_force="2026-02-02", text="<h2>Objet</h2><p>a</p><h2>Prix &amp; port</h2><p>b</p>"))
    cache.clear()
    return home


def text_of(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def facts_of(address: str) -> dict[str, Any]:
    """The JSON-LD of a page by type."""
    (found,) = re.findall(r'ld\+json">(.*?)</script>', text_of(address))
    whole = json.loads(found)
    assert whole["@context"] == "https://schema.org"
    return {facts["@type"]: facts for facts in whole["@graph"]}


def queries(address: str) -> int:
    Client().get(address)
    with CaptureQueriesContext(connection) as seen:
        text_of(address)
    return len(seen)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_kind_costs_the_same_however_many_there_are(house: Any, market: Market, address: str) -> None:
    few = queries(address)
    for number in range(30):
        StoryPage.objects.get(slug="four").get_parent().add_child(instance=StoryPage(title=f"H {number}", slug=f"h{number}", intro="x", body=[]))
        NewsPage.objects.get(slug="vote").get_parent().add_child(instance=NewsPage(title=f"N {number}", slug=f"n{number}", intro="x", body=[]))
        GuidePage.objects.get(slug="laine").get_parent().add_child(instance=GuidePage(title=f"G {number}", slug=f"g{number}", intro="x", body=[]))
    cache.clear()
    assert few <= MOST
    assert queries(address) <= few + 1


def test_a_story_tells_machines_who_wrote_it_when_and_about_whom(house: Any) -> None:
    facts = facts_of("/histoires/four/")
    article = facts["Article"]
    assert (article["headline"], article["author"], article["datePublished"]) == ("Au four", {"@type": "Person", "name": "Jeanne Hubert"}, clock.today().isoformat())
    assert article["image"][0].startswith(f"{settings.BASE_URL}/media/")
    assert article["about"]["url"] == f"{settings.BASE_URL}/boutiques/ocre/"
    assert [step["name"] for step in facts["BreadcrumbList"]["itemListElement"]] == ["Accueil", "Histoires", "Au four"]
    assert facts["BreadcrumbList"]["itemListElement"][-1]["item"] == article["url"] == f"{settings.BASE_URL}/histoires/four/"


def test_each_kind_is_what_it_is_to_machines(house: Any) -> None:
    assert facts_of("/").keys() == {"Organization", "WebSite"}
    assert facts_of("/guides/laine/")["Article"]["author"]["name"] == "Lapin Blanc"
    assert "NewsArticle" in facts_of("/cooperative/vote/")
    assert facts_of("/loi/")["WebPage"]["name"] == "La loi"
    listed = facts_of("/collections/bleus/")["CollectionPage"]["mainEntity"]
    assert (listed["numberOfItems"], listed["itemListElement"][0]["item"]["name"]) == (1, "Bol ocre")
    assert facts_of("/histoires/")["CollectionPage"]["mainEntity"]["itemListElement"][0]["item"]["url"] == f"{settings.BASE_URL}/histoires/four/"


def test_a_title_cannot_leave_the_machines_facts(house: Any) -> None:
    StoryPage.objects.filter(slug="four").update(title="</script><script>alert(1)</script>")
    assert "<script>alert" not in text_of("/histoires/four/")
    assert facts_of("/histoires/four/")["Article"]["headline"] == "</script><script>alert(1)</script>"


def test_shared_links_have_a_title_a_sentence_and_a_picture(house: Any) -> None:
    StoryPage.objects.filter(slug="four").update(search_description="Ce qui sort du four.", seo_title="Le four de Maëlle")
    page = text_of("/histoires/four/")
    told = dict(re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)"', page))
    assert (told["og:type"], told["og:title"], told["og:description"], told["og:locale"]) == ("article", "Au four", "Ce qui sort du four.", "fr_FR")
    assert told["og:url"] == re.search(r'rel="canonical" href="([^"]+)"', page).group(1) == f"{settings.BASE_URL}/histoires/four/"
    assert told["og:image"].startswith(settings.BASE_URL)
    assert "<title>Le four de Maëlle · Lapin Blanc</title>" in page


def test_each_page_of_a_list_stands_for_itself(house: Any) -> None:
    for number in range(14):
        StoryPage.objects.get(slug="four").get_parent().add_child(instance=StoryPage(title=f"H {number}", slug=f"h{number}", intro="x", body=[]))
    assert f'rel="canonical" href="{settings.BASE_URL}/histoires/?page=2"' in text_of("/histoires/?page=2")
    assert f'rel="canonical" href="{settings.BASE_URL}/histoires/"' in text_of("/histoires/?page=1&x=%22")


def test_each_kind_shows_its_own(house: Any, market: Market) -> None:
    story, guide, news, legal = (text_of(address).split("<main")[1] for address in ("/histoires/four/", "/guides/laine/", "/cooperative/vote/", "/loi/"))
    assert "Jeanne Hubert" in story
    assert 'href="/boutiques/ocre/"' in story
    assert f'data-copy="{settings.BASE_URL}/histoires/four/"' in story
    assert "Touchez-la." in guide
    assert re.findall(r'<a href="#(p-[^"]+)"', guide) == ["p-la-cuisson", "p-la-terre"]
    assert '<h2 id="p-la-cuisson"' in guide
    assert "story--news" in news
    assert ">3</dd>" in legal
    assert "2 février 2026" in legal
    assert '<a href="#p-prix-port">Prix &amp; port</a>' in legal
    assert "Version" not in text_of("/qui/").split("<main")[1].split("</main")[0]


def entries(address: str) -> list[str]:
    """The titles of a feed, which must be Atom with absolute addresses."""
    root = ElementTree.fromstring(text_of(address))
    assert root.tag == f"{ATOM}feed"
    found = root.findall(f"{ATOM}entry")
    for entry in found:
        assert {child.tag.removeprefix(ATOM) for child in entry} >= {"title", "id", "link", "updated", "published", "summary", "author"}
        assert entry.find(f"{ATOM}link").get("href").startswith(f"{settings.BASE_URL}/")
    assert all(link.get("href").startswith("http") for link in root.findall(f"{ATOM}link"))
    return [entry.findtext(f"{ATOM}title") or "" for entry in found]


def test_feeds_hold_what_is_open_to_everybody(house: Any) -> None:
    assert entries("/flux/histoires/") == ["Au four"]
    assert entries("/flux/actualites/") == ["On vote"]
    assert entries("/flux/collections/") == ["Bleus"]
    assert sorted(entries("/flux/")) == ["Au four", "Bleus", "Choisir la laine", "On vote"]
    assert 'type="application/atom+xml"' in text_of("/histoires/")


def test_feeds_hold_no_draft_nothing_over_and_nothing_reserved(house: Any) -> None:
    story, news = StoryPage.objects.get(slug="four"), NewsPage.objects.get(slug="vote")
    story.get_parent().add_child(instance=StoryPage(title="Brouillon", slug="brouillon", intro="x", body=[], live=False))
    story.get_parent().add_child(instance=StoryPage(title="Finie", slug="finie", intro="x", body=[], expire_at=clock.now() - timedelta(minutes=1)))
    closed = story.get_parent().add_child(instance=StoryPage(title="Fermée", slug="fermee", intro="x", body=[]))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    news.audience = "members"
    news.save()
    assert entries("/flux/actualites/") == []
    assert set(entries("/flux/")) == {"Au four", "Bleus", "Choisir la laine"}


def test_who_has_the_newest_feed_is_told_so(house: Any) -> None:
    first = Client().get("/flux/histoires/")
    again = Client().get("/flux/histoires/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    StoryPage.objects.get(slug="four").unpublish()
    assert Client().get("/flux/histoires/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_feed_costs_the_same_however_long(house: Any) -> None:
    few = queries("/flux/")
    for number in range(40):
        StoryPage.objects.get(slug="four").get_parent().add_child(instance=StoryPage(title=f"H {number}", slug=f"h{number}", intro="x", body=[]))
    assert len(entries("/flux/histoires/")) == 30
    assert queries("/flux/") <= few <= 24


def test_a_campaign_stands_on_the_home_page_while_it_lasts(house: Any) -> None:
    now = clock.now()
    campaign = house.add_child(
        instance=CampaignPage(title="Noël au four", slug="noel", intro="Dix jours.", body=[], starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    )
    few = queries("/")
    assert few <= MOST
    assert "Noël au four" in text_of("/")
    event = facts_of("/noel/")["Event"]
    assert (event["startDate"], event["endDate"]) == (campaign.starts_at.isoformat(), campaign.ends_at.isoformat())
    make.indexed()
    assert 'href="/noel/"' in text_of("/recherche/?q=four")
    CampaignPage.objects.update(ends_at=now - timedelta(minutes=1))
    assert "Noël au four" not in text_of("/")


def test_the_home_page_asks_for_a_postcode_and_shows_news(house: Any) -> None:
    page = text_of("/").split("<main")[1]
    assert 'name="cp"' in page
    assert 'href="/cooperative/vote/"' in page


def preview(page: Any, mode: str = "") -> Any:
    request = RequestFactory(SERVER_NAME="testserver").get("/")
    request.user = make.person("editor", is_superuser=True, is_staff=True)
    return page.specific.make_preview_request(original_request=request, preview_mode=mode)


def test_a_preview_may_stand_in_the_editors_frame_and_a_page_may_not(house: Any) -> None:
    assert "frame-ancestors 'self'" in preview(StoryPage.objects.get(slug="four"))["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in Client().get("/histoires/four/")["Content-Security-Policy"]


@pytest.mark.parametrize(("mode", "shown", "hidden"), [("", "Le four.", "Vendu"), ("card", "story-card", "Le four."), ("sold-out", "Vendu", "story--news")])
def test_a_story_is_previewed_as_a_page_as_a_card_and_when_all_is_sold(house: Any, mode: str, shown: str, hidden: str) -> None:
    main = preview(StoryPage.objects.get(slug="four"), mode).content.decode().split("<main")[1]
    assert shown in main
    assert hidden not in main


def test_editors_are_told_what_only_the_server_knows(house: Any) -> None:
    story = StoryPage.objects.get(slug="four")
    (stem,) = [content for name, content in remarks_on(story) if name == "lb:alt"]
    assert stem.startswith("four_01")
    assert ("lb:description", "missing") in remarks_on(story)
    assert f'content="{stem}"' in preview(story).content.decode()
    assert "lb:alt" not in text_of("/histoires/four/")
    Picture.objects.update(alt="Un four ouvert")
    StoryPage.objects.update(search_description="Ce qui sort du four.")
    assert remarks_on(StoryPage.objects.get(slug="four")) == ()


def test_every_rule_of_ours_has_words_and_a_check() -> None:
    ours = {rule["id"]: rule["any"] for rule in HouseChecker.axe_custom_rules if rule["id"].startswith("lb-")}
    script = (settings.ROOT / "editorial" / "static" / "editorial" / "checks.js").read_text(encoding="utf-8")
    assert len(ours) == 5
    assert all(name in HouseChecker.axe_messages and name in HouseChecker.axe_run_only and f'"{name}"' in script for name in ours)
    assert "empty-meta-description" not in HouseChecker.axe_run_only


def test_the_list_of_stories_counts_what_is_gone_at_the_same_cost(house: Any, market: Market, client: Client) -> None:
    from shop.partner.models import StockRecord

    StoryPage.objects.get(slug="four").save()
    client.force_login(make.person("editor", is_superuser=True, is_staff=True))

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/cms/histoires/").status_code == 200
        return len(seen)

    def counted() -> tuple[str, int, int]:
        (row,) = [page for page in client.get("/cms/histoires/").context["pages"] if page.slug == "four"]
        return row.boutique_name, row.pieces, row.gone

    assert counted() == ("Ocre", 2, 0)
    StockRecord.objects.filter(product=market.mug).update(num_in_stock=0)
    make.indexed()
    assert counted() == ("Ocre", 2, 1)
    few = cost()
    for number in range(20):
        StoryPage.objects.get(slug="four").get_parent().add_child(instance=StoryPage(title=f"H {number}", slug=f"h{number}", intro="x", body=[]))
    assert cost() <= few + 1
