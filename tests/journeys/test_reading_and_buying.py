"""A reader on a telephone: the campaign's banner, its page, its collection narrowed, a story, a card in it, the basket; then the same without JavaScript."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from lapinblanc import clock
from oscar.core.loading import get_model
from playwright.sync_api import Browser, Page

from editorial.campaigns.models import CampaignPage
from editorial.models import HomePage
from shop.baskets.contents import page_of
from tests.journeys.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.race]


@pytest.fixture
def campaign(served: Site) -> CampaignPage:
    """The season's campaign, in progress today."""
    page = CampaignPage.objects.live().exclude(banner_text="").exclude(collection=None).get(locale__language_code="fr")
    now = clock.now()
    CampaignPage.objects.filter(pk=page.pk).update(starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=5))
    cache.clear()
    return page


class Reader(Visitor):
    """Follows links one after the other, each page looked at."""

    scripted = True

    def look(self) -> None:
        if self.scripted:
            super().look()

    def follow(self, selector: str) -> None:
        before = self.page.url
        self.page.locator(selector).first.click()
        self.page.wait_for_url(lambda address: address != before)
        self.look()


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
def test_from_the_banner_to_the_basket(browser_of_the_machine: Browser, served: Site, campaign: CampaignPage, scripted: bool) -> None:
    context = browser_of_the_machine.new_context(
        viewport={"width": 390, "height": 900}, locale="fr-FR", reduced_motion="reduce", java_script_enabled=scripted
    )
    reader = Reader(context.new_page(), served.base, 390)
    reader.scripted = scripted
    reader.go("/")
    reader.follow(".banner__link")
    assert campaign.title in reader.page.inner_text("h1")
    reader.follow(f"section[aria-labelledby=creations] a[href='{campaign.collection.get_url()}']")
    narrows(reader)
    reader.follow("nav a[href='/']")
    story = HomePage.objects.get(locale__language_code="fr").hero
    reader.follow(".hero .button")
    assert story.title in reader.page.inner_text("h1")
    title = opens_a_plain_piece(reader, story.pk)
    assert story.title in reader.page.inner_text("section[aria-labelledby=vu-dans]")
    reader.follow("form[action='/panier/ajouter/'] button:has-text('Ajouter au panier')")
    assert reader.page.url.endswith("/panier/")
    assert title in reader.page.inner_text("main")
    line = get_model("basket", "Line").objects.latest("pk")
    assert (line.product.title, page_of(line)) == (title, story.pk)
    context.close()


def narrows(reader: Reader) -> None:
    """One filter leaves fewer pieces, and taking it off brings them all back."""
    page = reader.page
    whole = pieces(page)
    opened = page.locator(".facets__all")
    if opened.get_attribute("open") is None:
        page.click(".facets__all > summary")
    option = page.locator(".facets__options a:visible").first
    said = option.inner_text()
    reader.follow(".facets__options a:visible")
    assert 0 < pieces(page) < whole, said
    assert page.locator(".chip").count() == 1
    reader.follow(".chip")
    assert pieces(page) == whole


def pieces(page: Page) -> int:
    return page.locator("main .product-card").count()


def opens_a_plain_piece(reader: Reader, story: int) -> str:
    """The first piece of the story that asks for nothing, by the card's own address; returns its title."""
    page = reader.page
    links = list(dict.fromkeys(str(link.get_attribute("href")) for link in page.locator(f"main a[href*='lu={story}']").all()))
    assert links
    for link in links:
        reader.go(link)
        if page.locator("form[action='/panier/ajouter/']").count() and not page.locator("form[action='/panier/ajouter/'] [required]").count():
            assert f"lu={story}" in page.url
            return page.inner_text("h1")
    raise AssertionError("every piece of this story asks for something")
