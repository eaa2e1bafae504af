"""A portrait from its first click to its readers: the editor begins it, its creator approves by a link and writes in it, a second editor publishes."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from lapinblanc.accounts.models import User
from playwright.sync_api import Browser

from editorial.authorship.approvals import address_of
from editorial.authorship.models import Approval
from editorial.models import StoryPage
from shop.vendors.models import Vendor
from tests import factories as make
from tests.journeys.conftest import Site, Visitor
from tests.journeys.desk import CHIEF, EDITOR, MOST_CLICKS, Clicks, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.race]
BOUTIQUE = "bonnet-blanc"


def test_a_portrait_from_the_first_click_to_its_readers(browser_of_the_machine: Browser, served: Site) -> None:
    vendor = Vendor.objects.get(slug=BOUTIQUE)
    page = signed_in(browser_of_the_machine, served, EDITOR)
    page.goto(served.base + "/cms/")
    clicks = Clicks(page)
    clicks.on("a:has-text('Nouveau portrait')")
    clicks.on(f"button[name=vendor][value='{vendor.pk}']")
    page.wait_for_url("**/edit/")
    story = StoryPage.objects.filter(vendor=vendor).latest("pk")
    assert len(story.body[-1].value["listings"]) >= 3
    page.fill("#id_intro", "Trois pelotes, deux aiguilles et la neige d’Arudy.")
    clicks.on("button:has-text('Enregistrer le brouillon')")
    page.wait_for_load_state()
    page.goto(served.base + reverse("story_together", args=[story.pk]))
    clicks.made += 1  # the link in the panel that leads here
    clicks.on("button:has-text('Inviter la créatrice')")
    page.wait_for_load_state()
    clicks.on("button:has-text('Envoyer le brouillon')")
    page.wait_for_load_state()
    assert clicks.made <= MOST_CLICKS
    creator_approves(browser_of_the_machine, served, story)
    creator_writes(browser_of_the_machine, served, story, vendor)
    chief_publishes(browser_of_the_machine, served, story)
    readers_find_it(browser_of_the_machine, served, story)


def creator_approves(browser: Browser, site: Site, story: StoryPage) -> None:
    """No account, on a telephone; the page is looked at by axe."""
    approval = Approval.objects.get(page_id=story.pk)
    context = browser.new_context(viewport={"width": 390, "height": 900}, locale="fr-FR", reduced_motion="reduce")
    visitor = Visitor(context.new_page(), site.base, 390)
    visitor.go(address_of(approval))
    assert "la neige d’Arudy" in visitor.page.inner_text("main")
    visitor.page.check("input[value=approved]")
    visitor.page.click("button:has-text('Envoyer ma réponse')")
    visitor.page.wait_for_selector("text=vous avez approuvé ce texte")
    visitor.look()
    approval.refresh_from_db()
    assert approval.answer == "approved"


def creator_writes(browser: Browser, site: Site, story: StoryPage, vendor: Vendor) -> None:
    """She sees her story, changes it, submits it; another's is refused."""
    page = signed_in(browser, site, User.objects.get(vendor_memberships__vendor=vendor, vendor_memberships__role="owner").email)
    page.goto(site.base + "/cms/")
    assert page.query_selector("a:has-text('Mes histoires')") is not None
    assert page.query_selector("a:has-text('Nouveau portrait')") is None
    other = StoryPage.objects.exclude(pk=story.pk).order_by("pk")[0]
    refused = page.goto(site.base + reverse("wagtailadmin_pages:edit", args=[other.pk]))
    assert refused is not None
    assert "/edit/" not in page.url
    page.goto(site.base + reverse("wagtailadmin_pages:edit", args=[story.pk]))
    assert page.query_selector("#id_slug") is None
    page.fill("#id_kicker", "Laine · Arudy")
    page.click("footer button:has-text('actions')")
    page.click("button[name=action-submit]")
    page.wait_for_load_state()
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert draft.kicker == "Laine · Arudy"
    assert draft.workflow_in_progress


def chief_publishes(browser: Browser, site: Site, story: StoryPage) -> None:
    page = signed_in(browser, site, CHIEF)
    page.goto(site.base + reverse("wagtailadmin_pages:edit", args=[story.pk]))
    page.click("footer button:has-text('actions')")
    page.click("button[data-workflow-action-name=approve] >> nth=0")
    page.wait_for_url("**/pages/**")
    page.wait_for_load_state()
    assert StoryPage.objects.get(pk=story.pk).live


def readers_find_it(browser: Browser, site: Site, story: StoryPage) -> None:
    make.indexed()
    live = StoryPage.objects.get(pk=story.pk)
    page = browser.new_context(locale="fr-FR").new_page()
    page.goto(site.base + "/histoires/")
    assert live.title in page.inner_text("main")
    page.goto(site.base + "/recherche/?q=neige+arudy")
    assert live.title in page.inner_text("main")
    assert live.title in page.request.get(site.base + reverse("feeds:stories")).text()
    sections = re.findall(r"<loc>([^<]+)</loc>", page.request.get(site.base + "/sitemap.xml").text())
    maps = [page.request.get(site.base + urlsplit(section).path).text() for section in sections]
    assert any(live.slug in text for text in maps)
