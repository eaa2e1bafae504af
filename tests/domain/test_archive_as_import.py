"""An archive sent to another boutique's import: its creations come in as drafts, pictures from the zip itself, twice is once."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lapinblanc.jobs.tracked import run_tracked

from shop.catalogue.models import Product
from shop.catalogue.whole.reading import read_whole, with_everything
from shop.catalogue.whole.values import WholeListing
from shop.importing.models import ImportRun, Stage
from shop.importing.running import begin, receive, work
from shop.vendors.models import Section, Vendor
from tests.domain.test_importing import said
from tests.domain.test_restore import archive_of, furnish
from tests.factories import Market

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def exports(settings: Any, tmp_path: Path) -> None:
    settings.EXPORTS_ROOT = tmp_path / "exports"


def sent(market: Market, path: Path, **options: Any) -> ImportRun:
    with path.open("rb") as file:
        run = receive(vendor=market.sel, file=file, filename="atelier.zip", by=market.camille, options={"pictures": "zip"} | options)
    for stage in (Stage.IMPORTING, Stage.PICTURES):
        assert begin(run=run, stage=stage)
        assert run_tracked(ImportRun, run.pk, work)
        run.refresh_from_db()
    return run


def wholes(vendor: Vendor, *titles: str) -> list[WholeListing]:
    return [read_whole(row) for row in with_everything(Product.objects.filter(vendor=vendor, title__in=titles).order_by("title"))]


def comparable(whole: WholeListing) -> WholeListing:
    """Without what the house gives: keys and files of pictures, references made up where there were none."""
    places = {picture.key: str(place) for place, picture in enumerate(whole.pictures)}
    return whole.but(
        pictures=tuple(replace(picture, key="", original="", master="", derivatives=None, crop=None, digest="", source_url="", width=0, height=0) for picture in whole.pictures),
        variants=tuple(replace(variant, picture=places.get(variant.picture, "")) for variant in whole.variants),
        sku="" if whole.sku.startswith(("ocre-", "sel-")) else whole.sku,
    )


def test_an_archive_comes_in_through_the_import_field_by_field(market: Market) -> None:
    path = archive_of(furnish(market), market.basile)
    run = sent(market, path)
    assert (run.format, said(run)[0], said(run)[5]) == ("ours", 3, 0)
    titles = ("Bol d’hiver", "Brouillon")
    here, there = wholes(market.sel, *titles), wholes(market.ocre, *titles)
    assert [comparable(whole) for whole in here] == [comparable(whole) for whole in there]
    assert {product.state for product in Product.objects.filter(vendor=market.sel, title__in=titles)} == {"draft"}
    rich = here[0]
    assert [picture.alt for picture in rich.pictures] == ["De face", "De dos"]
    assert {picture.original for picture in rich.pictures}.isdisjoint(picture.original for picture in there[0].pictures)
    assert Section.objects.filter(vendor=market.sel, name="Hiver").count() == 1


def test_the_same_archive_twice_changes_nothing(market: Market) -> None:
    path = archive_of(furnish(market), market.basile)
    sent(market, path)
    before = [read_whole(row) for row in with_everything(Product.objects.filter(vendor=market.sel).order_by("pk"))]
    again = sent(market, path)
    assert said(again)[:3] == (0, 0, 3)
    assert [read_whole(row) for row in with_everything(Product.objects.filter(vendor=market.sel).order_by("pk"))] == before


def test_twenty_sections_are_the_most(market: Market) -> None:
    for number in range(20):
        Section.objects.create(vendor=market.sel, name=f"Rayon {number}", position=number)
    run = sent(market, archive_of(furnish(market), market.basile))
    line = run.lines.get(trial=False, title="Bol d’hiver")
    assert any("vingt" in sentence for sentence in line.sentences)
    assert wholes(market.sel, "Bol d’hiver")[0].section == ""
