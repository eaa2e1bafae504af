"""The day of a seller on a telephone: a creation from its name to what is missing, pictures by drop and keys, a price for several, orders together."""

import io
from typing import Any

import PIL.Image
import pytest

from shop.bulk.models import Change
from shop.catalogue.models import Product
from shop.order.models import Order
from tests.journeys.conftest import Visitor
from tests.journeys.test_outcome import sign_in

pytestmark = pytest.mark.browser
OWNER = "atelier-maelle@demo.lapinblanc.example"


def photograph(name: str, colour: str) -> Any:
    buffer = io.BytesIO()
    PIL.Image.new("RGB", (900, 600), colour).save(buffer, "JPEG")
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def test_a_creation_is_made_on_a_telephone_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    page = visitor.page
    sign_in(visitor, OWNER)
    visitor.go("/atelier/creations/nouvelle/")
    page.fill("[name=title]", "Vase artisanal")
    page.wait_for_selector(".notes__line--blocks mark:has-text('artisanal')")
    page.fill("[name=title]", "Vase de l’estran")
    page.click(".editor__bar button")
    page.wait_for_selector("h1:has-text('Vase de l’estran')")
    page.fill("[name=price]", "cher")
    page.wait_for_selector("[data-said]:has-text('est gardé')")
    page.fill("[name=price]", "48,50")
    page.wait_for_selector("[data-said]:has-text('Enregistré à')")
    made = Product.objects.filter(title="Vase de l’estran").latest("pk")
    assert made.price_cents == 4850

    page.set_input_files("#picture", [photograph("un", "tomato"), photograph("deux", "navy")])
    page.wait_for_selector(".shots__item >> nth=1")
    first, second = (item.get_attribute("data-picture") for item in page.locator(".shots__item").all())
    page.locator(f"[name=move][value='{second}:-1']").press("Enter")
    page.wait_for_selector(f".shots__item:first-child[data-picture='{second}']")
    assert list(made.images.order_by("display_order").values_list("pk", flat=True)) == [int(second or 0), int(first or 0)]
    visitor.look()

    page.locator("a:has-text('Recadrer')").first.click()
    page.locator(".crop__box").focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert (page.input_value("#width"), page.input_value("#x")) == ("990", "10")
    visitor.look()
    page.locator("form[data-crop] button").first.click()
    page.wait_for_selector(".shots__item")
    assert made.images.get(pk=second).crop["width"] == 990

    page.fill("[name=axis0-name]", "Taille")
    page.fill("[name=axis0-values]", "Petit, Grand")
    page.click("text=Enregistrer et afficher la grille")
    page.wait_for_selector("[data-variant]")
    assert made.children.count() == 2
    visitor.look()


def test_prices_of_several_are_shown_then_changed_once(visitor: Visitor) -> None:
    page = visitor.page
    sign_in(visitor, OWNER)
    visitor.go("/atelier/creations/")
    assert page.locator("[data-bulk] .field:visible").count() == 3
    page.check("[name=chosen] >> nth=0")
    page.fill("#id_number", "10")
    page.click("text=Voir ce qui changerait")
    page.wait_for_selector("h1:has-text('Ce qui changerait')")
    visitor.look()
    page.dblclick("button:has-text('Modifier ')")
    page.wait_for_selector(".lead:has-text('fait')")
    change = Change.objects.filter(vendor__slug="atelier-maelle").latest("pk")
    assert change.lines.filter(state="done").count() == change.asked - change.refused


def test_orders_are_begun_together_and_printed(visitor: Visitor) -> None:
    page, order = visitor.page, Order.objects.filter(status="placed").select_related("vendor").order_by("pk").first()
    assert order is not None
    sign_in(visitor, order.vendor.email)
    visitor.go("/atelier/commandes/")
    page.check(f"[name=chosen][value='{order.number}']")
    with page.expect_download() as paper:
        page.click("text=Bons de préparation (PDF)")
    assert paper.value.suggested_filename.endswith(".pdf")
    page.click("text=Je les commence")
    page.wait_for_selector("text=1 commande commencée")
    order.refresh_from_db()
    assert order.status == "making"
