"""A listing's variants on its public page: one choice without a script, an address for each, the same number of queries for one as for a hundred."""

import json
import re
from itertools import product as combinations
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.catalogue.models import Product, ProductImage
from shop.catalogue.whole.reading import read_whole
from shop.catalogue.whole.values import WholeVariant
from shop.catalogue.whole.writing import write_whole
from shop.order.models import Line
from shop.partner.models import StockRecord
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db
SIZES, COLOURS = ("Petit", "Grand"), ("Lait", "Lin", "Nuit")


def varied(market: Market, *axes: tuple[str, tuple[str, ...]], stock: int | None = 3) -> Product:
    """The bowl in every combination; the first costs 30 €, each next one a euro more."""
    rows = [dict(zip([name for name, _values in axes], values, strict=True)) for values in combinations(*(values for _name, values in axes))]
    variants = tuple(WholeVariant(values, 3000 + 100 * place, stock) for place, values in enumerate(rows))
    write_whole(product=market.bowl, whole=read_whole(market.bowl).but(variants=variants, stock=None, price_cents=None), by=market.basile)
    return Product.objects.get(pk=market.bowl.pk)


def grid(market: Market) -> list[Product]:
    return list(varied(market, ("Taille", SIZES), ("Couleur", COLOURS)).children.order_by("position"))


def sold_out(*children: Product) -> None:
    StockRecord.objects.filter(product__in=children).update(num_in_stock=0)


def page(market: Market, query: str = "") -> str:
    answer = Client().get(market.bowl.get_absolute_url() + query)
    assert answer.status_code == 200
    return answer.content.decode()


def option(text: str, child: Product) -> str:
    return re.search(rf'<option value="{child.pk}"[^<]*', text).group(0)


def price(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.search(r'<p class="price">(.*?)</p>', text, re.DOTALL).group(1)).split())


def test_several_axes_are_one_list_grouped_by_the_first(market: Market) -> None:
    children = grid(market)
    sold_out(children[1])
    text = page(market)
    assert re.findall(r'<optgroup label="([^"]+)"', text) == ["Taille\u00a0: Petit", "Taille\u00a0: Grand"]
    assert '<label class="field__label" for="variante">Taille, Couleur</label>' in text
    assert re.search(r'<select id="variante" name="listing" required>', text)
    assert option(text, children[1]) == f'<option value="{children[1].pk}" disabled>Petit · Lin · 31,00\u00a0€ (épuisé)'
    assert option(text, children[5]) == f'<option value="{children[5].pk}">Grand · Nuit · 35,00\u00a0€'
    assert price(text).startswith("à partir de 30,00")


def test_one_axis_stays_a_row_of_choices_with_their_prices(market: Market) -> None:
    small, large = varied(market, ("Taille", SIZES)).children.order_by("position")
    sold_out(small)
    text = page(market)
    assert "<legend class=\"field__label\">Taille</legend>" in text
    assert f'value="{small.pk}" required disabled' in text
    assert f'value="{large.pk}" required>' in text


def test_an_address_chooses_a_variant_with_its_price_and_stock(market: Market) -> None:
    children = grid(market)
    StockRecord.objects.filter(product=children[4]).update(num_in_stock=1)
    text = page(market, f"?variante={children[4].pk}")
    assert " selected>" in option(text, children[4]) + ">"
    assert price(text).startswith("34,00\u00a0€".replace("\u00a0", " "))
    assert ">Dernière pièce</span>" in text
    assert 'name="quantity" value="1" min="1" max="1"' in text
    assert '<link rel="canonical" href="http://127.0.0.1:8000/creations/bol-ocre' in text
    assert "?variante" not in re.search(r'<link rel="canonical" href="([^"]+)"', text).group(1)


def test_the_picture_of_the_chosen_variant_is_seen_first(market: Market) -> None:
    children = grid(market)
    first, second = (ProductImage.objects.create(product=market.bowl, original=f"{name}.webp", alt=name, display_order=place, width=5, height=5) for place, name in enumerate(("Vue", "Nuit")))
    Product.objects.filter(pk=children[2].pk).update(picture=second)
    chosen, usual = page(market, f"?variante={children[2].pk}"), page(market)
    assert chosen.index('alt="Nuit"') < chosen.index('alt="Vue"')
    assert usual.index('alt="Vue"') < usual.index('alt="Nuit"')
    assert first.display_order == 0


@pytest.mark.parametrize("said", ["", "x", "-1", "0", "99999999999999999999999", "²", "1 OR 1=1"])
def test_nonsense_chooses_nothing(market: Market, said: str) -> None:
    grid(market)
    text = page(market, f"?variante={said}")
    assert price(text).startswith("à partir de 30,00")
    assert '" selected>' not in text.split('id="variante"')[1].split("</select>")[0]


def test_a_variant_of_another_listing_or_one_not_shown_is_ignored(market: Market) -> None:
    children = grid(market)
    Product.objects.filter(pk=children[0].pk).update(is_public=False)
    for pk in (market.mug.pk, market.bowl.pk, children[0].pk):
        assert price(page(market, f"?variante={pk}")).startswith("à partir de")


def test_a_sold_out_variant_is_shown_as_such_and_not_chosen(market: Market) -> None:
    children = grid(market)
    sold_out(children[4])
    text = page(market, f"?variante={children[4].pk}")
    assert "Ce choix est épuisé" in text
    assert price(text).startswith("34,00")
    assert " disabled>" in option(text, children[4]) + ">"
    assert Client().post("/panier/ajouter/", {"listing": children[4].pk}).status_code == 422


def test_when_all_is_sold_out_nothing_can_be_put_into_the_basket(market: Market) -> None:
    children = grid(market)
    sold_out(*children)
    text = page(market, f"?variante={children[4].pk}")
    assert "/panier/ajouter/" not in text
    assert ">Vendu<" in text


def test_an_old_name_of_the_listing_keeps_page_and_variant(market: Market) -> None:
    children = grid(market)
    old = market.bowl.get_absolute_url().replace("bol-ocre", "ancien")
    assert Client().get(f"{old}?lu=7&variante={children[1].pk}").url.endswith(f"?lu=7&variante={children[1].pk}")
    assert Client().get(f"{old}?variante=x").url.endswith("/")


def test_a_refusal_keeps_the_choice(market: Market) -> None:
    children = grid(market)
    answer = Client().post("/panier/ajouter/", {"listing": children[3].pk, "quantity": 9})
    assert answer.status_code == 422
    assert " selected>" in option(answer.content.decode(), children[3]) + ">"


@pytest.mark.parametrize("query", ["", "?variante={first}"])
def test_the_page_asks_as_much_for_one_variant_as_for_a_hundred(market: Market, query: str) -> None:
    def asked(*axes: tuple[str, tuple[str, ...]]) -> int:
        varied(market, *axes)
        first = market.bowl.children.filter(is_public=True).order_by("position").first()
        page(market)
        with CaptureQueriesContext(connection) as seen:
            page(market, query.format(first=first.pk))
        return len(seen)

    ten = tuple(str(number) for number in range(10))
    assert asked(("Taille", ("Petit",))) == asked(("Taille", ten), ("Couleur", ten))


def test_basket_order_and_receipt_name_axes_and_values_in_the_vendor_s_order(market: Market) -> None:
    children = grid(market)
    client = Client()
    client.post("/panier/ajouter/", {"listing": children[4].pk})
    said = "Taille\u00a0: Grand · Couleur\u00a0: Lin"
    basket = client.get("/panier/").content.decode()
    assert said in basket
    assert f'href="{market.bowl.get_absolute_url()}?variante={children[4].pk}"' in basket
    assert said in client.get("/commande/").content.decode()
    purchase = make.bought((children[4], 1))
    assert Line.objects.get().variant == said
    assert said in Client().get(purchase.get_absolute_url()).content.decode()


def test_a_variant_with_long_names_is_bought_all_the_same(market: Market) -> None:
    """Its name is cut to what an order's line holds; paid for, it must become an order."""
    axes = tuple((letter * 40, (letter.lower() * 40,)) for letter in "ABC")
    child = varied(market, *axes).children.get()
    Product.objects.filter(pk=child.pk).update(variant_values={name * 2: value * 3 for name, value in child.variant_values.items()})
    make.bought((child, 1))
    assert len(Line.objects.get().variant) == 200


def test_the_basket_shows_the_picture_of_the_variant_in_as_many_queries(market: Market) -> None:
    children = grid(market)
    image = ProductImage.objects.create(product=market.bowl, original="nuit.webp", alt="Nuit", width=5, height=5)
    client, counts = Client(), []
    for child in children[:2]:
        client.post("/panier/ajouter/", {"listing": child.pk})
    for picture in (None, image):
        Product.objects.filter(pk=children[0].pk).update(picture=picture)
        client.get("/panier/")
        with CaptureQueriesContext(connection) as seen:
            shown = client.get("/panier/").content.decode()
        counts.append(len(seen))
        assert ('alt="Nuit"' in shown) == (picture is not None)
    assert counts[0] == counts[1]


def data_of(text: str) -> Any:
    return json.loads(re.search(r'<script id="variantes" type="application/json">(.*?)</script>', text, re.DOTALL).group(1))


def test_the_script_is_told_of_each_variant_and_finds_each_price_drawn_once(market: Market) -> None:
    children = grid(market)
    sold_out(children[1])
    image = ProductImage.objects.create(product=market.bowl, original="nuit.webp", alt="Nuit", width=5, height=5)
    Product.objects.filter(pk=children[2].pk).update(picture=image)
    StockRecord.objects.filter(product__in=children[3:]).update(price=40)
    text = page(market)
    data = data_of(text)
    assert (data["address"], data["chosen"]) == (market.bowl.get_absolute_url(), None)
    assert [(row["id"], row["values"], row["price"], row["state"], row["picture"], row["available"]) for row in data["variants"]] == [
        (child.pk, [SIZES[place // 3], COLOURS[place % 3]], min(place, 3), int(place == 1), int(place == 2), place != 1) for place, child in enumerate(children)
    ]
    assert [price(part)[:5] for part in re.findall(r"<template data-price-of=.*?</template>", text, re.DOTALL)] == ["30,00", "31,00", "32,00", "40,00"]
    assert len(data["shares"]) == 4
    assert "De ce prix, " in data["shares"][0]


def test_no_value_can_leave_its_place_and_no_script_stands_in_the_page(market: Market) -> None:
    evil = "</script><script>alert(1)</script>"
    varied(market, ("Taille", (evil, '" onclick="x')), ("Couleur", COLOURS))
    text = page(market)
    assert "<script>alert" not in text
    assert data_of(text)["variants"][0]["values"][0] == evil
    assert all("src=" in tag or "json" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r'<[^>"]*(?:"[^"]*"[^>"]*)*\sonclick=', text)


def test_a_long_axis_is_a_list_and_a_short_one_chips(market: Market) -> None:
    varied(market, ("Taille", tuple(f"Taille {number}" for number in range(9))), ("Couleur", COLOURS))
    text = page(market)
    assert '<select id="axe-1" required>' in text
    assert text.count('name="axe-2"') == len(COLOURS)
    assert 'name="axe-1"' not in text


def test_a_listing_without_variants_is_given_no_script_of_them(market: Market) -> None:
    text = page(market)
    assert "choice.js" not in text
    assert "variantes" not in text
