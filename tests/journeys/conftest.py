"""A real browser on a real server, on the database of this process. Every page visited is looked at by axe."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from tests.databases import clone_anew

# The browser's driver runs an event loop in this thread; our own database calls beside it are meant.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@dataclass(frozen=True)
class Site:
    base: str
    media: Path


@pytest.fixture(scope="module")
def demo_site(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo marketplace, loaded once for the module and served on a free port."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media):
        server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={}, port=0)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        site = Site(f"http://127.0.0.1:{server.port}", media)
        with override_settings(BASE_URL=site.base):
            call_command("load_demo", verbosity=0)
            yield site
        server.terminate()
        server.join()
        clone_anew()


@pytest.fixture
def served(demo_site: Site, settings: Any) -> Site:
    """The site with this test's settings set back to the module's."""
    settings.MEDIA_ROOT, settings.BASE_URL = demo_site.media, demo_site.base
    return demo_site


@pytest.fixture(scope="session")
def browser_of_the_machine() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


class Visitor:
    """A person in the browser; `look` checks the page as axe and as a ruler do."""

    def __init__(self, page: Page, base: str, width: int) -> None:
        self.page, self.base, self.width = page, base, width
        self.errors: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.look()

    def look(self) -> None:
        self.page.wait_for_load_state()
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{self.page.url} is {wide} px wide on a screen of {self.width}"
        # Through the debugger, since the page's own policy admits no foreign script.
        session = self.page.context.new_cdp_session(self.page)
        session.send("Runtime.evaluate", {"expression": AXE})
        found = self.page.evaluate("rules => axe.run(document, rules)", RULES)
        problems = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]
        assert problems == [], f"{self.page.url}: {problems}"
        allowed = [error for error in self.errors if "402" not in error and "422" not in error]
        assert allowed == [], f"{self.page.url}: {allowed}"


@pytest.fixture(params=[390, 1280])
def visitor(request: pytest.FixtureRequest, browser_of_the_machine: Browser, served: Site) -> Iterator[Visitor]:
    context = browser_of_the_machine.new_context(viewport={"width": request.param, "height": 900}, locale="fr-FR", reduced_motion="reduce")
    yield Visitor(context.new_page(), served.base, request.param)
    context.close()

