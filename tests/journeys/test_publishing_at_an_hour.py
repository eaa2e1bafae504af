"""A portrait that appears at its hour: an editor writes it with three creations that she chooses, another reads it again, the clock does the rest."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse
from lapinblanc import clock
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Comment

from editorial.campaigns.tasks import switch_campaigns
from editorial.models import StoryPage
from shop.vendors.models import Vendor
from tests import factories as make
from tests.journeys.conftest import Site
from tests.journeys.desk import CHIEF, EDITOR, MOST_CLICKS, Clicks, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.race]
BOUTIQUE = "bonnet-blanc"
TITLE, WRITTEN, REMARK = "La laine du col de Marie-Blanque", "Elle file quand la route est fermée.", "Dire de quelle brebis."
SECOND = timedelta(seconds=1)


def test_a_portrait_appears_at_its_hour_and_not_before(browser_of_the_machine: Browser, served: Site) -> None:
    hour = (clock.now() + timedelta(days=2)).astimezone(clock.PARIS).replace(minute=0, second=0, microsecond=0)
    story = editor_writes(browser_of_the_machine, served, hour)
    chief_reads_again(browser_of_the_machine, served, story)
    story.refresh_from_db()
    assert (story.live, story.get_latest_revision().approved_go_live_at) == (False, hour)
    make.indexed()
    assert places_that_show(browser_of_the_machine, served, story) == set()
    with clock.at(hour - SECOND):
        switch_campaigns.call()
    cache.clear()
    assert places_that_show(browser_of_the_machine, served, story) == set()
    with clock.at(hour):
        switch_campaigns.call()
    cache.clear()
    make.indexed()
    assert places_that_show(browser_of_the_machine, served, story) == {"address", "home", "index", "search", "feed", "sitemap"}


def editor_writes(browser: Browser, site: Site, hour: datetime) -> StoryPage:
    """From the first click to « submitted, for that hour »."""
    vendor = Vendor.objects.get(slug=BOUTIQUE)
    page = signed_in(browser, site, EDITOR)
    page.goto(site.base + "/cms/")
    clicks = Clicks(page)
    clicks.on("a:has-text('Nouveau portrait')")
    clicks.on(f"button[name=vendor][value='{vendor.pk}']")
    page.wait_for_url("**/edit/")
    story = StoryPage.objects.filter(vendor=vendor).latest("pk")
    page.fill("#id_title", TITLE)
    text = page.locator(".public-DraftEditor-content[role=textbox]").first
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(WRITTEN)
    chosen = choose_three(clicks, story, vendor)
    kept(page)
    clicks.on("[data-side-panel-toggle=status]")
    clicks.on("[data-a11y-dialog-show=schedule-publishing-dialog]")
    page.fill("#id_go_live_at", f"{hour:%Y-%m-%d %H:%M}")
    # The calendar lies over the button, which the keyboard reaches: counted as a click.
    with page.expect_navigation(wait_until="load"):
        page.press("#schedule-publishing-dialog button.action-save", "Enter")
    clicks.made += 1
    expect(page.locator("#id_go_live_at")).to_have_value(f"{hour:%Y-%m-%d %H:%M}")
    clicks.on("footer button:has-text('actions')")
    clicks.on("button[name=action-submit]")
    page.wait_for_url(lambda address: "/edit/" not in address)
    assert clicks.made <= MOST_CLICKS
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert [listing.pk for listing in draft.body[-1].value["listings"]][-3:] == chosen
    assert WRITTEN in draft.body[0].value.source
    assert (draft.title, draft.go_live_at, draft.workflow_in_progress) == (TITLE, hour, True)
    page.context.close()
    return StoryPage.objects.get(pk=story.pk)


def kept(page: Page) -> None:
    """What was typed is saved by itself, half a second after the last change; the panel of the schedule is then drawn anew."""
    page.wait_for_timeout(1_500)
    page.wait_for_selector(".w-autosave-indicator__state--saving", state="hidden")
    page.wait_for_load_state("networkidle")


def choose_three(clicks: Clicks, story: StoryPage, vendor: Vendor) -> list[int]:
    """The last three that the chooser offers, with one opening: it stands on this boutique already, and says picture, price and stock."""
    page = clicks.page
    held = [listing.pk for listing in story.get_latest_revision_as_object().body[-1].value["listings"]]
    clicks.on("button:has-text('Choisir plusieurs à la fois')")
    page.wait_for_selector(".modal-body tbody tr")
    assert page.input_value(".modal-body select[name=vendor]") == str(vendor.pk)
    offered = page.locator(".modal-body tbody tr")
    for row in offered.all():
        assert row.locator("img").count() == 1
        said = row.inner_text()
        assert vendor.name in said
        assert re.search(r"\d,\d\d\s€", said)
        assert re.search(r"en stock|dernière pièce|à la demande|épuisé", said)
    numbers = [int(str(box.get_attribute("value"))) for box in offered.locator("input[name=id]").all()]
    chosen = [number for number in numbers if number not in held][-3:]
    assert len(chosen) == 3
    for number in chosen:
        clicks.on(f".modal-body input[name=id][value='{number}']")
    clicks.on("[data-multiple-choice-submit]")
    page.wait_for_selector(".modal-body", state="detached")
    return chosen


def chief_reads_again(browser: Browser, site: Site, story: StoryPage) -> None:
    """Compares with what the boutique had told of itself, leaves a remark in the margin, approves."""
    page = signed_in(browser, site, CHIEF)
    page.goto(site.base + reverse("wagtailadmin_pages:revisions_compare", args=[story.pk, "earliest", "latest"]))
    told = page.inner_text("main")
    assert WRITTEN in told
    assert TITLE in told
    assert "None" not in told
    assert page.locator("main .addition").count() >= 4
    page.goto(site.base + reverse("wagtailadmin_pages:edit", args=[story.pk]))
    page.click("[data-side-panel-toggle=comments]")
    page.focus("[data-component=add-comment-button][aria-describedby=id_intro-label]")
    page.keyboard.press("Enter")
    page.fill(".comment__input textarea, textarea.comment__input", REMARK)
    page.click(".comment__button--primary")
    page.click("footer button.action-save")
    page.wait_for_selector(f"text={REMARK}")
    page.wait_for_load_state()
    assert Comment.objects.filter(page=story, text=REMARK, contentpath="intro").exists()
    page.click("footer button:has-text('actions')")
    page.click("button[data-workflow-action-name=approve] >> nth=0")
    page.wait_for_url(lambda address: "/edit/" not in address)
    page.context.close()


def places_that_show(browser: Browser, site: Site, story: StoryPage) -> set[str]:
    """Where a visitor finds the story."""
    page = browser.new_context(locale="fr-FR").new_page()
    found = {name for name, shown in places(page, site, story) if shown}
    page.context.close()
    return found


def places(page: Page, site: Site, story: StoryPage) -> Iterator[tuple[str, bool]]:
    answer = page.goto(site.base + f"/histoires/{story.slug}/")
    assert answer is not None
    assert answer.status in (200, 404)
    yield "address", answer.status == 200
    for name, address in (("home", "/"), ("index", "/histoires/"), ("search", "/recherche/?q=Marie-Blanque")):
        page.goto(site.base + address)
        yield name, TITLE in page.inner_text("main")
    yield "feed", TITLE in page.request.get(site.base + reverse("feeds:stories")).text()
    sections = re.findall(r"<loc>([^<]+)</loc>", page.request.get(site.base + "/sitemap.xml").text())
    maps = [page.request.get(site.base + urlsplit(section).path).text() for section in sections]
    yield "sitemap", any(f"/histoires/{story.slug}/" in text for text in maps)
