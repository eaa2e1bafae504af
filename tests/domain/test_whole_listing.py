"""A whole listing as one value: read, written, brought back; variants keep their records, stock is not undone."""

from typing import Any

import pytest

from shop.catalogue.models import Product
from shop.catalogue.whole.creating import create_whole
from shop.catalogue.whole.reading import read_whole, with_everything
from shop.catalogue.whole.rows import SkuTaken
from shop.catalogue.whole.values import WholeField, WholeListing, WholePicture, WholeVariant
from shop.catalogue.whole.versions import whole_of
from shop.catalogue.whole.writing import ChangedMeanwhile, StockBelowReserved, write_whole
from shop.partner.models import StockRecord
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db

WHOLE = WholeListing(
    title="Bol de l’estran", summary="Un bol gris.", description="Tourné à Plouër.", category="creations/bols",
    lead_days=5, materials=("grès",), colours=("gris",), tags=("mer",), technique="tournage", making="Au tour.", care="À la main.",
    made_by="Maëlle", made_in="Plouër-sur-Rance", bought_parts="cordelette", weight_g=420, diameter_mm=140, legal={"food": "yes"},
    variants=(
        WholeVariant({"Taille": "Petit", "Couleur": "Gris"}, 2800, 3, "B-P-G", 300),
        WholeVariant({"Taille": "Grand", "Couleur": "Gris"}, 3400, 2, "B-G-G", 500),
    ),
    fields=(WholeField("Prénom", "text", True, 12), WholeField("Corde", "choice", False, 60, ("lin", "chanvre"))),
    pictures=(WholePicture("a", "Le bol de face", "listings/x/a.webp", width=800, height=600, derivatives={"small": "a-400.webp"}, digest="d" * 64),),
)


def read(product: Any) -> WholeListing:
    return read_whole(with_everything(Product.objects.filter(pk=product.pk)).get())


def same(found: WholeListing, wanted: WholeListing) -> None:
    """Equal but for the names that the database gives to pictures."""
    keys = {picture.key: str(place) for place, picture in enumerate(found.pictures)}
    ours = {picture.key: str(place) for place, picture in enumerate(wanted.pictures)}

    def plain(whole: WholeListing, named: dict[str, str]) -> dict[str, Any]:
        facts = whole.to_json()
        for picture in facts["pictures"]:
            picture["key"] = named[picture["key"]]
        for variant in facts["variants"]:
            variant["picture"] = named.get(variant["picture"], "")
        return facts

    assert plain(found, keys).keys() == plain(wanted, ours).keys()
    assert {k: v for k, v in plain(found, keys).items() if k != "pictures"} == {k: v for k, v in plain(wanted, ours).items() if k != "pictures"}
    assert [(p.alt, p.original, p.width, p.digest) for p in found.pictures] == [(p.alt, p.original, p.width, p.digest) for p in wanted.pictures]


def test_what_is_written_is_read(market: Market) -> None:
    product = create_whole(vendor=market.ocre, whole=WHOLE, by=market.basile)
    assert product.state == "draft"
    same(read(product), WHOLE)
    same(WholeListing.from_json(read(product).to_json()), WHOLE)


def test_a_variant_that_stays_keeps_its_record_and_one_that_goes_is_deleted(market: Market) -> None:
    product = create_whole(vendor=market.ocre, whole=WHOLE, by=market.basile)
    small = StockRecord.objects.get(partner_sku="B-P-G")
    changed = WHOLE.but(variants=(WholeVariant({"Couleur": "Gris", "Taille": "Petit"}, 3000, 9, "B-P-G"),))
    write_whole(product=product, whole=changed, by=market.basile)
    kept = StockRecord.objects.get(product__parent=product)
    assert (kept.pk, kept.num_in_stock) == (small.pk, 9)
    assert product.children.count() == 1


def test_an_older_version_brought_back_leaves_the_stock(market: Market) -> None:
    product = create_whole(vendor=market.ocre, whole=WHOLE, by=market.basile)
    first = product.versions.get()
    write_whole(product=product, whole=WHOLE.but(title="Autre", variants=(WHOLE.variants[0],)), by=market.basile)
    StockRecord.objects.filter(product__parent=product).update(num_in_stock=1)
    write_whole(product=product, whole=whole_of(first), by=market.basile, why="undo", stock=False)
    back = read(product)
    assert back.title == WHOLE.title
    assert [(v.sku, v.stock) for v in back.variants] == [("B-P-G", 1), ("B-G-G", 2)]
    assert list(product.versions.values_list("why", flat=True)) == ["undo", "edit", "create"]


def test_a_form_opened_before_another_write_is_told_so(market: Market) -> None:
    product = create_whole(vendor=market.ocre, whole=WHOLE, by=market.basile)
    with pytest.raises(ChangedMeanwhile) as refused:
        write_whole(product=product, whole=WHOLE.but(title="Vieux"), by=market.basile, revision=product.revision - 1)
    assert refused.value.revision == product.revision
    assert read(product).title == WHOLE.title


def test_stock_below_what_is_set_aside_changes_nothing(market: Market) -> None:
    make.bought((market.bowl, 3))
    whole = read(market.bowl)
    with pytest.raises(StockBelowReserved):
        write_whole(product=market.bowl, whole=whole.but(title="Rien", stock=2), by=market.basile)
    assert read(market.bowl) == whole


def test_a_reference_is_one_piece_s_in_a_boutique(market: Market) -> None:
    create_whole(vendor=market.ocre, whole=WHOLE, by=market.basile)
    with pytest.raises(SkuTaken) as refused:
        create_whole(vendor=market.ocre, whole=WHOLE.but(variants=(), sku="B-P-G", price_cents=100, stock=1), by=market.basile)
    assert refused.value.sku == "B-P-G"
    assert Product.objects.by(market.ocre).filter(title=WHOLE.title).count() == 1
    create_whole(vendor=market.sel, whole=WHOLE, by=market.camille)


def test_writes_of_autosave_are_one_version(market: Market) -> None:
    product = create_whole(vendor=market.ocre, whole=WHOLE, by=market.basile)
    for number in range(3):
        write_whole(product=product, whole=WHOLE.but(summary=f"Essai {number}"), by=market.basile, why="autosave")
    assert list(product.versions.values_list("why", "revision")) == [("autosave", 4), ("create", 1)]


def test_a_variant_that_was_sold_is_hidden_and_comes_back(market: Market) -> None:
    product = create_whole(vendor=market.ocre, whole=WHOLE, by=market.basile)
    Product.objects.filter(pk=product.pk).update(state="published", published_at=product.date_created)
    child = Product.objects.get(parent=product, position=1)
    make.bought((child, 1, {"Prénom": "Zoé"}))
    write_whole(product=product, whole=WHOLE.but(variants=WHOLE.variants[:1]), by=market.basile)
    child.refresh_from_db()
    assert not child.is_public
    assert [v.sku for v in read(product).variants] == ["B-P-G"]
    write_whole(product=product, whole=WHOLE, by=market.basile)
    child.refresh_from_db()
    assert child.is_public
