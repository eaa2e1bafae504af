"""The editors' desk: who sits at it, and how many clicks their work takes beside writing."""

from lapinblanc.demo.people import PASSWORD
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Site

EDITOR, CHIEF = "redaction@demo.lapinblanc.example", "redaction-en-chef@demo.lapinblanc.example"
MOST_CLICKS = 12


def signed_in(browser: Browser, site: Site, email: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR", reduced_motion="reduce").new_page()
    page.set_default_timeout(90_000)
    page.goto(site.base + "/compte/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/login/" not in address)
    return page


class Clicks:
    """Clicks of one person beside writing."""

    def __init__(self, page: Page) -> None:
        self.page, self.made = page, 0

    def on(self, selector: str) -> None:
        self.page.click(selector)
        self.made += 1
