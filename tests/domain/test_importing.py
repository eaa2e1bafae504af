"""An import into the catalogue: drafts, twice is once, killed is resumed, what was changed here is kept, undone whole."""

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DataError
from lapinblanc.jobs.tracked import run_tracked

from shop.catalogue.models import Product
from shop.catalogue.whole import creating
from shop.catalogue.whole.columns import HEADER, rows_of
from shop.catalogue.whole.reading import read_whole, with_everything
from shop.catalogue.whole.values import WholeField, WholeListing, WholeVariant
from shop.catalogue.whole.writing import write_whole
from shop.importing import running
from shop.importing.models import ImportedListing, ImportLine, ImportRun, Stage
from shop.importing.running import begin, counts, go_through, receive, work
from shop.importing.undoing import undo
from shop.partner.models import StockRecord
from tests.exported import PRESTA, as_csv, by_name, etsy_header, etsy_row
from tests.factories import Market

pytestmark = pytest.mark.django_db


def imported(market: Market, data: bytes, *, stage: str = Stage.IMPORTING, vendor: Any = None, **options: Any) -> ImportRun:
    run = receive(vendor=vendor or market.ocre, file=io.BytesIO(data), filename="fichier.csv", by=market.basile, options={"pictures": "none"} | options)
    assert begin(run=run, stage=stage)
    assert run_tracked(ImportRun, run.pk, work)
    run.refresh_from_db()
    return run


def said(run: ImportRun, *, trial: bool = False) -> tuple[int, ...]:
    """(new, changed, unchanged, kept, warned, refused)."""
    return tuple(counts(run, trial=trial).values())


def drafts(market: Market) -> Any:
    return Product.objects.filter(vendor=market.ocre, state="draft").order_by("pk")


def whole(product: Any) -> WholeListing:
    return read_whole(with_everything(Product.objects.filter(pk=product.pk)).get())


FILE = as_csv([etsy_header("fr"), etsy_row("Bol bleu", axes=[("Taille", "Petit,Grand")], sku="A,B"), etsy_row("Mug", "12,00", sku="M1"), etsy_row("Vase", "vingt")])


def test_drafts_are_made_and_the_same_file_changes_nothing(market: Market) -> None:
    run = imported(market, FILE)
    assert said(run) == (2, 0, 0, 0, 2, 1) or said(run)[:4] == (2, 0, 0, 0)
    assert said(run)[5] == 1
    bowl, mug = drafts(market)
    assert [product.state for product in (bowl, mug)] == ["draft", "draft"]
    assert whole(mug).price_cents == 1200
    assert whole(mug).sku == "M1"
    assert whole(mug).category == "" or whole(mug).category.startswith("creations")
    assert len(whole(bowl).variants) == 2
    before = (Product.objects.count(), StockRecord.objects.count(), bowl.revision)
    again = imported(market, FILE)
    assert said(again)[:3] == (0, 0, 2)
    bowl.refresh_from_db()
    assert (Product.objects.count(), StockRecord.objects.count(), bowl.revision) == before


def test_a_dry_run_says_the_same_and_writes_nothing(market: Market) -> None:
    before = Product.objects.count()
    run = imported(market, FILE, stage=Stage.TRYING)
    assert said(run, trial=True)[0] == 2
    assert Product.objects.count() == before
    assert not ImportedListing.objects.exists()
    assert begin(run=run, stage=Stage.IMPORTING)
    assert run_tracked(ImportRun, run.pk, work)
    assert said(run)[0] == 2


def test_what_was_changed_here_is_kept_unless_chosen_and_stock_is_not_undone(market: Market) -> None:
    imported(market, FILE)
    mug = drafts(market).last()
    write_whole(product=mug, whole=whole(mug).but(title="Mug à moi"), by=market.basile)
    other = as_csv([etsy_header("fr"), etsy_row("Mug du fichier", "14,00", sku="M1", quantity="50")])
    assert said(imported(market, other))[:4] == (0, 0, 0, 1)
    mug.refresh_from_db()
    assert mug.title == "Mug à moi"
    assert said(imported(market, other, overwrite=True))[:4] == (0, 1, 0, 0)
    assert (whole(mug).title, whole(mug).price_cents, whole(mug).stock) == ("Mug du fichier", 1400, 7)
    third = as_csv([etsy_header("fr"), etsy_row("Mug du fichier", "14,00", sku="M1", quantity="51")])
    imported(market, third, stock=True)
    assert whole(mug).stock == 51


def test_a_price_in_another_currency_never_takes_the_one_here_away(market: Market) -> None:
    imported(market, as_csv([etsy_header("fr"), etsy_row("Mug", "12,00", sku="M1"), etsy_row("Bol", "28", axes=[("Taille", "P,G")])]))
    imported(market, as_csv([etsy_header("fr"), etsy_row("Mug", "14.00", currency="USD", sku="M1", tags="neuf"), etsy_row("Bol", "30", currency="USD", axes=[("Taille", "P,G")], tags="neuf")]))
    mug, bowl = (whole(product) for product in drafts(market))
    assert (mug.tags, mug.price_cents) == (("neuf",), 1200)
    assert (bowl.tags, [variant.price_cents for variant in bowl.variants]) == (("neuf",), [2800, 2800])


def test_a_killed_import_goes_on_where_it_was(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    data = as_csv([etsy_header("fr"), *(etsy_row(f"Bol {number}", sku=f"B{number}") for number in range(8))])
    run = receive(vendor=market.ocre, file=io.BytesIO(data), filename="x.csv", by=market.basile, options={"pictures": "none"})
    begin(run=run, stage=Stage.IMPORTING)
    real, count = ImportedListing.objects.bulk_create, []

    def dies(rows: Any) -> Any:
        made = real(rows)
        count.append(1)
        if len(count) == 2:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(running, "TOGETHER", 3)
    monkeypatch.setattr(ImportedListing.objects, "bulk_create", dies)
    with pytest.raises(KeyboardInterrupt):
        run_tracked(ImportRun, run.pk, work)
    assert drafts(market).count() == 3
    monkeypatch.setattr(ImportedListing.objects, "bulk_create", real)
    ImportRun.objects.filter(pk=run.pk).update(state="waiting")
    assert run_tracked(ImportRun, run.pk, work)
    assert drafts(market).count() == 8
    assert said(run)[0] == 8
    assert ImportLine.objects.filter(run=run).count() == 8


def test_many_together_cost_the_queries_of_a_few(market: Market, django_assert_max_num_queries: Any) -> None:
    def asked(count: int, first: int) -> int:
        data = as_csv([etsy_header("fr"), *(etsy_row(f"Bol {number}", sku=f"B{number}") for number in range(first, first + count))])
        run = receive(vendor=market.ocre, file=io.BytesIO(data), filename="x.csv", by=market.basile, options={"pictures": "none"})
        ImportRun.objects.filter(pk=run.pk).update(state="running", stage=Stage.IMPORTING)
        with django_assert_max_num_queries(80) as queries:
            go_through(run, trial=False)
        assert said(run)[0] == count
        return len(queries)

    assert asked(50, 100) <= asked(5, 200) + 2


def test_what_the_database_refuses_is_refused_alone(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """One listing that cannot be written takes none of those beside it along."""
    real = creating._records

    def refuses(vendor: Any, made: Any) -> None:
        if any(one.whole.title == "Bol 2" for one in made):
            raise DataError("valeur hors limites")
        real(vendor, made)

    monkeypatch.setattr(creating, "_records", refuses)
    run = imported(market, as_csv([etsy_header("fr"), *(etsy_row(f"Bol {number}", sku=f"B{number}") for number in range(5))]))
    assert said(run)[0] == 4
    assert [line.title for line in run.lines.filter(trial=False, outcome="refused")] == ["Bol 2"]
    assert list(drafts(market).values_list("title", flat=True)) == ["Bol 0", "Bol 1", "Bol 3", "Bol 4"]


def test_a_reference_that_another_piece_has_is_left_out_and_said(market: Market) -> None:
    taken = StockRecord.objects.filter(partner=market.ocre.partner).first()
    run = imported(market, as_csv([["Titre", "Prix", "Référence"], ["Bol", "10", taken.partner_sku], ["Mug", "11", "X"], ["Vase", "12", "X"]]))
    # A reference that two creations of one file share is the first one's: the second comes without, and nothing is lost.
    assert (said(run)[0], said(run)[5]) == (3, 0)
    line, _mug, vase = run.lines.order_by("number")
    assert any(taken.partner_sku in sentence for sentence in line.sentences)
    assert any("X" in sentence for sentence in vase.sentences)
    assert [whole(product).sku == "X" for product in drafts(market)] == [False, True, False]
    assert said(imported(market, as_csv([["Titre", "Prix", "Référence"], ["Bol", "10", taken.partner_sku], ["Mug", "11", "X"], ["Vase", "12", "X"]])))[2] == 3


def test_prices_without_tax_of_variants_get_it_too(market: Market) -> None:
    market.ocre.__class__.objects.filter(pk=market.ocre.pk).update(vat_regime="normal", vat_number="FR12345678901")
    market.ocre.refresh_from_db()
    imported(market, as_csv([["Titre", "Taille", "Prix HT"], ["Bol", "P", "20"], ["Bol", "G", "30"]]))
    assert [(dict(v.values), v.price_cents) for v in whole(drafts(market).get()).variants] == [({"Taille": "P"}, 2400), ({"Taille": "G"}, 3600)]


def test_one_boutique_s_keys_are_not_another_s(market: Market) -> None:
    imported(market, FILE)
    assert said(imported(market, FILE, vendor=market.sel))[:3] == (2, 0, 0)
    assert Product.objects.filter(vendor=market.sel, state="draft").count() == 2


def test_prices_without_tax_and_combinations_of_prestashop(market: Market) -> None:
    market.ocre.__class__.objects.filter(pk=market.ocre.pk).update(vat_regime="normal", vat_number="FR12345678901")
    market.ocre.refresh_from_db()
    product = as_csv([PRESTA, by_name(PRESTA, **{"Product ID": "7", "Name *": "Bol", "Active (0/1)": "1", "Price tax excluded": "20.00", "Quantity": "4", "Categories (x,y,z...)": "Bols"})], separator=";")
    pieces = as_csv([["Product ID*", "Attribute (Name:Type:Position)*", "Value (Value:Position)*", "Impact on price", "Quantity"], ["7", "Taille:select:0", "Petit:0", "0", "2"], ["7", "Taille:select:0", "Grand:1", "5", "1"]], separator=";")
    assert said(imported(market, pieces))[5] == 1
    imported(market, product)
    bowl = drafts(market).get()
    assert (whole(bowl).price_cents, whole(bowl).category) == (2400, "creations/bols")
    assert said(imported(market, pieces))[1] == 1
    assert [(dict(v.values), v.price_cents, v.stock) for v in whole(bowl).variants] == [({"Taille": "Petit"}, 2400, 2), ({"Taille": "Grand"}, 2900, 1)]
    assert said(imported(market, pieces))[2] == 1
    assert said(imported(market, product))[2] == 1
    assert len(whole(bowl).variants) == 2


def test_our_own_csv_comes_back_field_by_field(market: Market) -> None:
    wanted = WholeListing(
        title="=Bol | de l’estran", summary="Un bol.", description="Ligne\n\nautre", category="creations/bols", lead_days=9, materials=("grès", "lin|coton"), colours=("gris",), tags=("mer",),
        technique="tournage", making="Au tour.", care="À la main.", made_by="Maëlle", made_in="Plouër", weight_g=None, diameter_mm=140, vat_rate=550, withdrawal="personalised", legal={"food": "yes"},
        variants=(WholeVariant({"Taille": "Petit"}, 2800, 3, "B-P", 300), WholeVariant({"Taille": "Grand"}, 3400, 0, "B-G", 500)), fields=(WholeField("Prénom", "text", True, 12),),
    )
    run = imported(market, as_csv([list(HEADER), *rows_of("42", wanted)], separator=";", encoding="utf-8-sig"))
    assert run.format == "ours"
    assert said(run)[0] == 1, run.lines.get().sentences
    assert whole(drafts(market).get()) == wanted


def test_json_lines_and_lines_that_lie(market: Market) -> None:
    import json

    good = json.dumps({"key": "1", "title": "Bol", "price_cents": 2800, "stock": 2})
    wrong = ['{"key": 2}', '{"title": "x", "price_cents": -4}', '{"title": "x", "variants": [{"values": 3}]}', "[1", '{"title": "x", "materials": "abc", "vat_rate": "x"}']
    run = imported(market, "\n".join([good, *wrong]).encode())
    assert said(run)[0] == 1
    assert said(run)[5] == len(wrong)


def test_a_whole_import_is_undone_but_what_was_touched_stays(market: Market) -> None:
    run = imported(market, FILE)
    bowl, mug = drafts(market)
    write_whole(product=mug, whole=whole(mug).but(title="Mug à moi"), by=market.basile)
    undone = undo(run=run)
    assert (undone.removed, undone.kept) == (1, 1)
    assert not Product.objects.filter(pk=bowl.pk).exists()
    assert Product.objects.filter(pk=mug.pk).exists()
    assert undo(run=run).removed == 0


def test_the_command_prints_counts_and_what_was_refused(market: Market, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "etsy.csv"
    file.write_bytes(FILE)
    call_command("import_listings", str(file), vendor="ocre", dry_run=True)
    assert drafts(market).count() == 0
    call_command("import_listings", str(file), vendor="ocre")
    out = capsys.readouterr().out
    assert "format: etsy" in out
    assert out.count("imported: 2") == 2
    assert "refused, lines" in out
    file.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError):
        call_command("import_listings", str(file), vendor="ocre")
