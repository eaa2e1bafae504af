"""Our own CSV: every listing comes back from its rows exactly, texts that look like formulas too (FAULTS S19)."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from lapinblanc.sheets import FORMULA, guarded, unguarded

from shop.catalogue.whole.columns import HEADER, KEY, facts_of_rows, rows_of
from shop.catalogue.whole.values import WholeField, WholeListing, WholePicture, WholeVariant

PLAIN = WholeListing(title="Bol", price_cents=2800, stock=3, sku="B-1", weight_g=420, vat_rate=550, category="creations/bols", lead_days=5)
RICH = WholeListing(
    title="=HYPERLINK(\"http://x\")", summary="'+déjà", description="Deux lignes,\n« ; » et \"guillemets\"", section="Hiver", materials=("grès", "-lin"),
    colours=("blanc",), occasions=("noël | fête",), tags=("@mer",), second_life=True, legal={"food": "yes"}, made_to_order=True, diameter_mm=140,
    variants=(
        WholeVariant({"Taille": "Petit | moyen", "Couleur": "=Gris"}, 2805, None, "-P", 300, "photos/a.webp"),
        WholeVariant({"Taille": "Grand", "Couleur": "Gris"}, 3400, None, "G", None, "", shown=False),
    ),
    fields=(WholeField("Prénom", "text", True, 12), WholeField("Corde", "choice", False, 60, ("lin", "chanvre"))),
    pictures=(WholePicture("photos/a.webp", "De face", "photos/a.webp"), WholePicture("photos/b.webp", "", "photos/b.webp")),
)


def through_a_file(whole: WholeListing) -> WholeListing:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADER)
    writer.writerows(rows_of("7", whole, state="published"))
    out.seek(0)
    rows = list(csv.DictReader(out, delimiter=";"))
    assert {row[KEY] for row in rows} == {"7"}
    return WholeListing.from_json(facts_of_rows(rows))


@pytest.mark.parametrize("whole", [PLAIN, RICH])
def test_a_listing_comes_back_from_its_rows(whole: WholeListing) -> None:
    # A dictionary says no « legal » as well as an empty one does.
    assert replace(through_a_file(whole), legal=whole.legal) == whole
    assert dict(through_a_file(whole).legal or {}) == dict(whole.legal or {})


def test_no_cell_is_a_formula() -> None:
    cells = [cell for row in rows_of("7", RICH) for cell in row]
    assert len([cell for cell in cells if cell.startswith("'")]) == 4
    assert not [cell for cell in cells if cell.startswith(FORMULA)]


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'aujourd’hui", "'", "", "-", "\t=", "plain", "' =", "+33", "@x", "\r"])
def test_the_guard_gives_back_every_text(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA)


@pytest.mark.parametrize(("said", "cents"), [("28,00", 2800), ("28", 2800), ("1 234,5", 123450), ("0,07", 7)])
def test_amounts_are_read_as_people_write_them(said: str, cents: int) -> None:
    assert facts_of_rows([{"titre": "x", "prix": said}])["price_cents"] == cents


@pytest.mark.parametrize("row", [{"prix": "cher"}, {"prix": "1,234"}, {"variante": "Petit"}, {"stock": "beaucoup"}, {"prix": "-3"}])
def test_what_cannot_be_read_is_said(row: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        facts_of_rows([{"titre": "x"} | row])
