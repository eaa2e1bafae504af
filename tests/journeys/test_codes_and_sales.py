"""A boutique makes a code and a sale; a reader keeps the code by its address, pays less, and reads it on the receipt. Every page under axe."""

from datetime import timedelta

import pytest
from lapinblanc import clock
from lapinblanc.demo.people import PASSWORD

from shop.catalogue.models import Product
from shop.checkout.invariants import broken_invariants
from shop.coupons.models import Coupon, Sale
from shop.order.models import Order
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.race]
MAELLE = "atelier-maelle@demo.lapinblanc.example"


def test_from_the_workshop_to_the_receipt(visitor: Visitor) -> None:
    page, written = visitor.page, f"ESSAI{visitor.width}"
    visitor.go("/compte/login/")
    page.fill("#id_login", MAELLE)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/login/" not in address)
    makes_a_code(visitor, written)
    makes_a_sale(visitor)
    page.context.clear_cookies()
    buys_with(visitor, written)
    order = Order.objects.order_by("-pk")[0]
    assert (order.coupon_code, order.discount_cents > 0) == (written, True)
    assert not broken_invariants()


def makes_a_code(visitor: Visitor, written: str) -> None:
    page = visitor.page
    visitor.go("/atelier/promotions/")
    page.click("a:has-text('Nouveau code')")
    visitor.look()
    page.fill("#id_code", written)
    page.click("button:has-text('Créer ce code')")
    visitor.look()
    assert "De combien" in page.inner_text("main")
    page.fill("#id_value", "10")
    page.click("button:has-text('Créer ce code')")
    page.wait_for_url("**/promotions/")
    visitor.look()
    assert Coupon.objects.get(code=written).percent == 10


def makes_a_sale(visitor: Visitor) -> None:
    page, before = visitor.page, Sale.objects.count()
    page.click("a:has-text('Nouvelle vente')")
    visitor.look()
    page.fill("#id_title", f"Fêtes {visitor.width}")
    page.fill("#id_search", "gratin" if visitor.width == 390 else "saladier")
    page.fill("#id_value", "30")
    page.fill("#id_ends_at", (clock.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M"))
    page.click("button:has-text('Voir ce que verront')")
    visitor.look()
    # The demo's code for everybody has lowered what may be struck: ten per cent, then thirty of the usual price.
    assert "−22" in page.inner_text(".lowering")
    page.click("button:has-text('J’accepte ces prix')")
    page.wait_for_url("**/vente/*/")
    visitor.look()
    assert Sale.objects.count() == before + 1


def buys_with(visitor: Visitor, written: str) -> None:
    page = visitor.page
    visitor.go(f"/panier/code/atelier-maelle/?code={written}")
    page.click("button:has-text('Garder ce code')")
    page.wait_for_url("**/boutiques/atelier-maelle/")
    listing = Product.objects.on_sale().filter(vendor__slug="atelier-maelle", sellable=True, structure="standalone", personalisation_fields=None).order_by("-pk")[0]
    visitor.go(listing.get_absolute_url())
    page.click("button:has-text('Ajouter au panier')")
    page.wait_for_url("**/panier/")
    visitor.look()
    assert written in page.inner_text("main")
    page.click("a:has-text('Commande')")
    visitor.look()
    for name, value in (("email", "zoe@example.org"), ("name", "Zoé Martin"), ("street", "3 rue du Port"), ("postcode", "35000"), ("town", "Rennes")):
        page.fill(f"#id_{name}", value)
    page.click("button:has-text('obligation de paiement')")
    page.wait_for_url("**/bac-a-sable/**")
    page.fill("input[name=number]", "4242 4242 4242 4242")
    page.click("main button[type=submit]")
    page.wait_for_url("**/achats/**")
    visitor.look()
    assert f"Code {written} déduit" in page.inner_text("main")
