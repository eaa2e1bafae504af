"""Export → restore → export: the same boutique, field by field, pictures byte for byte; hostile archives write nothing."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from lapinblanc import clock

from shop.catalogue.models import Product
from shop.catalogue.reviews.models import ProductReview, ReviewPicture
from shop.catalogue.whole.creating import create_whole
from shop.catalogue.whole.values import WholeField, WholeListing, WholePicture, WholeVariant
from shop.exporting import asking
from shop.exporting.restoring import opening
from shop.exporting.restoring.opening import HostileArchive, OpenArchive
from shop.exporting.tasks import make_archive
from shop.shipping.models import ShippingOption
from shop.vendors.models import Fair, Section, Vendor
from tests.factories import Market

pytestmark = pytest.mark.django_db
# What belongs to an instance and not to the boutique; numbers are compared by what they lead to.
OF_THE_INSTANCE = {"id", "revision"}


@pytest.fixture(autouse=True)
def exports(settings: Any, tmp_path: Path) -> None:
    settings.EXPORTS_ROOT = tmp_path / "exports"


def painted(name: str, colour: str, kind: str = "WEBP") -> str:
    out = io.BytesIO()
    PIL.Image.new("RGB", (12, 9), colour).save(out, kind)
    return default_storage.save(name, ContentFile(out.getvalue()))


def furnish(market: Market) -> Vendor:
    """Ocre with a listing of each kind and state, and everything around."""
    vendor = market.ocre
    for place, name in enumerate(("Été", "Hiver")):
        Section.objects.create(vendor=vendor, name=name, position=1 - place)
    Fair.objects.create(vendor=vendor, name="Salon", place="Rennes", postcode="35000", stand="B4", starts_on="2027-03-01", ends_on="2027-03-03", url="https://example.org/salon")
    ShippingOption.objects.create(vendor=vendor, code="vieux", label="Ancien", base_cents=100, is_active=False, free_from_cents=9000, position=2)
    portrait = painted("vendors/ocre.webp", "tan")
    facts = {"portrait": portrait, "portrait_facts": {"src": default_storage.url(portrait), "width": 12, "alt": "L’atelier"}}
    Vendor.objects.filter(pk=vendor.pk).update(**facts, about="Deux\nlignes", leave_from="2027-08-01", leave_to="2027-08-20", idu={"emballages": "FR1"}, accent="prune")
    front, back = painted("listings/1/front.webp", "red"), painted("listings/1/back.avif", "blue", "AVIF")
    rich = WholeListing(
        title="Bol d’hiver", summary="S", description="D\n\nE", category="creations/bols", section="Hiver", lead_days=9, materials=("grès", "lin"), colours=("gris",),
        occasions=("noël",), tags=("mer",), technique="tournage", making="M", care="C", made_by="B", made_in="Plouër", bought_parts="corde", second_life=True,
        weight_g=400, length_mm=1, width_mm=2, height_mm=3, diameter_mm=4, vat_rate=550, withdrawal="hygiene", legal={"food": "yes"},
        variants=(WholeVariant({"Taille": "P", "Ton": "Gris"}, 2800, 3, "P-G", 300, "b"), WholeVariant({"Taille": "G", "Ton": "Gris"}, 3400, 0, "G-G")),
        fields=(WholeField("Prénom", "text", True, 12), WholeField("Corde", "choice", False, 60, ("lin", "soie"))),
        pictures=(
            WholePicture("a", "De face", front, front, {"small": back}, 12, 9, {"x": 1, "y": 2, "width": 3, "height": 4}, "d" * 64, "https://example.org/a.jpg"),
            WholePicture("b", "De dos", back, "", {}, 12, 9),
        ),
    )
    made = create_whole(vendor=vendor, whole=rich, by=market.basile)
    create_whole(vendor=vendor, whole=WholeListing(title="Brouillon", made_to_order=True, price_cents=100), by=market.basile)
    review = ProductReview.objects.create(product=made, score=4, title="Beau", body="Très.", name="Alice", status=ProductReview.APPROVED, answer="Merci", answered_at=clock.now())
    ReviewPicture.objects.create(review=review, files={"full": painted("reviews/1.webp", "green")}, width=12, height=9, alt="Chez moi")
    Product.objects.filter(pk=made.pk).update(state="paused", published_at=clock.now())
    vendor.refresh_from_db()
    return vendor


def archive_of(vendor: Vendor, by: Any) -> Path:
    run = asking.ask_archive(vendor=vendor, by=by)
    assert make_archive.func(run.pk)
    run.refresh_from_db()
    return asking.path_of(run)


def content(path: Path) -> dict[str, Any]:
    """All that an archive says, without what belongs to the instance; listings named by their slug instead of a number."""
    with zipfile.ZipFile(path) as archive:
        listings = [json.loads(line) for line in archive.read("creations.jsonl").splitlines()]
        slugs = {line["id"]: line["slug"] for line in listings}
        reviews = [json.loads(line) for line in archive.read("avis.jsonl").splitlines()]
        return {
            "boutique": json.loads(archive.read("boutique.json")),
            "listings": [{name: value for name, value in line.items() if name not in OF_THE_INSTANCE} for line in listings],
            "reviews": [line | {"listing": slugs[line["listing"]]} for line in reviews],
            "photos": {name: archive.read(name) for name in archive.namelist() if name.startswith("photos/")},
        }


def emptied(settings: Any, tmp_path: Path, vendor: Vendor) -> None:
    """As another instance: no boutique of this name, no file."""
    Vendor.objects.filter(pk=vendor.pk).update(slug="parti")
    Product.objects.filter(vendor=vendor).update(slug="parti")
    type(vendor.partner).objects.filter(pk=vendor.partner_id).update(code="parti")
    settings.MEDIA_ROOT = tmp_path / "elsewhere"


def test_an_archive_gives_back_the_same_boutique(market: Market, settings: Any, tmp_path: Path) -> None:
    path = archive_of(furnish(market), market.basile)
    before = content(path)
    assert len(before["listings"]) == 3
    assert len(before["photos"]) == 4
    emptied(settings, tmp_path, market.ocre)
    call_command("restore_boutique", str(path), "--owner", market.basile.email, stdout=io.StringIO())
    again = Vendor.objects.get(slug="ocre")
    assert again.pk != market.ocre.pk
    after = content(archive_of(again, market.basile))
    for member in (*before["boutique"]["team"], *after["boutique"]["team"]):
        member.pop("since")
    assert after["boutique"] == before["boutique"]
    for found, wanted in zip(after["listings"], before["listings"], strict=True):
        assert found == wanted
    assert after["reviews"] == [line | {"verified": False} for line in before["reviews"]]
    assert after["photos"] == before["photos"]


def test_what_is_restored_is_on_sale(market: Market, settings: Any, tmp_path: Path, client: Any) -> None:
    path = archive_of(furnish(market), market.basile)
    emptied(settings, tmp_path, market.ocre)
    call_command("restore_boutique", str(path), "--owner", "neuve@example.org", "--slug", "ocre-2", stdout=io.StringIO())
    page = client.get("/boutiques/ocre-2/").content.decode()
    assert "Bol ocre" in page
    assert "Brouillon" not in page
    assert Vendor.objects.get(slug="ocre-2").psp_account == ""


def test_a_boutique_is_not_restored_over_another(market: Market) -> None:
    path = archive_of(furnish(market), market.basile)
    before = (Vendor.objects.count(), Product.objects.count())
    with pytest.raises(CommandError, match="already"):
        call_command("restore_boutique", str(path), stdout=io.StringIO())
    assert (Vendor.objects.count(), Product.objects.count()) == before


def rewritten(path: Path, tmp_path: Path, change: Any) -> Path:
    """The archive with `change(files, manifest)` applied; the manifest follows the files unless the change says otherwise."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}
        manifest = json.loads(archive.read("manifest.json"))
    change(files, manifest)
    made = tmp_path / "changed.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
        out.writestr("manifest.json", json.dumps(manifest))
    return made


def honest(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    """Digests of what is there now: a forger computes them too."""
    import hashlib

    manifest["files"] = {name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in files.items()}


def swapped(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["creations.jsonl"] = files["creations.jsonl"].replace(b"2800", b"1800")


def slipped(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["../../etc/cron.d/x"] = b"x"
    honest(files, manifest)


def unnamed(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["extra.txt"] = b"x"


def swollen(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["creations.jsonl"] = b" " * 30_000_000
    honest(files, manifest)


def of_tomorrow(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["format"] = 99


def script(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["photos/listings/1/front.webp"] = b"<script>alert(1)</script>"
    honest(files, manifest)


def elsewhere(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["creations.jsonl"] = files["creations.jsonl"].replace(b"photos/listings/1/front.webp", b"boutique.json")
    honest(files, manifest)


def promoted(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["creations.jsonl"] = files["creations.jsonl"].replace(b'"state": "paused"', b'"state": "royal"')
    honest(files, manifest)


def negative(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["creations.jsonl"] = files["creations.jsonl"].replace(b'"price_cents": 2800', b'"price_cents": -2800')
    honest(files, manifest)


def torn(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["creations.jsonl"] = files["creations.jsonl"][:-20]
    honest(files, manifest)


@pytest.mark.parametrize("change", [swapped, slipped, unnamed, swollen, of_tomorrow, script, elsewhere, promoted, negative, torn])
def test_a_hostile_archive_is_refused_and_leaves_nothing(market: Market, settings: Any, tmp_path: Path, change: Any) -> None:
    path = rewritten(archive_of(furnish(market), market.basile), tmp_path, change)
    emptied(settings, tmp_path, market.ocre)
    before = (Vendor.objects.count(), Product.objects.count())
    with pytest.raises(CommandError, match="Refused"):
        call_command("restore_boutique", str(path), "--owner", market.basile.email, stdout=io.StringIO())
    assert (Vendor.objects.count(), Product.objects.count()) == before
    assert [file for file in (tmp_path / "elsewhere").rglob("*") if file.is_file()] == []


def test_too_many_files_and_no_zip_at_all(market: Market, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive_of(market.ocre, market.basile)
    monkeypatch.setattr(opening, "MOST_FILES", 3)
    with pytest.raises(HostileArchive, match="more than"), OpenArchive(path) as archive:
        archive.check()
    text = tmp_path / "x.zip"
    text.write_text("not a zip")
    with pytest.raises(HostileArchive, match="ZIP"):
        OpenArchive(text)


def test_check_alone_writes_nothing(market: Market, settings: Any, tmp_path: Path) -> None:
    path = archive_of(furnish(market), market.basile)
    emptied(settings, tmp_path, market.ocre)
    out = io.StringIO()
    call_command("restore_boutique", str(path), "--check", stdout=out)
    assert "all as the manifest says" in out.getvalue()
    assert not Vendor.objects.filter(slug="ocre").exists()


def test_what_an_archive_claims_is_said_or_asked_again(market: Market, settings: Any, tmp_path: Path) -> None:
    Vendor.objects.filter(pk=market.ocre.pk).update(artisan_proved_at=clock.now())
    path = archive_of(furnish(market), market.basile)
    emptied(settings, tmp_path, market.ocre)
    out = io.StringIO()
    call_command("restore_boutique", str(path), "--owner", market.basile.email, "--slug", "crue", stdout=out)
    assert "artisan_proved_at taken on the word of the archive" in out.getvalue()
    assert Vendor.objects.get(slug="crue").artisan_proved_at is not None
    call_command("restore_boutique", str(path), "--owner", market.basile.email, "--slug", "a-voir", "--to-check", stdout=io.StringIO())
    checked = Vendor.objects.get(slug="a-voir")
    assert (checked.state, checked.artisan_proved_at, checked.charter_signed_at, checked.certified_at) == ("preparing", None, None, None)
    assert not Product.objects.filter(vendor=checked, state__in=("published", "in_review")).exists()
    assert Product.objects.filter(vendor=checked).count() == Product.objects.filter(vendor__slug="crue").count()


def steps_of_another(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["boutique.json"] = files["boutique.json"].replace(b'"weight_steps": []', b'"weight_steps": "beaucoup"')
    honest(files, manifest)


def test_prices_by_weight_that_are_none_are_refused(market: Market, settings: Any, tmp_path: Path) -> None:
    path = rewritten(archive_of(furnish(market), market.basile), tmp_path, steps_of_another)
    emptied(settings, tmp_path, market.ocre)
    with pytest.raises(CommandError, match="Refused"):
        call_command("restore_boutique", str(path), "--owner", market.basile.email, stdout=io.StringIO())
