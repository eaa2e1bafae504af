"""The search shows what the database says: what leaves the public leaves every result, suggestion, count and feed at once."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from lapinblanc import clock
from lapinblanc.search import counting, indexing
from lapinblanc.search.analysis.question import Understood
from lapinblanc.search.engine import SearchQuery
from lapinblanc.search.engines import choice
from lapinblanc.search.engines.postgres.vocabulary import Vocabulary
from lapinblanc.search.models import ActiveIndex, QueuedChange

from shop.catalogue.editing import move_listing
from shop.catalogue.models import Product
from shop.partner.models import StockRecord
from shop.vendors.models import Vendor
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
CANARY = "zibelinette"
PLACES = (
    f"/recherche/?q={CANARY}", f"/recherche/?q={CANARY[:-1]}a", "/recherche/", "/recherche/?tri=nouveautes", f"/recherche/suggestions/?q={CANARY[:4]}",
    f"/recherche/suggestions/?q={CANARY}", "/rayons/creations/", "/rayons/creations/?matiere=grès", "/", "/boutiques/ocre/", "/boutiques/", "/sitemap-creations.xml",
)


def indexed_keys() -> set[tuple[str, int]]:
    """Straight from the engine, without the reading of cards that would hide its faults."""
    found = choice.make("postgres").search(SearchQuery(Understood("", ()), limit=100))
    return {(hit.kind, hit.key) for hit in found.hits}


def leaks(places: tuple[str, ...] = PLACES) -> list[str]:
    """Addresses where the canary can be seen; the question itself, echoed, doesn't count."""
    client, found = Client(), []
    for place in places:
        answer = client.get(place)
        asked = re.escape(place.partition("q=")[2])
        text = answer.content.decode().lower()
        if asked:
            text = re.sub(rf'value="{asked}"|«\s*{asked}\s*»|<title>{asked}|q(=|%3d){asked}|data-results="{asked}"', "", text)
        if answer.status_code == 200 and CANARY in text:
            found.append(place)
    return found


@pytest.fixture
def canary(market: Market) -> Product:
    """A listing on sale with a word, a material and a colour of its own; another one keeps the pages from being empty."""
    made = make.listing(market.ocre, f"Vase {CANARY}", slug=f"vase-{CANARY}", materials=[CANARY], description=f"Une {CANARY} unique.", stock=1)
    make.indexed()
    return made


def pause(listing: Product) -> None:
    move_listing(product=listing, state="paused")


def remove(listing: Product) -> None:
    move_listing(product=listing, state="removed")


def back_to_draft(listing: Product) -> None:
    Product.objects.filter(pk=listing.pk).update(state="draft")


def sell_out(listing: Product) -> None:
    StockRecord.objects.filter(product=listing).update(num_in_stock=0)


def reserve_the_last(listing: Product) -> None:
    StockRecord.objects.get(product=listing).allocate(1)


def suspend_the_boutique(listing: Product) -> None:
    Vendor.objects.filter(pk=listing.vendor_id).update(state="suspended")


def delete(listing: Product) -> None:
    listing.delete()


# What is sold out keeps its address and its place on its boutique's shelf.
SOLD = (sell_out, reserve_the_last)
SEARCHED = tuple(place for place in PLACES if "recherche" in place or "rayons" in place)
WAYS_OUT = [pause, remove, back_to_draft, sell_out, reserve_the_last, suspend_the_boutique, delete]


def test_a_word_on_sale_is_found_everywhere(canary: Product) -> None:
    """The control: the same look finds what is public."""
    assert {f"/recherche/?q={CANARY}", f"/recherche/suggestions/?q={CANARY[:4]}", "/rayons/creations/", "/recherche/"} <= set(leaks())


@pytest.mark.parametrize("leave", WAYS_OUT, ids=lambda way: way.__name__)
def test_what_leaves_the_public_leaves_the_index_in_the_same_transaction(canary: Product, leave: Callable[[Product], None]) -> None:
    key = ("listing", canary.pk)
    assert key in indexed_keys()
    leave(canary)
    assert key not in indexed_keys()
    assert leaks(SEARCHED) == []


@pytest.mark.parametrize("leave", WAYS_OUT, ids=lambda way: way.__name__)
def test_after_the_job_no_page_holds_a_word_of_it(canary: Product, leave: Callable[[Product], None]) -> None:
    leave(canary)
    make.indexed()
    assert leaks(SEARCHED if leave in SOLD else PLACES) == []
    assert Vocabulary(choice.INDEX).completions(CANARY[:4]) == []
    assert Vocabulary(choice.INDEX).near(CANARY[:-1] + "a") == []


def test_a_draft_never_enters(market: Market) -> None:
    make.listing(market.ocre, f"Vase {CANARY}", slug="brouillon", state="draft", published_at=None, materials=[CANARY])
    make.indexed()
    indexing.rebuild("postgres")
    assert leaks() == []


def test_what_comes_back_is_found_again(canary: Product) -> None:
    pause(canary)
    make.indexed()
    Product.objects.filter(pk=canary.pk).update(state="published")
    make.indexed()
    assert ("listing", canary.pk) in indexed_keys()


def test_a_rolled_back_change_is_no_change(canary: Product) -> None:
    make.indexed()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        pause(canary)
        raise ZeroDivisionError
    assert ("listing", canary.pk) in indexed_keys()
    assert QueuedChange.objects.count() == 0


def test_bulk_updates_and_raw_sql_are_followed_too(canary: Product) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_product SET title = 'Vase rebaptisé' WHERE id = %s", [canary.pk])
    make.indexed()
    assert "rebaptis" in Client().get("/recherche/?q=rebaptisé").content.decode()


def test_nothing_changed_is_nothing_to_do(canary: Product) -> None:
    Product.objects.filter(pk=canary.pk).update(title=canary.title)
    assert QueuedChange.objects.count() == 0


def test_the_job_may_run_twice(canary: Product) -> None:
    Product.objects.filter(pk=canary.pk).update(title="Vase deux fois")
    assert make.indexed() > 0
    before = indexed_keys()
    assert make.indexed() == 0
    assert indexed_keys() == before


def test_counts_of_words_follow(canary: Product, market: Market) -> None:
    words = Vocabulary(choice.INDEX)
    (stem,) = [stem for _written, stem, _documents in words.completions(CANARY)]
    assert words.documents([stem]) == {stem: 1}
    make.listing(market.ocre, f"Bol {CANARY}", slug="second")
    make.indexed()
    assert words.documents([stem]) == {stem: 2}
    delete(canary)
    make.indexed()
    assert words.documents([stem]) == {stem: 1}


def test_a_page_unpublished_or_closed_leaves_at_once(market: Market) -> None:
    from wagtail.models import Page, PageViewRestriction

    from editorial.models import HomePage, StoryIndexPage, StoryPage

    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil-essai"))
    stories = home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires-essai"))
    story = stories.add_child(instance=StoryPage(title=f"La {CANARY}", slug="story", intro=f"Une {CANARY}.", body=[]))
    make.indexed()
    assert ("story", story.pk) in indexed_keys()
    restriction = PageViewRestriction.objects.create(page=stories, restriction_type="login")
    assert ("story", story.pk) not in indexed_keys()
    restriction.delete()
    make.indexed()
    assert ("story", story.pk) in indexed_keys()
    story.unpublish()
    assert ("story", story.pk) not in indexed_keys()
    make.indexed()
    assert leaks() == []


def test_a_draft_change_of_a_live_story_stays_a_draft(market: Market) -> None:
    from wagtail.models import Page

    from editorial.models import HomePage, StoryIndexPage, StoryPage

    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil-essai"))
    stories = home.add_child(instance=StoryIndexPage(title="Histoires", slug="histoires-essai"))
    story = stories.add_child(instance=StoryPage(title="Une matinée", slug="story", intro="Au four.", body=[]))
    story.title = f"La {CANARY}"
    story.save_revision()
    make.indexed()
    assert leaks() == []


@pytest.fixture
def texts(market: Market) -> dict[str, Any]:
    """A page of each kind that is read, with the canary in its title, introduction and text."""
    from wagtail.models import Page

    from editorial.models import GuideIndexPage, GuidePage, HomePage, LegalPage, NewsIndexPage, NewsPage, StandardPage

    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Accueil", slug="accueil-essai"))
    words: dict[str, Any] = {"title": f"La {CANARY}", "intro": f"Une {CANARY}."}
    guides = home.add_child(instance=GuideIndexPage(title="Guides", slug="guides-essai"))
    news = home.add_child(instance=NewsIndexPage(title="Actualités", slug="news-essai"))
    made = {
        "guide": guides.add_child(instance=GuidePage(slug="guide", in_short=f"<p>{CANARY}</p>", body=[("text", f"<p>{CANARY}</p>")], **words)),
        "news": news.add_child(instance=NewsPage(slug="nouvelle", body=[], **words)),
        "standard": home.add_child(instance=StandardPage(slug="qui", text=f"<p>{CANARY}</p>", **words)),
        "legal": home.add_child(instance=LegalPage(slug="loi", text="<p>Ici.</p>", version="1", in_force="2026-01-01", **words)),
    }
    make.indexed()
    return made


def found_pages(pages: dict[str, Any]) -> set[str]:
    keys = {key for _kind, key in indexed_keys()}
    return {name for name, page in pages.items() if page.pk in keys}


def test_guides_news_and_texts_are_found_under_their_kinds(texts: dict[str, Any]) -> None:
    """The control of the tests below."""
    assert {kind for kind, key in indexed_keys() if key in {page.pk for page in texts.values()} and kind not in ("listing", "vendor")} == {"guide", "news", "page"}
    assert found_pages(texts) == set(texts)
    tabs = [tab.label for tab in Client().get(f"/recherche/?q={CANARY}").context["page"].tabs]
    assert tabs == ["Tout", "Guides", "Actualités", "Aide et textes légaux"]


def test_texts_that_leave_the_public_leave_the_search(texts: dict[str, Any]) -> None:
    from wagtail.models import PageViewRestriction

    texts["guide"].unpublish()
    PageViewRestriction.objects.create(page=texts["legal"], restriction_type="login")
    texts["news"].audience = "members"
    texts["news"].save()
    assert found_pages(texts) == {"standard"}
    make.indexed()
    indexing.rebuild("postgres")
    assert found_pages(texts) == {"standard"}


def test_what_is_over_is_not_shown_even_before_the_job_comes(texts: dict[str, Any]) -> None:
    from wagtail.models import Page

    Page.objects.filter(pk__in=[page.pk for page in texts.values()]).update(expire_at=clock.now() - timedelta(minutes=1))
    page = Client().get(f"/recherche/?q={CANARY}").context["page"]
    assert (page.rows, page.near) == ((), ())
    make.indexed()
    assert found_pages(texts) == set()


def test_a_draft_guide_never_enters(texts: dict[str, Any]) -> None:
    from editorial.models import GuidePage

    draft = texts["guide"].get_parent().add_child(instance=GuidePage(title=f"Deux {CANARY}", slug="deux", intro="Non.", body=[], live=False))
    make.indexed()
    indexing.rebuild("postgres")
    assert draft.pk not in {key for _kind, key in indexed_keys()}


def test_searches_are_counted_without_the_person(market: Market, client: Client) -> None:
    make.indexed()
    for text in ("bol ocre", "Bol  Ocre", "claire.martin@example.org", "06 12 34 56 78", "https://exemple.fr/x"):
        client.get("/recherche/", {"q": text})
    counting.write()
    from lapinblanc.search.models import SearchCount

    rows: list[Any] = list(SearchCount.objects.values("text", "searches"))
    assert rows == [{"text": "bol ocre", "searches": 2}]
    assert {field.name for field in SearchCount._meta.fields} == {"id", "day", "text", "searches", "results", "clicks"}


def test_a_click_is_a_number(market: Market, client: Client) -> None:
    client.post("/recherche/choix/", {"q": "bol", "kind": "listing", "key": market.bowl.pk, "place": "3"})
    client.post("/recherche/choix/", {"q": "bol", "kind": "intruder", "key": "1", "place": "3"})
    counting.write()
    from lapinblanc.search.models import ClickCount

    assert list(ClickCount.objects.values_list("text", "kind", "key", "place", "clicks")) == [("bol", "listing", market.bowl.pk, 3, 1)]


def test_a_failed_engine_is_noted_and_its_changes_wait(canary: Product, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    ActiveIndex.objects.create(name="elasticsearch")
    Product.objects.filter(pk=canary.pk).update(title="Vase attendu")
    make.indexed()
    assert QueuedChange.objects.filter(index="elasticsearch", source="listing", key=canary.pk).exists()
    assert ActiveIndex.objects.get(name="elasticsearch").problem
    assert QueuedChange.objects.filter(index="postgres").count() == 0
