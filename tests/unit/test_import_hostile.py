"""Files that are no files: bombs, NULs, rows without end, quotes that never close, archives with paths (FAULTS R24, S13, S18)."""

import gzip
import io
import resource
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.importing import amounts, cells
from shop.importing.decoding import mended
from shop.importing.incoming import Reading
from shop.importing.sources import opened
from shop.importing.tables import Unreadable, rows_of_csv
from tests.exported import as_csv, etsy_header, etsy_row, read

ROOT = Path(__file__).resolve().parents[2]
# Printable text without what a table cannot hold or the readers take away on purpose.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp"), exclude_characters="ÂÃâãäåæçèéêëìíîïðÐÑÄÅÆÇÈÉÊËÌÍÎÏÒÓÔÕÖ×ØÙÚÛÜÝÞß\ufeff"), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=8), separator=st.sampled_from(",;\t|"), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]), ends=st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_is_written_in_any_dialect_is_read(rows: list[list[str]], separator: str, encoding: str, ends: str) -> None:
    header = ["Titre", "Prix", "Description"]
    data = as_csv([header, *rows, ["Bol", "12", "Un bol qui a un texte assez long, comme tous"]], separator=separator, encoding=encoding, ends=ends)
    source = opened(io.BytesIO(data))
    found = [row.cells for row in source.rows()]
    source.close()
    assert found[0] == header
    assert found[1:-1] == [row for row in rows if any(cell.strip() for cell in row)]


@settings(max_examples=80, deadline=None)
@given(data=st.binary(max_size=3000))
def test_no_bytes_at_all_break_the_reader(data: bytes) -> None:
    with suppress(Unreadable):
        read(data)


def test_nuls_empty_rows_and_a_quote_that_never_closes() -> None:
    good = as_csv([etsy_header("fr"), etsy_row("Bol\0 gris"), [""] * 27])
    broken = good + b'"Mug sans fin,texte,12.00,EUR,1\r\n' + as_csv([etsy_row("Vase"), etsy_row("Plat")])
    found = read(broken)[1]
    assert [one.title for one in found if one.whole] == ["Bol gris", "Vase", "Plat"]
    assert len([one for one in found if one.refused]) == 1


def test_a_million_columns_and_a_field_of_two_megabytes_cost_their_row_alone() -> None:
    wide = b",".join([b"x"] * 1_000_000) + b"\r\n"
    long = as_csv([etsy_row("Long", description="x" * 3_000_000)])
    found = read(as_csv([etsy_header("fr"), etsy_row("Bol")]) + wide + long + as_csv([etsy_row("Vase")]))[1]
    assert [one.title for one in found if one.whole] == ["Bol", "Vase"]
    assert [bool(one.refused) for one in found] == [False, True, True, False]


def test_packed_files_and_bombs() -> None:
    plain = as_csv([etsy_header("fr"), etsy_row("Bol")])
    assert read(gzip.compress(plain))[1][0].title == "Bol"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as room:
        room.writestr("../../etc/cron.d/x.csv", plain)
    assert read(packed.getvalue())[1][0].title == "Bol"
    assert not Path("/etc/cron.d/x.csv").exists()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as room, room.open("a.csv", "w", force_zip64=True) as inside:
        for _block in range(210):
            inside.write(b"\0" * 1024 * 1024)
    for data in (bomb.getvalue(), gzip.compress(b"a" * 210 * 1024 * 1024)):
        with pytest.raises(Unreadable):
            read(data)


@pytest.mark.parametrize("data", [b"", b"\0" * 50, b"%PDF-1.7 x", b"PK\x03\x04broken", b"\x1f\x8bbroken", b"<!doctype html><p>", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_what_is_no_table_is_told_in_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable) as why:
        read(data)
    assert why.value.message


def test_a_spreadsheet_file_is_read() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Titre", "Prix", "Stock", "Code"], ["Bol", 12.5, 3, "=1+1"], ["Mug", 8, None, None]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    found = read(file.getvalue())[1]
    assert [(one.whole.title, one.whole.price_cents, one.whole.stock) for one in found if one.whole] == [("Bol", 1250, 3), ("Mug", 800, 1)]


def test_markup_is_text_and_scripts_are_nothing() -> None:
    assert cells.prose("<p>Un</p><script>alert(1)</script><ul><li>a</li><li>b</li></ul><img src=x onerror=alert(1)>") == "Un\n\n• a\n\n• b"
    assert cells.prose("2 < 3 &amp; 4 > 1") == "2 < 3 & 4 > 1"
    assert cells.prose("a\u202eb\x07c") == "abc"
    assert "<svg" not in cells.prose("<svg/onload=alert(1)>x")


@pytest.mark.parametrize(("text", "cents"), [("1 034,50 €", 103450), ("1,034.50", 103450), ("1.034,50", 103450), ("1'034.50", 103450), ("12,9", 1290), ("12.900000", 1290), ("１２，５０", 1250), ("€ 8", 800), ("", None), ("0,995", 100), (".5", 50), ("12€50", 1250), ("12 € 50", 1250), ("25,-", 2500), ("25,– €", 2500), ("12 € TTC", 1200), ("12.00 EUR", 1200)])
def test_amounts_as_people_write_them(text: str, cents: int | None) -> None:
    assert amounts.cents(text) == cents


def test_text_decoded_wrongly_is_mended_and_right_text_left() -> None:
    assert mended("ThÃ©iÃ¨re Ã  lâ€™ancienne, 12 â‚¬") == "Théière à l’ancienne, 12 €"
    for right in ("Théière à l’ancienne", "Ångström ÃO", "日本語", "São Paulo, “ä”", "« qualité » et « déjà »", "Gré\u00a0» à\u00a0\u00a0"):
        assert mended(right) == right


def test_memory_is_flat_whatever_the_rows(tmp_path: Path) -> None:
    """Fifty megabytes in a process that may hold little more than Python itself."""
    file = tmp_path / "big.csv"
    with file.open("wb") as out:
        out.write(as_csv([etsy_header("fr")]))
        for number in range(11_000):
            out.write(as_csv([etsy_row(f"Bol {number}", description="Un bol. " * 500)]))
    assert 40 < file.stat().st_size / 1024**2 < 50
    script = (
        "import django; django.setup(); import resource\n"
        "from shop.importing.sources import opened\nfrom shop.importing.grouping import Sorted, recognise\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"s = opened(open({str(file)!r}, 'rb')); how = recognise(s)\n"
        "with Sorted(s, how) as rows:\n    n = sum(1 for g in rows.groups() if g.incoming.whole)\n"
        "print(n, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1024**3, 1024**3)), env={"PYTHONPATH": "site:.", "DJANGO_SETTINGS_MODULE": "lapinblanc.settings.test", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)})
    count, grown = done.stdout.split()[-2:]
    assert int(count) == 11_000
    assert int(grown) < 60, grown


def test_rows_have_their_lines() -> None:
    rows = list(rows_of_csv(io.BytesIO(b'a,b\n\n"x\ny",1\nz,2\n')))
    assert [(row.line, row.cells) for row in rows] == [(1, ["a", "b"]), (3, ["x\ny", "1"]), (5, ["z", "2"])]


@pytest.mark.parametrize("text", ["a" + "\u00a0" * 50_000 + "b", "<div>" * 10_000, "<ul><li>" * 6_000, "<a href='" * 5_500, "<a href='" * 5_500 + ">" * 50, "<a><!--" * 7_000, "<script>" * 6_000, "1" + " " * 50_000 + "1x1", "<p>" + "\t" * 50_000 + "b"], ids=range(9))
def test_fifty_kilobytes_in_one_cell_hold_nobody_up(text: str) -> None:
    """The time is that of the length: what is quadratic takes seconds here, what is linear some hundredths of one."""
    started = time.process_time()
    cells.prose(text)
    cells.listed(text)
    cells.measure(text, "g", cells.GRAMS, Reading())
    assert time.process_time() - started < 0.6


@pytest.mark.parametrize(("text", "plain"), [
    ('<p title="a > b">Un <b>bol</b></p><p>gris</p>', "Un bol\n\ngris"), ("<ul><li>un</li><li>deux</li></ul>", "• un\n\n• deux"), ("2 < 3 <br>ici", "2 < 3\nici"), ("<p>it's</p><p>l'eau</p>", "it's\n\nl'eau"),
    ("a<!-- > -->b<p>", "ab"), ("a<style>p > b</style>c<p>", "ac"), ("a<script>x", "a"), ("<p>&lt;b&gt; &amp; c</p>", "<b> & c"), ("<embed src=x>a", "a"),
])
def test_words_of_html_without_its_marks(text: str, plain: str) -> None:
    assert cells.prose(text) == plain


def test_a_spreadsheet_that_names_a_row_beyond_all_is_refused_at_once() -> None:
    """A few bytes that would have us count to a hundred thousand millions, while a page is waited for."""
    room, sheet = io.BytesIO(), "xl/worksheets/sheet1.xml"
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Titre", "Prix"], ["Bol", "12"]):
        book.active.append(row)
    book.save(room)
    bent = io.BytesIO()
    with zipfile.ZipFile(room) as whole, zipfile.ZipFile(bent, "w") as out:
        for name in whole.namelist():
            data = whole.read(name)
            if name == sheet:
                data = data.replace(b"A1:B2", b"A1:B99999999999").replace(b'r="2"', b'r="99999999999"').replace(b'r="A2"', b'r="A99999999999"').replace(b'r="B2"', b'r="B99999999999"')
            out.writestr(name, data)

    def late(*_about: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(10)
    try:
        with pytest.raises(Unreadable) as why:
            list(opened(bent).rows())
        assert not isinstance(why.value.__cause__, TimeoutError)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def zipped(**files: bytes) -> bytes:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w") as out:
        for name, data in files.items():
            out.writestr(name.replace("_DOT_", ".").replace("_IN_", "/"), data)
    return room.getvalue()


TABLE = as_csv([["Titre", "Prix", "Stock"], ["Bol", "12,50", "3"]])
ORDERS = as_csv([["Sale Date", "Item Name", "Buyer", "Quantity", "Price", "Order ID", "Ship Name"], ["01/02/25", "Bol", "jane", "1", "12", "3", "Jane"]])


@pytest.mark.parametrize(("data", "word"), [
    (ORDERS, "commandes"), (as_csv([["Nom", "Courriel", "Téléphone", "Prix"], ["A", "a@b.example", "1", "2"]]), "commandes"), (as_csv([["Titre", "Prix", "Stock"]]), "en-tête"), (b"," * 1_000_000, "en-tête"), (b'"' * 1_000_000, "en-tête"),
    (as_csv([["Titre", "Prix", *(str(number) for number in range(5000))], ["Bol", "12"]]), "colonnes"), (b'[{"title": "Bol"}]', "JSON"), (b"\n <table><tr><td>Titre</td></tr></table>", "HTML"), (zipped(content_DOT_xml=b"<x/>"), "LibreOffice"),
    (zipped(Index_IN_Document_DOT_iwa=b"x"), "Numbers"), (zipped(a_DOT_jpg=b"x"), "tableau"), (zipped(), "tableau"), (zipped(a_DOT_csv=zipped(b_DOT_csv=zipped(c_DOT_csv=TABLE))), "zips"), (zipped(a_DOT_csv=TABLE, b_DOT_csv=TABLE), "2 tableaux"),
], ids=range(14))
def test_what_holds_no_creations_says_in_french_what_to_send(data: bytes, word: str) -> None:
    with translation.override("fr"), pytest.raises(Unreadable) as why:
        read(data)
    assert word in why.value.message


@pytest.mark.parametrize("data", [
    zipped(a_DOT_csv=TABLE, LISEZMOI_DOT_txt=b"bonjour"), TABLE.replace(b"\r\n", b"," * 4000 + b"\r\n"), b'"Titre,Prix,Stock"\r\n"Bol,""12,50"",3"\r\n', b"".join(b"ligne %d\r\n" % number for number in range(15)) + TABLE.replace(b'"', b""). replace(b"12,50", b"12.50"),
    b"Bol;12,50 \xe2\x82\xac;3\r\nMug;8,00 \xe2\x82\xac;1\r\n", TABLE.replace(b"12,50", "١٢٫٥٠".encode()), TABLE + TABLE, TABLE.replace(b"Bol", "\u202eBol\u202c\u2066".encode()), TABLE.replace(b"Bol", b"B\0ol"), TABLE.replace(b"Bol", "Bol\ud800".encode("utf-8", "surrogatepass")),
], ids=range(10))
def test_what_is_bent_is_read_all_the_same(data: bytes) -> None:
    whole = next(one.whole for one in read(data)[1] if one.whole)
    assert whole.title.startswith("Bol")
    assert (whole.price_cents, whole.stock) == (1250, 3)


def test_a_formula_in_a_cell_is_text_or_refused_and_never_reckoned() -> None:
    found = read(as_csv([["Titre", "Prix", "Stock"], ['=HYPERLINK("http://x.example";"Bol")', "12", "@SUM(1)"], ["Mug", "=10+2", "1"]]))[1]
    assert found[0].whole
    assert (found[0].whole.title, found[0].whole.stock, bool(found[0].notes)) == ('=HYPERLINK("http://x.example";"Bol")', 0, True)
    assert found[1].refused


@pytest.mark.parametrize("text", ["a" + "\u00a0" * 50_000 + "b", "<div>" * 10_000, "1" + " " * 50_000 + "1x1", "1." + "-" * 50_000 + "x", ";#abc" * 10_000, "; " * 20_000 + "#abc:", "http://" * 7_000, "1€" * 25_000], ids=range(8))
def test_fifty_kilobytes_in_any_cell_of_a_table_hold_nobody_up(text: str) -> None:
    for header in (
        ["Titre", "Prix", "Photo", "Taille", "Poids", "Stock", "Couleur"], ["name", "fieldType", "handleId", "price", "productImageUrl", "productOptionDescription1", "inventory"],
        ["Title", "Product Page", "Price", "Hosted Image URLs", "Option Value 1", "Stock", "Weight"],
    ):
        started = time.process_time()
        read(as_csv([header, ["Bol", *[text] * 6], ["Mug", *[text] * 6]]))
        assert time.process_time() - started < 3
