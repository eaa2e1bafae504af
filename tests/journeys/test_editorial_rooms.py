"""Every public room of the editorial house on a telephone, by day and by night: no violation that axe finds, nothing wider than the screen."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from lapinblanc.accounts.models import User
from lapinblanc.demo.people import PASSWORD
from playwright.sync_api import Browser

from editorial.campaigns.models import CampaignIndexPage, CampaignPage
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
)
from shop.funding.models import Project
from tests.journeys.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.race]
KINDS = (
    NewsIndexPage, NewsPage, GuideIndexPage, GuidePage, LegalPage, StandardPage, CollectionIndexPage, CollectionPage, CampaignIndexPage, CampaignPage,
)
BOUTIQUE = "bonnet-blanc"


@pytest.fixture(params=["light", "dark"])
def reader(request: pytest.FixtureRequest, browser_of_the_machine: Browser, served: Site) -> Iterator[Visitor]:
    context = browser_of_the_machine.new_context(
        viewport={"width": 390, "height": 900}, locale="fr-FR", reduced_motion="reduce", color_scheme=request.param
    )
    yield Visitor(context.new_page(), served.base, 390)
    context.close()


def addresses_of_pages() -> list[str]:
    """One open page of each kind; of campaigns, all. The demo has no standard page."""
    if not StandardPage.objects.exists():
        home = HomePage.objects.get(locale__language_code="fr")
        home.add_child(instance=StandardPage(title="Qui nous sommes", slug="qui-nous-sommes", intro="Nos ateliers.", text="<h2>Quarante ateliers</h2><p>Et leurs voisins.</p>"))
    found = []
    for kind in KINDS:
        pages = kind.objects.live().public().filter(locale__language_code="fr")
        if hasattr(kind, "audience"):
            pages = pages.filter(audience="public")
        chosen = [page.get_url() for page in (pages if kind is CampaignPage else pages[:1])]
        assert chosen, kind
        found += chosen
    return found


def test_every_public_room_is_right_on_a_telephone(reader: Visitor) -> None:
    running = next(project for project in Project.objects.filter(state="open").order_by("pk") if project.takes_pledges)
    rooms = [reverse("funding:detail", args=[running.slug]), reverse("funding:pledge_page", args=[running.slug])]
    rooms += [reverse("newsletter:subscribe"), reverse("newsletter:asked"), reverse("vendors:near"), f"{reverse('vendors:near')}?cp=35000"]
    for address in [*addresses_of_pages(), *rooms]:
        reader.go(address)
        assert reader.page.locator("h1").count() == 1, address


def test_the_form_of_proposals_is_right_on_a_telephone(reader: Visitor) -> None:
    reader.go(reverse("account_login"))
    reader.page.fill("#id_login", User.objects.get(vendor_memberships__vendor__slug=BOUTIQUE, vendor_memberships__role="owner").email)
    reader.page.fill("#id_password", PASSWORD)
    reader.page.click("main button[type=submit]")
    reader.page.wait_for_url("**/compte/")
    for name in ("new", "mine"):
        reader.go(reverse(f"proposals:{name}"))
