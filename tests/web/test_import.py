"""The pages of an import: from the file to the drafts, what a person corrects, hostile cells inert, the report, the undoing."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lapinblanc.jobs.tracked import run_tracked

from shop.catalogue.models import Product
from shop.importing.models import ImportRun
from shop.importing.running import work
from tests.domain.test_importing import FILE, imported
from tests.exported import as_csv, etsy_header, etsy_row
from tests.factories import Market
from tests.web.test_access import client_of

pytestmark = pytest.mark.django_db
HOME = "/atelier/importer/"
CHOICES = {"format": "etsy", "lead_days": "5", "pictures": "none"}


def sent(client: Client, data: bytes, name: str = "etsy.csv") -> Any:
    return client.post(f"{HOME}recevoir/", {"file": SimpleUploadedFile(name, data)})


def worked(run: ImportRun) -> None:
    assert run_tracked(ImportRun, run.pk, work)
    run.refresh_from_db()


def test_from_the_file_to_the_drafts_and_back(market: Market) -> None:
    client = client_of(market.basile)
    assert "200 000 lignes" in client.get(HOME).content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    answer = sent(client, FILE)
    run = ImportRun.objects.get()
    address = f"{HOME}{run.pk}/"
    assert answer.url == address
    shown = client.get(address).content.decode()
    assert "Etsy" in shown
    assert "Bol bleu" in shown
    assert client.post(f"{address}importer/").status_code == 302
    run.refresh_from_db()
    assert run.stage == "choosing"
    for _twice in range(2):
        assert client.post(f"{address}essayer/", CHOICES).url == address
    assert "data-poll" in client.get(f"{address}avancement/").content.decode()
    run.refresh_from_db()
    assert run.state == "waiting"
    worked(run)
    tried = client.get(address).content.decode()
    assert "Rien n’est encore écrit" in tried
    assert not Product.objects.filter(vendor=market.ocre, state="draft").exists()
    client.post(f"{address}importer/")
    run.refresh_from_db()
    worked(run)
    made = Product.objects.filter(vendor=market.ocre, state="draft")
    assert made.count() == 2
    assert {product.lead_days for product in made} == {5}
    assert "Vase" in client.get(f"{address}?voir=refused").content.decode()
    assert "Bol bleu" not in client.get(f"{address}?voir=refused").content.decode()
    assert "Il manque encore" in client.get(f"{HOME}manque/").content.decode()
    assert "Mug" in client.get(f"{HOME}manque/").content.decode()
    client.post(f"{address}defaire/")
    assert made.all().count() == 0
    assert "annulé" in client.get(address).content.decode()


def test_a_column_that_no_list_knows_is_mapped_by_hand(market: Market) -> None:
    client = client_of(market.basile)
    sent(client, as_csv([["Zig", "Zag", "Zug"], ["Bol", "12,50", "4"], ["Mug", "8", "1"]]))
    run = ImportRun.objects.get()
    assert run.format == "spreadsheet"
    client.post(f"{HOME}{run.pk}/essayer/", CHOICES | {"format": "spreadsheet", "column-0": "title", "column-1": "price", "column-2": "nonsense"})
    worked(run)
    assert run.columns == ["title", "price", ""]
    assert run.lines.filter(trial=True, outcome="imported").count() == 2


def test_another_format_is_read_anew_and_wrong_choices_are_told(market: Market) -> None:
    client = client_of(market.basile)
    sent(client, FILE)
    run = ImportRun.objects.get()
    assert client.post(f"{HOME}{run.pk}/essayer/", CHOICES | {"lead_days": "-1"}).status_code == 422
    client.post(f"{HOME}{run.pk}/essayer/", CHOICES | {"format": "spreadsheet"})
    run.refresh_from_db()
    assert (run.format, run.stage, run.state) == ("spreadsheet", "choosing", "done")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\0\0\0"])
def test_what_is_no_table_is_told_and_nothing_is_kept(market: Market, data: bytes) -> None:
    assert sent(client_of(market.basile), data, "../../x.csv").status_code == 422
    assert not ImportRun.objects.exists()


def test_hostile_cells_are_text_everywhere(market: Market) -> None:
    """S13, S19: a title, a header and a picture's address that would be code elsewhere."""
    bad = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'{{7*7}}'
    header = etsy_header("fr")
    data = as_csv([[*header[:5], *header[5:]], etsy_row(f"Bol {bad}", pictures=["javascript:alert(1)"], sku="=cmd|' /C calc'!A0"), etsy_row("=HYPERLINK(1)", currency="USD")])
    client = client_of(market.basile)
    sent(client, data, "<b>.csv")
    uploaded = ImportRun.objects.get()
    run = imported(market, data)
    for address in (f"{HOME}{uploaded.pk}/", f"{HOME}{run.pk}/", HOME, f"{HOME}manque/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    rows = list(csv.reader(io.StringIO(b"".join(client.get(f"{HOME}{run.pk}/rapport.csv").streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 3
    assert rows[2][1] == "'=HYPERLINK(1)"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_a_long_report_goes_by_pages_with_as_many_questions(market: Market, django_assert_max_num_queries: Any) -> None:
    client = client_of(market.basile)
    run = imported(market, as_csv([etsy_header("fr"), *(etsy_row(f"Bol {number}", sku=f"B{number}") for number in range(60))]))
    client.get(HOME)
    with django_assert_max_num_queries(16):
        first = client.get(f"{HOME}{run.pk}/").content.decode()
    assert "Bol 49" in first
    assert "Bol 55" not in first
    assert "Bol 55" in client.get(f"{HOME}{run.pk}/?voir=&apres=50").content.decode()
    with django_assert_max_num_queries(16):
        assert "Bol 10" in client.get(f"{HOME}manque/").content.decode()
    assert client.get(f"{HOME}{run.pk}/?voir=<x>&apres=99999999999999999999").status_code == 200


def test_another_boutique_s_import_does_not_exist(market: Market) -> None:
    run = imported(market, FILE)
    other = client_of(market.camille)
    for path in ("", "avancement/", "rapport.csv"):
        assert other.get(f"{HOME}{run.pk}/{path}").status_code == 404
    for path in ("essayer/", "importer/", "photos/", "arreter/", "reprendre/", "defaire/"):
        assert other.post(f"{HOME}{run.pk}/{path}", CHOICES).status_code == 404
    assert Product.objects.filter(vendor=market.ocre, state="draft").count() == 2


def test_a_file_with_two_pictures_is_an_etsy_file_too_and_every_column_says_what_it_is(market: Market) -> None:
    header = "TITRE,DESCRIPTION,PRIX,CODE_DEVISE,QUANTITÉ,TAGS,MATÉRIAUX,IMAGE 1,IMAGE 2,TYPE VARIATION 1,NOM VARIATION 1,VALEURS VARIATION 1,RÉFÉRENCE".split(",")
    row = ["Bol à thé", "Tourné.", "38,00", "EUR", "4", "bol", "grès", "", "", "Custom Property", "Taille", "Petit,Grand", "B"]
    client = client_of(market.basile)
    sent(client, as_csv([header, row]))
    run = ImportRun.objects.get()
    assert run.format == "etsy"
    shown = client.get(f"{HOME}{run.pk}/").content.decode()
    assert "option1" not in shown.replace('value="option1', "")
    assert "son genre" in shown


def test_a_run_at_work_keeps_its_format(market: Market) -> None:
    client = client_of(market.basile)
    sent(client, FILE)
    run = ImportRun.objects.get()
    ImportRun.objects.update(state="running", stage="importing")
    client.post(f"{HOME}{run.pk}/essayer/", CHOICES | {"format": "shopify"})
    run.refresh_from_db()
    assert (run.format, run.stage, run.state) == ("etsy", "importing", "running")
