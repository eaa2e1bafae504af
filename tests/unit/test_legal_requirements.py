"""What the law asks by family: each lack is a sentence, what is complete is quiet; every category of the demo was thought of."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shop.compliance import families
from shop.compliance.fibres import BadFibres, read_fibres
from shop.compliance.requirements import VendorFacts, asked, missing
from shop.compliance.units import unit_price

OCRE = VendorFacts(name="Ocre", postal="3 rue du Port, 22690 Plouër", electronic="ocre@example.org")
COMPLETE: dict[str, dict[str, str]] = {
    families.TEXTILE: {"fibres": "laine 80 %, soie 20 %", "animal_parts": "no"},
    families.TOYS: {"age": "3", "ce": "yes", "declaration": "2026-04", "toy_warning": "Ne convient pas aux enfants de moins de 36 mois. Petits éléments."},
    families.BABY: {"baby_use": "baby", "baby_standard": "EN 71-3"},
    families.COSMETICS: {"cpnp": "4012345", "responsible": "Ocre", "inci": "Sodium Olivate", "pao": "12", "precautions": "Évitez les yeux.", "net_qty": "100", "net_unit": "g"},
    families.CANDLES: {"clp": "classified", "pictograms": "GHS07", "phrases": "H317", "candle_safety": "Ne laissez jamais brûler seule."},
    families.TABLEWARE: {"food_contact": "ceramic", "lead_cadmium": "Laboratoire, mars 2026"},
    families.FOOD: {"ingredients": "Miel", "durability": "2028", "storage": "Au sec", "operator": "Ocre", "net_qty": "250", "net_unit": "g"},
    families.JEWELLERY: {"metal": "silver", "fineness": "925", "metal_weight_g": "4,2", "hallmark": "maker", "nickel": "yes"},
    families.LEATHER: {"hide": "Vachette, pleine fleur"},
    families.BAGS: {"has_leather": "yes", "hide": "Vachette"},
    families.ELECTRICAL: {"power": "mains", "ce": "2026-02", "bulb": "E27, 40 W"},
    families.FURNITURE: {"assembly": "Chêne massif, huilé"},
}
OPTIONAL = {"ufi", "safety"}


@pytest.mark.parametrize("family", COMPLETE)
def test_a_complete_answer_is_quiet_and_each_lack_is_one_sentence(family: str) -> None:
    facts = COMPLETE[family]
    assert missing((families.GENERAL, family), facts, OCRE) == []
    for row in asked((family,), facts):
        if row.required:
            without = {key: value for key, value in facts.items() if key != row.key}
            said = missing((families.GENERAL, family), without, OCRE)
            assert str(row.label) in " ".join(said), row.key


def test_the_boutique_stands_for_the_maker_and_what_it_lacks_is_said() -> None:
    assert missing((families.GENERAL,), {}, OCRE) == []
    nobody = VendorFacts(name="", postal="", electronic="")
    assert len(missing((families.GENERAL,), {}, nobody, identified=False)) == 4
    assert missing((families.GENERAL,), {"maker_name": "A", "maker_postal": "B", "maker_electronic": "c@example.org", "identifier": "L1"}, nobody, identified=False) == []


def test_a_toy_of_fourteen_years_is_none_and_a_choice_must_be_known() -> None:
    assert missing((families.TOYS,), {"age": "14"}, OCRE) == []
    assert missing((families.TOYS,), {"age": "99"}, OCRE) != []


@pytest.mark.parametrize(("metal", "weight", "fineness", "fine"), [
    ("gold", "2,9", "750", True), ("gold", "3", "750", False), ("silver", "29,9", "925", True), ("silver", "30", "925", False), ("silver", "4", "375", False),
])
def test_the_guarantee_mark_depends_on_the_weight(metal: str, weight: str, fineness: str, fine: bool) -> None:
    facts = {"metal": metal, "fineness": fineness, "metal_weight_g": weight, "hallmark": "maker", "nickel": "yes"}
    assert (missing((families.JEWELLERY,), facts, OCRE) == []) is fine


@pytest.mark.parametrize(("text", "rows"), [
    ("laine 80 %, soie 20 %", [("laine", 80), ("soie", 20)]), ("20% soie ; 80% mérinos", [("laine", 80), ("soie", 20)]),
    ("100 % lin", [("lin", 100)]), ("coton 66,5 %, lin 33,5 %", None),
])
def test_fibres_are_read_by_official_names_the_most_first(text: str, rows: Any) -> None:
    read = read_fibres(text)
    assert sum(share for _name, share in read) == 100
    assert rows is None or [(name, int(share)) for name, share in read] == rows


@pytest.mark.parametrize("text", ["laine 80 %", "laine 80 %, soie 30 %", "laine, soie", "douceur 100 %", "", "laine 100"])
def test_what_is_no_composition_is_refused(text: str) -> None:
    with pytest.raises(BadFibres):
        read_fibres(text)


@pytest.mark.parametrize(("cents", "qty", "unit", "price"), [
    (750, "100", "g", (7500, "kg")), (900, "25", "cl", (3600, "L")), (450, "1,5", "m", (300, "m")), (100, "3", "kg", (33, "kg")),
    (100, "0", "g", None), (100, "NaN", "g", None), (100, "", "g", None), (100, "1", "ell", None),
])
def test_price_by_unit(cents: int, qty: str, unit: str, price: Any) -> None:
    assert unit_price(cents, {"net_qty": qty, "net_unit": unit}) == price


def paths(rows: list[dict[str, Any]], above: str = "") -> Iterator[str]:
    for row in rows:
        here = f"{above}/{row['slug']}" if above else row["slug"]
        yield here
        yield from paths(row.get("children", []), here)


def thought_of(path: str) -> bool:
    """The leaf or one of its parents below the root has families; supplies are their own."""
    root, *below = path.split("/")
    return root == "mercerie" or any(slug in families.BY_SLUG for slug in below or [root])


def test_every_category_of_the_demo_was_thought_of() -> None:
    tree = json.loads(Path("fixtures/demo/categories.json").read_text(encoding="utf-8"))
    assert [path for path in paths(tree) if not thought_of(path)] == []
    assert families.families_of("creations/bijoux/colliers") == ("general", "jewellery")
    assert families.families_of("creations/table/torchons") == ("general", "textile")
    assert families.families_of("mercerie/fil-et-laine/laines") == ("general", "supplies", "textile")
    assert families.families_of("") == ("general",)
