"""The archive of a boutique: whole or not there, every file named with its digest, nothing of another boutique in it."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from lapinblanc import clock
from lapinblanc.jobs.tracked import WorkState
from lapinblanc.private import private_storage
from lapinblanc.sheets import FORMULA

from shop.catalogue.models import Product
from shop.catalogue.reviews.models import ProductReview
from shop.catalogue.whole.columns import facts_of_rows
from shop.catalogue.whole.creating import create_whole
from shop.catalogue.whole.values import WholeListing, WholePicture, WholeVariant
from shop.coupons.models import Coupon, Sale
from shop.exporting import asking, making
from shop.exporting.models import ExportRun
from shop.exporting.tasks import make_archive, tidy
from shop.ledger.balances import vendor_balance
from shop.messaging.models import Attachment, Conversation, Message
from shop.prices.models import PriceWindow
from shop.vendors.models import Fair, Section, Vendor
from tests import factories as make
from tests.factories import Market

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def exports(settings: Any, tmp_path: Path) -> Path:
    settings.EXPORTS_ROOT = tmp_path / "exports"
    return settings.EXPORTS_ROOT / "boutiques"


def furnished(market: Market) -> Vendor:
    """Ocre with everything: pictures, variants, a section, a fair, a sale, a review."""
    vendor = market.ocre
    Section.objects.create(vendor=vendor, name="Hiver")
    Fair.objects.create(vendor=vendor, name="Salon de l’artisanat", place="Rennes", starts_on="2027-03-01", ends_on="2027-03-03")
    for name in ("front", "front-400", "front-master"):
        default_storage.save(f"listings/1/{name}.webp", ContentFile(name.encode()))
    create_whole(
        vendor=vendor, by=market.basile,
        whole=WholeListing(
            title="=Bol, ; \"rare\"", description="Une ligne.\n\nUne autre.", category="creations/bols", section="Hiver", materials=("grès",), tags=("mer",), weight_g=420,
            variants=(WholeVariant({"Taille": "Petit"}, 2800, 3, "P", 300, "a"), WholeVariant({"Taille": "Grand"}, 3400, 0, "G")),
            pictures=(WholePicture("a", "De face", "listings/1/front.webp", "listings/1/front-master.webp", {"small": "listings/1/front-400.webp"}, 10, 10),),
        ),
    )
    make.bought((market.bowl, 2), (market.mug, 1), buyer=market.alice, email="alice@example.org")
    ProductReview.objects.create(product=market.bowl, score=5, title="Beau", body="Très.", name="Alice", status=ProductReview.APPROVED)
    for owner, title in ((vendor, "Bol ocre"), (market.sel, "Mug de sel")):
        talk = Conversation.objects.create(vendor=owner, buyer=market.alice, email="alice@example.org", name="Alice", subject=title)
        said = Message.objects.create(conversation=talk, side="buyer", text=f"Bonjour, {title} ?", key=uuid4())
        Attachment.objects.create(message=said, kind="picture", path=private_storage().save("messages/x.webp", ContentFile(title.encode())), name="chez moi.webp", size=3)
        Message.objects.create(conversation=talk, side="buyer", text="Injure", key=uuid4(), hidden_at=clock.now())
    Coupon.objects.create(vendor=vendor, code="MERCI10", kind="percent", percent=10, starts_at=clock.now(), listings=[market.bowl.pk])
    sale = Sale.objects.create(vendor=vendor, title="Fin de série", starts_at=clock.now(), ends_at=clock.now() + timedelta(days=3))
    facts = {"starts_at": sale.starts_at, "ends_at": sale.ends_at, "agreed_at": sale.starts_at, "price_cents": 5000, "campaign": sale.key}
    PriceWindow.objects.create(stockrecord=market.bowl.stockrecords.get(), **facts)
    ProductReview.objects.create(product=market.mug, score=1, title="Ailleurs", body="Non.", name="Alice", status=ProductReview.APPROVED)
    return vendor


def archive_of(vendor: Vendor, by: Any) -> zipfile.ZipFile:
    run = asking.ask_archive(vendor=vendor, by=by)
    assert make_archive.func(run.pk)
    run.refresh_from_db()
    assert run.state == WorkState.DONE
    return zipfile.ZipFile(asking.path_of(run))


def lines(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(name).decode().splitlines()]


def rows(archive: zipfile.ZipFile, name: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_the_manifest_names_every_file_with_its_digest(market: Market) -> None:
    archive = archive_of(furnished(market), market.basile)
    manifest = json.loads(archive.read("manifest.json"))
    assert set(manifest["files"]) | {"manifest.json"} == set(archive.namelist())
    assert len(archive.namelist()) == len(set(archive.namelist()))
    for name, facts in manifest["files"].items():
        content = archive.read(name)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (facts["sha256"], facts["bytes"]), name
    assert manifest["counts"]["creations.jsonl"] == 2
    assert manifest["missing"] == []
    for name in ("LISEZMOI.txt", "README.txt"):
        assert archive.read(name)
    assert b"WHAT IS INSIDE" in archive.read("README.txt")


def test_pictures_are_there_byte_for_byte_and_not_deflated(market: Market) -> None:
    archive = archive_of(furnished(market), market.basile)
    for name in ("front", "front-400", "front-master"):
        path = f"photos/listings/1/{name}.webp"
        assert archive.read(path) == name.encode()
        assert archive.getinfo(path).compress_type == zipfile.ZIP_STORED
    rich = next(line for line in lines(archive, "creations.jsonl") if line["variants"])
    assert rich["pictures"][0]["original"] == "photos/listings/1/front.webp"
    assert rich["variants"][0]["picture"] == rich["pictures"][0]["key"]


def test_a_lost_picture_is_said_and_stops_nothing(market: Market) -> None:
    vendor = furnished(market)
    default_storage.delete("listings/1/front.webp")
    archive = archive_of(vendor, market.basile)
    assert json.loads(archive.read("manifest.json"))["missing"] == ["photos/listings/1/front.webp"]
    assert "front.webp" in archive.read("LISEZMOI.txt").decode()


def test_nothing_of_another_boutique_and_no_address_of_a_buyer(market: Market) -> None:
    archive = archive_of(furnished(market), market.basile)
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Bol ocre" in everything
    for foreign in (b"Mug de sel", b"Ailleurs", b"alice@example.org", b"camille@example.org", b"basile@example.org"):
        assert foreign not in everything, foreign
    order = lines(archive, "commandes.jsonl")[0]
    assert order["address"]["last_name"] == "Martin"
    assert [line["quantity"] for line in order["lines"]] == [2]
    assert order["lines"][0]["price_cents"] == 11200
    assert f"documents/{order['number']}.html" in archive.namelist()


def test_conversations_are_there_with_their_files_and_without_what_was_hidden(market: Market) -> None:
    archive = archive_of(furnished(market), market.basile)
    (talk,) = lines(archive, "messages.jsonl")
    (said,) = talk["messages"]
    assert (talk["name"], said["text"]) == ("Alice", "Bonjour, Bol ocre ?")
    assert archive.read(said["files"][0]["file"]) == b"Bol ocre"


def test_codes_and_sales_are_there(market: Market) -> None:
    archive = archive_of(furnished(market), market.basile)
    assert [(line["code"], line["percent"], line["listings"]) for line in lines(archive, "codes.jsonl")] == [("MERCI10", 10, [market.bowl.pk])]
    assert [(line["title"], [price["price_cents"] for price in line["prices"]]) for line in lines(archive, "ventes.jsonl")] == [("Fin de série", [5000])]


def test_the_statement_ends_at_the_balance(market: Market) -> None:
    archive = archive_of(furnished(market), market.basile)
    last = rows(archive, "releve.csv", ";")[-1]["solde (€)"]
    total = vendor_balance(vendor_id=market.ocre.pk).total
    assert last == f"{total.cents // 100},{total.cents % 100:02d}"
    assert total.cents > 0


def test_our_table_gives_back_the_listings(market: Market) -> None:
    archive = archive_of(furnished(market), market.basile)
    wanted = {line["id"]: WholeListing.from_json(line) for line in lines(archive, "creations.jsonl")}
    found: dict[int, list[dict[str, str]]] = {}
    for row in rows(archive, "creations-lapinblanc.csv", ";"):
        found.setdefault(int(row["identifiant"]), []).append(row)
    assert set(found) == set(wanted)
    for pk, table in found.items():
        back, meant = WholeListing.from_json(facts_of_rows(table)), wanted[pk]
        assert back.but(pictures=(), legal={}) == meant.but(pictures=(), legal={})
        assert [(p.original, p.alt) for p in back.pictures] == [(p.original, p.alt) for p in meant.pictures]


@pytest.mark.parametrize(("name", "columns", "count"), [("etsy.csv", 27, 2), ("shopify.csv", 43, 3), ("woocommerce.csv", 56, 4)])
def test_other_platforms_get_the_columns_that_they_read(market: Market, name: str, columns: int, count: int) -> None:
    table = rows(archive_of(furnished(market), market.basile), name)
    assert len(table) == count
    assert {len(row) for row in table} == {columns}
    assert not [cell for row in table for cell in row.values() if cell.startswith(FORMULA) and cell != "-1"]


def test_variants_as_each_platform_asks(market: Market) -> None:
    archive = archive_of(furnished(market), market.basile)
    etsy = next(row for row in rows(archive, "etsy.csv") if row["VARIATION 1 NAME"])
    assert (etsy["PRICE"], etsy["QUANTITY"], etsy["VARIATION 1 VALUES"]) == ("28.00", "3", "Petit,Grand")
    shopify = [row for row in rows(archive, "shopify.csv") if row["Option1 value"] in ("Petit", "Grand")]
    assert [row["Price"] for row in shopify] == ["28.00", "34.00"]
    assert [bool(row["Title"]) for row in shopify] == [True, False]
    assert shopify[0]["Product image URL"].startswith("http")
    woo = [row for row in rows(archive, "woocommerce.csv") if row["Parent"] or row["Type"] == "variable"]
    assert [row["Type"] for row in woo] == ["variable", "variation", "variation"]
    assert {row["Parent"] for row in woo[1:]} == {woo[0]["SKU"]}
    assert woo[0]["Attribute 1 value(s)"] == "Petit, Grand"


def test_a_job_killed_half_way_leaves_no_file_that_looks_whole(market: Market, exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(book: Any) -> None:
        raise MemoryError

    run = asking.ask_archive(vendor=furnished(market), by=market.basile)
    with monkeypatch.context() as patch:
        patch.setattr(making, "_finish", dies)
        with pytest.raises(MemoryError):
            make_archive.func(run.pk)
    run.refresh_from_db()
    assert (run.state, run.file) == (WorkState.FAILED, "")
    assert list(exports.iterdir()) == []
    assert asking.try_again(run=run)
    assert make_archive.func(run.pk)
    assert len(list(exports.iterdir())) == 1


def test_one_at_a_time_and_one_file_for_a_boutique(market: Market, exports: Path, mailoutbox: list[Any]) -> None:
    first = asking.ask_archive(vendor=market.ocre, by=market.basile)
    assert asking.ask_archive(vendor=market.ocre, by=market.basile) == first
    assert make_archive.func(first.pk)
    assert not make_archive.func(first.pk)
    assert [mail.to for mail in mailoutbox] == [["basile@example.org"]]
    archive_of(market.ocre, market.basile)
    assert len(list(exports.iterdir())) == 1
    first.refresh_from_db()
    assert first.file == ""


def test_after_seven_days_the_file_is_gone(market: Market, exports: Path) -> None:
    archive_of(market.ocre, market.basile)
    with clock.at(clock.now() + making.KEPT):
        assert asking.ready(market.ocre) is None
        assert tidy.func()["gone"] == 1
    assert list(exports.iterdir()) == []
    assert ExportRun.objects.get().state == WorkState.DONE


def test_called_off_it_leaves_nothing(market: Market, exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = asking.ask_archive(vendor=market.ocre, by=market.basile)
    whole = making._finish

    def cancelled(book: Any) -> None:
        whole(book)
        ExportRun.objects.get(pk=run.pk).cancel()

    monkeypatch.setattr(making, "_finish", cancelled)
    assert not make_archive.func(run.pk)
    run.refresh_from_db()
    assert (run.state, list(exports.iterdir())) == (WorkState.CANCELLED, [])


def test_the_number_of_queries_is_the_same_for_two_and_for_thirty_two(market: Market, django_assert_max_num_queries: Any) -> None:
    from shop.exporting.reading import Categories, batches, exported

    for number in range(31):
        make.listing(market.ocre, f"Bol {number}")
    categories = Categories()
    with django_assert_max_num_queries(8):
        assert len([exported(product, vendor=market.ocre, categories=categories) for batch in batches(market.ocre) for product in batch]) == 32
    assert Product.objects.filter(vendor=market.ocre).count() == 32
