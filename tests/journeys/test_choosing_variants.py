"""Choosing among variants in a browser: with scripts, without, by keyboard alone, and when the script fails half-way."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from shop.catalogue.models import Product
from shop.catalogue.whole.reading import read_whole
from shop.catalogue.whole.values import WholeVariant
from shop.catalogue.whole.writing import write_whole
from shop.partner.models import StockRecord
from tests.journeys.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.race]
NONE = "Ce choix est épuisé"


@pytest.fixture
def towel(served: Site) -> Product:
    """Lot × Couleur, with its pictures; « Nuit » alone and « Sauge » by three are sold out, « Miel » and « Sauge » by six were never made."""
    return Product.objects.get(slug="marees-torchon-grande-maree-lin-raye")


@pytest.fixture
def without_honey(towel: Product) -> Iterator[None]:
    records = {record.pk: record.num_in_stock for record in StockRecord.objects.filter(product__parent=towel, product__variant_values__Couleur="Miel")}
    StockRecord.objects.filter(pk__in=records).update(num_in_stock=0)
    yield
    for pk, stock in records.items():
        StockRecord.objects.filter(pk=pk).update(num_in_stock=stock)


def piece(towel: Product, lot: str, colour: str) -> Product:
    return Product.objects.get(parent=towel, variant_values={"Lot": lot, "Couleur": colour})


def chip(page: Page, value: str) -> Any:
    return page.locator(f".chip--choice:has(input[value='{value}'])")


def gone(page: Page) -> list[str]:
    return [str(text) for text in page.locator(".chip--gone > span:first-of-type").all_inner_texts()]


def price(page: Page) -> str:
    return page.inner_text(".price").replace("\u00a0", " ")


def seen_picture(page: Page) -> int:
    """The place of the picture that the gallery shows, from 1."""
    return int(page.evaluate("(() => { const list = document.querySelector('.gallery__list'); return Math.round(list.scrollLeft / list.clientWidth) + 1; })()"))


def buy(page: Page) -> str:
    page.click("button:has-text('Ajouter au panier')")
    page.wait_for_url("**/panier/")
    return page.inner_text("main").replace("\u00a0", " ")


def test_each_axis_has_its_choice_and_everything_follows(visitor: Visitor, towel: Product) -> None:
    page = visitor.page
    visitor.go(f"{towel.get_absolute_url()}?lu=3")
    assert page.locator("[data-flat]").is_hidden()
    assert (page.locator("legend").all_inner_texts(), gone(page)) == (["Lot", "Couleur"], [])
    assert price(page).startswith("à partir de 17,00 €")
    chip(page, "Sauge").click()
    assert gone(page) == ["Par trois", "Par six"]
    assert "variante" not in page.url
    assert price(page).startswith("à partir de")
    chip(page, "À l’unité").click()
    wanted = piece(towel, "À l’unité", "Sauge")
    assert page.url.endswith(f"?lu=3&variante={wanted.pk}")
    assert (price(page).split("€")[0], seen_picture(page)) == ("17,00 ", 5)
    assert page.inner_text("[data-said]").startswith("À l’unité · Sauge, 17,00")
    assert gone(page) == ["Par trois", "Par six", "Nuit"]
    visitor.look()
    basket = buy(page)
    assert "Lot : À l’unité · Couleur : Sauge" in basket
    visitor.look()
    page.click("main .line a.strong")
    page.wait_for_url(f"**variante={wanted.pk}")
    assert page.locator(".chip--choice input:checked").evaluate_all("found => found.map((one) => one.value)") == ["À l’unité", "Sauge"]


def test_a_value_that_does_not_go_with_the_others_moves_them(visitor: Visitor, towel: Product) -> None:
    page = visitor.page
    visitor.go(f"{towel.get_absolute_url()}?variante={piece(towel, 'À l’unité', 'Sauge').pk}")
    share = page.inner_text("[data-share]")
    chip(page, "Par six").click()
    assert page.locator(".chip--choice input:checked").evaluate_all("found => found.map((one) => one.value)") == ["Par six", "Orage"]
    assert page.inner_text("[data-said]").replace("\u00a0", " ") == "Par six · Orage, 90,00 € toutes taxes comprises, Dernière pièce"
    assert page.get_attribute("#quantite", "max") == "1"
    assert share != page.inner_text("[data-share]")
    assert "Lot : Par six · Couleur : Orage" in buy(page)


def test_what_is_sold_out_altogether_is_shown_and_not_sent(visitor: Visitor, towel: Product, without_honey: None) -> None:
    page = visitor.page
    visitor.go(towel.get_absolute_url())
    chip(page, "Par trois").click()
    assert "Miel" in gone(page)
    chip(page, "Miel").click()
    assert NONE in page.inner_text("[data-state]")
    assert price(page).startswith("48,00 €")
    visitor.look()
    page.click("button:has-text('Ajouter au panier')")
    assert page.url.split("?")[0].endswith(towel.get_absolute_url())
    assert NONE in page.locator(".chip--choice input").first.evaluate("one => one.validationMessage")
    page.reload()
    assert page.locator(".chip--choice input:checked").count() == 2
    chip(page, "Garance").click()
    assert "Couleur : Garance" in buy(page)


def test_a_choice_left_open_is_asked_for(visitor: Visitor, towel: Product) -> None:
    page = visitor.page
    visitor.go(towel.get_absolute_url())
    chip(page, "Par trois").click()
    page.click("button:has-text('Ajouter au panier')")
    assert "/panier/" not in page.url
    assert page.evaluate("document.activeElement.name") == "axe-2"


def test_by_keyboard_alone(visitor: Visitor, towel: Product) -> None:
    page = visitor.page
    visitor.go(towel.get_absolute_url())
    page.focus("h1 ~ p, .buy a")
    for _press in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "axe-1":
            break
    assert page.evaluate("document.activeElement.value") == "À l’unité"
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.value") == "Par trois"
    assert page.evaluate("getComputedStyle(document.activeElement.closest('label')).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url(f"**variante={piece(towel, 'Par trois', 'Orage').pk}")
    visitor.look()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "quantite"
    page.keyboard.press("Enter")
    page.wait_for_url("**/panier/")
    assert "Lot : Par trois · Couleur : Orage" in page.inner_text("main").replace("\u00a0", " ")


def test_one_axis_keeps_its_row_and_the_price_follows(visitor: Visitor, served: Site) -> None:
    page = visitor.page
    apron = Product.objects.get(slug="marees-tablier-japonais-couleur-sable")
    visitor.go(apron.get_absolute_url())
    page.click("label.choice:has-text('L-XL')")
    assert price(page).startswith("76,00 €")
    assert "Dernière pièce" in page.inner_text("[data-state]")
    assert "variante=" in page.url
    visitor.look()
    assert "Taille : L-XL" in buy(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_one_list_does_it_all(browser_of_the_machine: Browser, towel: Product, served: Site, width: int) -> None:
    context = browser_of_the_machine.new_context(viewport={"width": width, "height": 900}, locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    page.goto(served.base + towel.get_absolute_url())
    assert page.locator(".chip--choice").count() == 0
    assert page.locator("#variante optgroup").count() == 3
    assert page.locator("#variante option:disabled").all_inner_texts() == ["À l’unité · Nuit · 17,00\u00a0€ (épuisé)", "Par trois · Sauge · 48,00\u00a0€ (épuisé)", "Par six · Garance · 90,00\u00a0€ (épuisé)"]
    page.select_option("#variante", label="Par trois · Nuit · 48,00\u00a0€")
    assert "Lot : Par trois · Couleur : Nuit" in buy(page)
    page.goto(f"{served.base}{towel.get_absolute_url()}?variante={piece(towel, 'Par six', 'Nuit').pk}")
    assert price(page).startswith("90,00 €")
    assert "nuit" in str(page.locator(".gallery__list img").first.get_attribute("alt"))
    assert "Couleur : Nuit" in buy(page)
    context.close()


def test_the_flat_list_stays_when_the_script_does_not_arrive_and_comes_back_when_it_fails(visitor: Visitor, towel: Product) -> None:
    page = visitor.page
    visitor.go(towel.get_absolute_url())
    page.evaluate("document.querySelectorAll('template[data-price-of]').forEach((one) => one.remove())")
    chip(page, "Par trois").click()
    chip(page, "Nuit").click()
    assert page.locator(".chip--choice").count() == 0
    assert page.locator("#variante").is_visible()
    assert page.locator("#variante").evaluate("one => one.required")
    assert "Lot : Par trois · Couleur : Nuit" in buy(page)
    page.route("**/choice.js", lambda route: route.fulfill(status=200, content_type="text/javascript", body="throw new Error()"))
    page.goto(visitor.base + towel.get_absolute_url())
    assert page.locator("#variante").is_visible()


def test_a_refused_form_keeps_its_choice_and_its_address(visitor: Visitor, towel: Product) -> None:
    """The address of the refusal answers to nothing but a form: it must not be made a bookmark."""
    page = visitor.page
    visitor.go(f"{towel.get_absolute_url()}?variante={piece(towel, 'Par six', 'Orage').pk}")
    page.evaluate("document.querySelector('#quantite').removeAttribute('max')")
    page.fill("#quantite", "5")
    page.click("button:has-text('Ajouter au panier')")
    page.wait_for_url("**/panier/ajouter/")
    visitor.look()
    assert page.locator(".chip--choice input:checked").evaluate_all("found => found.map((one) => one.value)") == ["Par six", "Orage"]
    chip(page, "Par trois").click()
    assert page.url.endswith("/panier/ajouter/")
    page.fill("#quantite", "1")
    assert "Lot : Par trois · Couleur : Orage" in buy(page)


@pytest.fixture
def hundred(served: Site) -> Product:
    """Ten sizes, five colours, two grains; nothing is left of size 3 but in one colour."""
    product = Product.objects.select_related("vendor").get(title="Torchon galet, lin lavé")
    rows = [{"Taille": f"{size} cm", "Couleur": colour, "Grain": grain} for size in range(1, 11) for colour in ("Craie", "Vase", "Grain", "Sable", "Algue") for grain in ("fin", "épais")]
    variants = tuple(WholeVariant(row, 1600 + 10 * place, 0 if row["Taille"] == "3 cm" and row["Couleur"] != "Algue" else 2) for place, row in enumerate(rows))
    write_whole(product=product, whole=read_whole(product).but(variants=variants, price_cents=None, stock=None), by=None)
    Product.objects.filter(pk=product.pk).update(state="published")
    return Product.objects.get(pk=product.pk)


def test_a_hundred_variants_of_three_axes_are_three_choices(visitor: Visitor, hundred: Product) -> None:
    page = visitor.page
    visitor.go(hundred.get_absolute_url())
    assert page.locator("[data-axis]").count() == 3
    chip(page, "Vase").click()
    assert page.locator("#axe-1 option").nth(3).inner_text() == "3 cm (indisponible avec vos autres choix)"
    page.select_option("#axe-1", value="3 cm")
    assert page.locator(".chip--choice input:checked").evaluate_all("found => found.map((one) => one.value)") == ["Algue"]
    chip(page, "épais").click()
    assert page.inner_text("[data-said]").startswith("3 cm · Algue · épais, 18,90")
    visitor.look()
    assert "Taille : 3 cm · Couleur : Algue · Grain : épais" in buy(page)
