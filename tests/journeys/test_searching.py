"""A buyer searches: as people type, by keyboard, without JavaScript, with filters, with the engine dead; a vendor asks why."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Site, Visitor

pytestmark = pytest.mark.browser
PASSWORD = "lapin-blanc-demo"


def test_four_questions_as_people_type_them(visitor: Visitor) -> None:
    visitor.go("/recherche/?q=boucle+d%27oreille+laiton")
    assert visitor.page.locator(".result").first.locator("mark").count() >= 1
    assert "oucle" in visitor.page.locator(".result .product-card__title").first.inner_text() or "réole" in visitor.page.locator(".result .product-card__title").first.inner_text()
    visitor.go("/recherche/?q=cadeau+naissence")
    assert "Résultats pour cadeau naissance" in visitor.page.inner_text("main")
    visitor.page.click("text=tel quel")
    visitor.look()
    assert "Résultats pour" not in visitor.page.inner_text("main")
    visitor.go("/recherche/?q=l%27ocre+bleue")
    assert visitor.page.locator(".result").first.get_attribute("data-kind") == "vendor"
    visitor.go("/recherche/?q=tapis+cr%C3%A9atrice+bretagne")
    assert visitor.page.locator(".result").count() > 0
    visitor.go("/recherche/?q=zzzqqq")
    assert "Rien ne répond à ces mots" in visitor.page.inner_text("main")
    assert visitor.page.locator("main .chip").count() > 3


def test_suggestions_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.go("/")
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type("thé")
    visitor.page.wait_for_selector("#q[aria-expanded=true]")
    visitor.look()
    assert "Théières" in visitor.page.inner_text("#q-list")
    visitor.page.keyboard.press("ArrowDown")
    active = visitor.page.get_attribute("#q", "aria-activedescendant")
    assert visitor.page.get_attribute(f"#{active}", "aria-selected") == "true"
    assert visitor.page.evaluate("document.activeElement.id") == "q"
    visitor.page.keyboard.press("Escape")
    assert visitor.page.get_attribute("#q", "aria-expanded") == "false"
    assert visitor.page.input_value("#q") == "thé"
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/recherche/?q=*")
    visitor.look()
    # What was asked is remembered by this browser alone, and can be forgotten.
    visitor.go("/")
    visitor.page.focus("#q")
    visitor.page.wait_for_selector("#q-list:not([hidden])")
    assert "thé" in visitor.page.inner_text("#q-list")
    visitor.page.click("#q-list [data-forget]")
    assert visitor.page.evaluate("localStorage.length") == 0


def test_filters_are_addresses(visitor: Visitor) -> None:
    visitor.go("/recherche/?q=bol")
    if visitor.width < 960:
        visitor.page.click(".facets__all > summary")
    before = int(visitor.page.locator("h1 + p").inner_text().split()[0])
    option = visitor.page.locator(".facets__all > details", has_text="Couleur").locator(".facets__options a").first
    count = int(option.locator(".number").inner_text())
    option.click()
    visitor.look()
    assert "couleur=" in visitor.page.url
    assert int(visitor.page.locator("h1 + p").inner_text().split()[0]) == count < before
    assert visitor.page.locator("link[rel=canonical]").get_attribute("href").endswith("/recherche/?q=bol")
    visitor.page.locator("aside .chips a").first.click()
    visitor.look()
    assert int(visitor.page.locator("h1 + p").inner_text().split()[0]) == before


def test_it_all_works_without_javascript(browser_of_the_machine: Browser, served: Site) -> None:
    context = browser_of_the_machine.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.goto(served.base + "/")
    page.fill("#q", "tasse bleue grès")
    page.press("#q", "Enter")
    assert "/recherche/?q=tasse" in page.url
    assert page.locator(".result").count() > 0
    page.locator(".facets__all > details", has_text="Matière").locator(".facets__options a").first.click()
    assert "matiere=" in page.url
    page.fill("[name=prix_max]", "60")
    page.click(".prices button")
    assert "prix_max=60" in page.url
    assert "matiere=" in page.url
    assert page.locator(".result").count() > 0
    context.close()


def test_the_page_stands_with_the_engine_dead(visitor: Visitor, settings: Any) -> None:
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", "http://127.0.0.1:9"
    visitor.go("/recherche/?q=vase+gr%C3%A8s")
    assert visitor.page.locator(".result").count() > 3
    assert visitor.page.locator(".facets details").count() > 5


def test_a_vendor_reads_why_a_creation_stands_there_and_nobody_else(visitor: Visitor) -> None:
    visitor.go("/recherche/?q=bol")
    assert visitor.page.locator(".why").count() == 0
    visitor.go("/compte/login/?next=/recherche/%3Fq%3Dbol")
    visitor.page.fill("#id_login", "atelier-maelle@demo.lapinblanc.example")
    visitor.page.fill("#id_password", PASSWORD)
    visitor.page.click("main button[type=submit]")
    visitor.page.wait_for_url("**/recherche/?q=bol")
    assert 0 < visitor.page.locator(".why").count() < visitor.page.locator(".result").count()
    visitor.page.locator(".why summary").first.click()
    visitor.look()
    assert "Place dans cette liste" in visitor.page.locator(".why").first.inner_text()
    visitor.page.click("text=Me prévenir des nouveautés")
    visitor.look()
    assert "Nous vous écrirons" in visitor.page.inner_text("main")
    visitor.go("/recherche/alertes/")
    assert "bol" in visitor.page.inner_text("main")
    visitor.page.click("text=Arrêter")
    visitor.look()
    visitor.go("/comment-nous-classons/")
    assert "Aucune place ne s’achète" in visitor.page.inner_text("main")
