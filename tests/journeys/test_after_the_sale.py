"""After a sale, in a browser: a guest withdraws from a piece, its boutique refunds it; the address is copied."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser

from shop.order.models import Order
from tests import factories as make
from tests.factories import PASSWORD, Market
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def small_site(open_market: Market, django_db_blocker: Any, settings: Any) -> Iterator[str]:
    """Two boutiques without the demo, served on a free port."""
    settings.ALLOWED_HOSTS = ["*"]
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={}, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    settings.BASE_URL = f"http://127.0.0.1:{server.port}"
    with django_db_blocker.unblock():
        yield settings.BASE_URL
    server.terminate()
    server.join()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_guest_withdraws_and_the_boutique_refunds(small_site: str, open_market: Market, browser_of_the_machine: Browser, width: int) -> None:
    order = make.bought((open_market.bowl, 2)).orders.get()
    assert order.purchase is not None
    context = browser_of_the_machine.new_context(viewport={"width": width, "height": 900}, locale="fr-FR", reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=small_site)
    visitor = Visitor(context.new_page(), small_site, width)
    page = visitor.page

    visitor.go(order.purchase.get_absolute_url())
    page.click("main a:has-text('Renoncer au contrat ici')")
    page.fill("main input[type=number]", "1")
    page.click("main form button")
    visitor.look()
    page.click("button:has-text('Confirmer la rétractation')")
    page.wait_for_selector("text=Votre rétractation est enregistrée")
    visitor.look()

    page.goto(f"{small_site}/compte/login/")
    page.fill("#id_login", "basile@example.org")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/login/" not in address)
    visitor.go(reverse("workshop:order", args=[order.number]))
    page.click("[data-copy] button")
    page.wait_for_selector("[data-copy] [role=status]:has-text('Copié')")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Claire Martin\n3 rue du Port\n")
    assert page.input_value("#pieces input[type=number]") == "1"
    page.fill("#pieces [name=reason]", "Rétractation.")
    page.click("#pieces button[type=submit]")
    page.wait_for_selector("text=remboursée et prévenue")
    visitor.look()
    assert Order.objects.get(pk=order.pk).refunded_cents == 5600
    context.close()
