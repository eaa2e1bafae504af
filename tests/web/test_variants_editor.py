"""Variants and personalisation in the editor: what was typed follows its combination, records keep their history and stock."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import LET_GO, PersonalisationField, Product, ProductImage
from shop.catalogue.whole.reading import values_in_order
from shop.catalogue.whole.values import WholeListing, WholeVariant
from shop.partner.models import StockRecord
from shop.workshop.editor.variants import VariantPart, cents, key_of
from tests import factories as make
from tests.factories import Market
from tests.house import client_of
from tests.web.test_listing_editor import shot, typed, url

pytestmark = pytest.mark.django_db
SIZES = {"axis0-name": "Taille", "axis0-values": "Petit, Grand"}


def save(client: Client, product: Product, **said: Any) -> Any:
    facts = typed(product)
    for name in ("price", "stock"):
        if product.is_parent:
            facts.pop(name)
    return client.post(url("listing", product), facts | {"axis0-name": "", "axis0-values": ""} | said)


def pieces(product: Product) -> list[tuple[Any, ...]]:
    rows = StockRecord.objects.filter(product__parent=product, product__is_public=True).order_by("product__position")
    return [(tuple(values_in_order(row.product, row.product.parent).values()), int(row.price * 100), row.num_in_stock) for row in rows]


def test_axes_make_a_grid_at_the_usual_price(market: Market) -> None:
    basile = client_of(market.basile)
    assert save(basile, market.bowl, **SIZES, **{"axis1-name": "Couleur", "axis1-values": "Gris,Bleu"}).status_code == 302
    assert pieces(market.bowl) == [
        (("Petit", "Gris"), 5600, 5), (("Petit", "Bleu"), 5600, 5), (("Grand", "Gris"), 5600, 5), (("Grand", "Bleu"), 5600, 5),
    ]
    shown = basile.get(url("listing", market.bowl)).content.decode()
    assert 'name="v3-price"' in shown
    assert 'name="price"' not in shown


def test_what_is_typed_in_a_row_is_that_combination_s(market: Market) -> None:
    basile, picture = client_of(market.basile), shot(market.bowl)
    foreign = shot(market.mug, "Autre")
    save(basile, market.bowl, **SIZES)
    market.bowl.refresh_from_db()
    small, large = key_of({"Taille": "Petit"}), key_of({"Taille": "Grand"})
    said = {
        "v0-key": large, "v0-price": "1 034,50", "v0-stock": "2", "v0-sku": "G", "v0-weight": "900", "v0-picture": str(picture.pk), "v0-shown": "1",
        "v1-key": small, "v1-price": "30", "v1-stock": "0", "v1-picture": str(foreign.pk), "v1-shown": "1",
    }
    assert save(basile, market.bowl, **SIZES, **said).status_code == 302
    assert pieces(market.bowl) == [(("Petit",), 3000, 0), (("Grand",), 103450, 2)]
    large_piece = Product.objects.get(parent=market.bowl, position=1)
    assert (large_piece.picture, large_piece.weight_g, large_piece.stockrecords.get().partner_sku) == (picture, 900, "G")
    assert Product.objects.get(parent=market.bowl, position=0).picture is None


def test_an_axis_added_keeps_what_was_typed_and_records_that_stay_keep_their_sales(market: Market) -> None:
    basile = client_of(market.basile)
    save(basile, market.bowl, **SIZES)
    market.bowl.refresh_from_db()
    keep = {"v0-key": key_of({"Taille": "Petit"}), "v0-price": "31", "v0-stock": "4", "v0-shown": "1", "v1-key": key_of({"Taille": "Grand"}), "v1-price": "41", "v1-stock": "4", "v1-shown": "1"}
    save(basile, market.bowl, **SIZES, **keep)
    record = StockRecord.objects.get(product__parent=market.bowl, product__position=0)
    market.bowl.refresh_from_db()
    save(basile, market.bowl, **{"axis0-name": "Taille", "axis0-values": "Petit, Grand, Géant"}, **keep)
    assert StockRecord.objects.get(product__parent=market.bowl, product__position=0).pk == record.pk
    assert pieces(market.bowl) == [(("Petit",), 3100, 4), (("Grand",), 4100, 4), (("Géant",), 3100, 0)]
    market.bowl.refresh_from_db()
    save(basile, market.bowl, **SIZES, **{"axis1-name": "Anse", "axis1-values": "avec,sans"})
    assert [(values, price) for values, price, _stock in pieces(market.bowl)] == [(("Petit", "avec"), 3100), (("Petit", "sans"), 3100), (("Grand", "avec"), 4100), (("Grand", "sans"), 4100)]


def test_a_page_left_open_does_not_bring_sold_pieces_back(market: Market) -> None:
    basile = client_of(market.basile)
    StockRecord.objects.filter(product=market.bowl).update(num_in_stock=4)
    basile.post(url("listing", market.bowl), typed(market.bowl, **{"was-stock": "5", "title": "Autre"}))
    assert StockRecord.objects.get(product=market.bowl).num_in_stock == 4
    basile.post(url("listing", market.bowl), typed(market.bowl, **{"was-stock": "4", "stock": "9"}))
    assert StockRecord.objects.get(product=market.bowl).num_in_stock == 9
    save(basile, market.bowl, **SIZES)
    StockRecord.objects.filter(product__parent=market.bowl).update(num_in_stock=3)
    market.bowl.refresh_from_db()
    said = {"v0-key": key_of({"Taille": "Petit"}), "v0-price": "31", "v0-stock": "9", "v0-was": "9", "v0-shown": "1", "v1-key": key_of({"Taille": "Grand"}), "v1-price": "41", "v1-stock": "7", "v1-was": "9", "v1-shown": "1"}
    save(basile, market.bowl, **SIZES, **said)
    assert pieces(market.bowl) == [(("Petit",), 3100, 3), (("Grand",), 4100, 7)]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"axis0-name": "Taille"}, "Nommez les choix"), ({"axis0-values": "a,b"}, "Que font varier"),
        (SIZES | {"axis1-name": "taille", "axis1-values": "x"}, "figure deux fois"),
        ({"axis0-name": "N", "axis0-values": ",".join(str(n) for n in range(101))}, "cent au plus"),
        (SIZES | {"v0-key": "Taille=Petit", "v0-price": "gratuit", "v0-stock": "1"}, "Un prix comme"),
        (SIZES | {"v0-key": "Taille=Petit", "v0-price": "3", "v0-stock": "-1"}, "Un nombre de pièces"),
    ],
)
def test_a_grid_that_is_wrong_is_said_and_nothing_changes(market: Market, said: dict[str, str], sentence: str) -> None:
    basile = client_of(market.basile)
    save(basile, market.bowl, **SIZES)
    market.bowl.refresh_from_db()
    before = pieces(market.bowl)
    answer = save(basile, market.bowl, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert pieces(market.bowl) == before


def test_a_reference_used_elsewhere_is_named(market: Market) -> None:
    make.listing(market.ocre, "Vase")
    StockRecord.objects.filter(product__title="Vase").update(partner_sku="V-1")
    basile = client_of(market.basile)
    save(basile, market.bowl, **SIZES)
    market.bowl.refresh_from_db()
    answer = save(basile, market.bowl, **SIZES, **{"v0-key": "Taille=Petit", "v0-price": "3", "v0-stock": "1", "v0-sku": "V-1", "v0-shown": "1"})
    assert answer.status_code == 422
    assert "« V-1 »" in answer.content.decode()


def test_without_axes_it_is_one_piece_again(market: Market) -> None:
    basile = client_of(market.basile)
    save(basile, market.bowl, **SIZES)
    market.bowl.refresh_from_db()
    save(basile, market.bowl)
    found = Product.objects.get(pk=market.bowl.pk)
    assert (found.structure, found.price_cents, found.children.count()) == ("standalone", 5600, 0)


def test_a_variant_without_a_price_keeps_a_creation_unpublished(market: Market) -> None:
    basile = client_of(market.basile)
    draft = make.listing(market.ocre, "Vase", state="draft", published_at=None)
    ProductImage.objects.create(product=draft, original="x.webp", alt="Un vase", width=1, height=1)
    save(basile, draft, **SIZES)
    StockRecord.objects.filter(product__parent=draft, product__position=1).update(price=None)
    basile.post(url("listing_state", draft), {"state": "published"})
    assert Product.objects.get(pk=draft.pk).state == "draft"


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.lists(st.sampled_from("xyz"), min_size=1, max_size=3, unique=True)), min_size=1, max_size=3, unique_by=lambda row: row[0]))
def test_a_grid_holds_each_combination_once(axes: list[tuple[str, list[str]]]) -> None:
    said = {f"axis{place}-name": name for place, (name, _values) in enumerate(axes)} | {f"axis{place}-values": ", ".join(values) for place, (_name, values) in enumerate(axes)}
    whole = WholeListing("Vase", price_cents=100, stock=1)
    part = VariantPart(said, whole, None)  # type: ignore[arg-type]
    made = part.apply(whole).variants
    count = 1
    for _name, values in axes:
        count *= len(values)
    assert part.is_valid()
    assert len({key_of(variant.values) for variant in made}) == len(made) == count
    again = VariantPart(said, whole.but(variants=made), None)  # type: ignore[arg-type]
    assert again.apply(whole.but(variants=made)).variants == made


@pytest.mark.parametrize(("text", "found"), [("1 034,50 €", 103450), ("24.5", 2450), ("0,49", None), ("", None), ("1e9", None), ("12,345", None), ("٣", None)])
def test_prices_as_people_write_them(text: str, found: int | None) -> None:
    assert cents(text) == found


def test_questions_are_kept_in_order_and_checked(market: Market) -> None:
    basile = client_of(market.basile)
    said = {
        "f0-label": "Prénom", "f0-kind": "text", "f0-required": "1", "f0-max": "12", "f0-place": "2",
        "f1-label": "Corde", "f1-kind": "choice", "f1-choices": "lin, chanvre", "f1-place": "1", "f2-label": "", "f2-kind": "text",
    }
    assert save(basile, market.bowl, **said).status_code == 302
    found = list(PersonalisationField.objects.filter(product=market.bowl).values_list("label", "kind", "required", "max_length", "choices"))
    assert found == [("Corde", "choice", False, 60, ["lin", "chanvre"]), ("Prénom", "text", True, 12, [])]
    shown = Client().get(market.bowl.get_absolute_url()).content.decode()
    assert "Corde" in shown
    for wrong in ({"f0-max": "0"}, {"f0-kind": "file"}, {"f1-choices": "lin"}, {"f1-label": "prénom"}):
        answer = save(basile, market.bowl, **(said | wrong))
        assert answer.status_code == 422
        assert PersonalisationField.objects.filter(product=market.bowl).count() == 2
    save(basile, market.bowl, **(said | {"f1-label": ""}))
    assert PersonalisationField.objects.get(product=market.bowl).label == "Prénom"


def test_a_form_without_these_parts_leaves_them(market: Market) -> None:
    make.field(market.bowl)
    client_of(market.basile).post(reverse("workshop:listing", args=[market.bowl.pk]), typed(market.bowl, title="Autre"))
    assert PersonalisationField.objects.filter(product=market.bowl).exists()


def test_made_to_order_variants_have_no_stock(market: Market) -> None:
    basile = client_of(market.basile)
    save(basile, market.bowl, **SIZES, made_to_order="on")
    assert [stock for _values, _price, stock in pieces(market.bowl)] == [None, None]
    assert WholeVariant({"a": "b"}, 1).stock is None


def test_a_variant_that_is_not_shown_cannot_be_bought(market: Market) -> None:
    save(client_of(market.basile), market.bowl, **SIZES)
    child = Product.objects.get(parent=market.bowl, position=0)
    Product.objects.filter(pk=child.pk).update(is_public=False)
    answer = Client().post("/panier/ajouter/", {"listing": child.pk, "quantity": 1})
    assert answer.status_code in (404, 422)
    shown = Product.objects.get(parent=market.bowl, position=1)
    assert Client().post("/panier/ajouter/", {"listing": shown.pk, "quantity": 1}).status_code == 302


def test_a_whole_with_variants_is_not_bought_by_its_own_old_record(market: Market) -> None:
    save(client_of(market.basile), market.bowl, **SIZES)
    assert Client().post("/panier/ajouter/", {"listing": market.bowl.pk, "quantity": 1}).status_code in (404, 422)
    Product.objects.filter(parent=market.bowl).update(is_public=False)
    freeze_listings([market.bowl.pk])
    assert not Product.objects.get(pk=market.bowl.pk).sellable


def test_a_variant_not_shown_stays_in_the_grid_and_one_let_go_leaves_it(market: Market) -> None:
    basile = client_of(market.basile)
    save(basile, market.bowl, **SIZES)
    market.bowl.refresh_from_db()
    said = {"v0-key": key_of({"Taille": "Petit"}), "v0-price": "31", "v0-stock": "4", "v1-key": key_of({"Taille": "Grand"}), "v1-price": "41", "v1-stock": "4", "v1-shown": "1"}
    for _time in range(2):
        save(basile, market.bowl, **SIZES, **said)
        market.bowl.refresh_from_db()
        assert list(Product.objects.filter(parent=market.bowl).order_by("position").values_list("is_public", flat=True)) == [False, True]
    make.bought((Product.objects.get(parent=market.bowl, position=1), 1))
    save(basile, market.bowl, **{"axis0-name": "Taille", "axis0-values": "Petit"}, **said, **{"v0-shown": "1"})
    large = Product.objects.get(parent=market.bowl, variant_values={"Taille": "Grand"})
    assert (large.is_public, large.position) == (False, LET_GO)
    assert 'value="Taille=Grand"' not in basile.get(url("listing", market.bowl)).content.decode()
