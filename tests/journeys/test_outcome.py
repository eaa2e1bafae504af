"""The outcome, from the home page to both parcels shipped, in a real browser, on a telephone and on a desk; then without JavaScript."""

import re

import pytest
from lapinblanc.demo.people import PASSWORD
from playwright.sync_api import Browser, expect

from shop.checkout.invariants import broken_invariants
from shop.ledger.balances import vendor_balance
from shop.order.models import Order, Purchase
from tests.journeys.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.race]


def sign_in(visitor: Visitor, email: str) -> None:
    visitor.go("/compte/login/")
    visitor.page.fill("#id_login", email)
    visitor.page.fill("#id_password", PASSWORD)
    visitor.page.click("main button[type=submit]")
    visitor.page.wait_for_url("**/compte/")


def add_first_plain_listing(visitor: Visitor) -> str:
    """From a boutique's page: the first listing that asks for nothing; returns its title."""
    links = visitor.page.eval_on_selector_all(
        ".product-card:not(.product-card--gone) .product-card__title a", "links => links.map(link => link.pathname)"
    )
    for link in links:
        visitor.go(link)
        asks = visitor.page.query_selector("form[action='/panier/ajouter/'] [required]")
        if asks is None and visitor.page.query_selector("form[action='/panier/ajouter/']"):
            title = visitor.page.inner_text("h1")
            visitor.page.click("button:has-text('Ajouter au panier')")
            visitor.page.wait_for_url("**/panier/")
            visitor.look()
            return title
    raise AssertionError("no plain listing here")


def test_read_a_story_fill_one_basket_pay_once_each_ships_theirs(visitor: Visitor) -> None:
    page, before = visitor.page, Purchase.objects.count()
    visitor.go("/")
    page.click(".hero .button")
    visitor.look()
    page.click(".inset--listing .button >> nth=0")
    visitor.look()
    visitor.go("/boutiques/atelier-maelle/")
    add_first_plain_listing(visitor)
    visitor.go("/boutiques/terre-et-sel/")
    add_first_plain_listing(visitor)
    page.click("aside a.button:has-text('Commande'), aside a.button:has-text('Commander')")
    visitor.look()
    for name, value in (("email", "claire@example.org"), ("name", "Claire Martin"), ("street", "3 rue du Port"), ("postcode", "35000")):
        page.fill(f"#id_{name}", value)
    expect(page.locator("#id_town")).to_have_value("Rennes")
    page.click("button:has-text('Commande avec obligation de paiement')")
    page.wait_for_url("**/bac-a-sable/**")
    visitor.look()
    page.fill("#number", "4000 0000 0000 0002")
    page.click("main button:has-text('Payer')")
    page.wait_for_selector("[role=alert]")
    visitor.look()
    page.fill("#number", "4000 0025 0000 3155")
    page.click("main button:has-text('Payer')")
    page.wait_for_url("**/3d-secure/")
    visitor.look()
    page.click("button:has-text('Oui')")
    page.wait_for_url("**/achats/**")
    visitor.look()
    assert Purchase.objects.count() == before + 1
    purchase = Purchase.objects.order_by("-pk")[0]
    for order in purchase.orders.order_by("position"):
        ship_as_its_vendor(visitor, order)
    visitor.go(purchase.get_absolute_url())
    assert page.locator("section .badge:has-text('expédiée')").count() == 2
    assert not broken_invariants()


def ship_as_its_vendor(visitor: Visitor, order: Order) -> None:
    page = visitor.page
    page.context.clear_cookies()
    sign_in(visitor, order.vendor.email)
    visitor.go("/atelier/")
    page.click(f"a:has-text('{order.number}')")
    visitor.look()
    page.click("button:has-text('Je commence')")
    page.fill("#id_tracking", f"6A{order.pk}")
    page.click("button:has-text('Le colis est parti')")
    page.wait_for_selector(".badge:has-text('expédiée')")
    visitor.look()
    for path in ("/atelier/commandes/", "/atelier/creations/", "/atelier/boutique/", "/atelier/boutique/livraison/"):
        visitor.go(path)
    visitor.go("/atelier/versements/")
    owed = vendor_balance(vendor_id=order.vendor_id).pending
    digits = re.sub(r"\D", "", page.inner_text("li:has-text('à la livraison') .stat__value"))
    assert int(digits) == owed.cents
    other = Order.objects.filter(purchase=order.purchase).exclude(pk=order.pk).get()
    answer = page.goto(visitor.base + f"/atelier/commandes/{other.number}/")
    assert answer is not None
    assert answer.status == 404
    visitor.errors.clear()


def test_the_rooms_are_right_for_everybody(visitor: Visitor) -> None:
    for path in ("/histoires/", "/collections/", "/cooperative/", "/boutiques/", "/rayons/creations/", "/rayons/mercerie/?couleur=bleu",
                 "/conditions-de-vente/", "/compte/signup/", "/achats/retrouver/", "/styleguide/"):
        visitor.go(path)


def test_buying_works_without_javascript(browser_of_the_machine: Browser, served: Site) -> None:
    context = browser_of_the_machine.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(served.base + "/boutiques/osier-blanc/")
    for link in [a.get_attribute("href") for a in page.query_selector_all(".product-card:not(.product-card--gone) .product-card__title a")]:
        page.goto(served.base + str(link))
        if not page.query_selector("form[action='/panier/ajouter/'] [required]") and page.query_selector("form[action='/panier/ajouter/']"):
            break
    page.click("button:has-text('Ajouter au panier')")
    page.goto(served.base + "/commande/")
    for name, value in (("email", "a@example.org"), ("name", "A Martin"), ("street", "1 rue"), ("postcode", "22690"), ("town", "Pleudihen-sur-Rance")):
        page.fill(f"#id_{name}", value)
    page.click("button:has-text('Commande avec obligation de paiement')")
    page.fill("#number", "4242 4242 4242 4242")
    page.click("main button:has-text('Payer')")
    page.wait_for_url("**/achats/**")
    assert "Merci" in page.inner_text("h1")
    context.close()
