"""Branches of extended responsibility: which number each kind of goods asks for, and how a number is written (LAW G2)."""

import json
from pathlib import Path

import pytest

from shop.compliance.branches import LABELS, branches_of, read_idu, shown, unregistered
from tests.unit.test_legal_requirements import paths


@pytest.mark.parametrize(("path", "legal", "expected"), [
    ("creations/table/bols", {}, ("emballages",)),
    ("creations/mode/bonnets", {}, ("emballages", "textiles")),
    ("creations/mode/ceintures", {}, ("emballages",)),
    ("creations/table/torchons", {}, ("emballages", "textiles")),
    ("creations/maison/coussins", {}, ("emballages", "ameublement")),
    ("creations/maison/tabourets", {}, ("emballages", "ameublement")),
    ("creations/enfants/doudous-et-lapins", {}, ("emballages", "jouets")),
    ("creations/maison/luminaires", {"power": "mains"}, ("emballages", "electrique")),
    ("creations/maison/luminaires", {"power": "battery"}, ("emballages", "electrique", "piles")),
    ("creations/maison/luminaires", {"power": "none"}, ("emballages",)),
    ("creations/table/bols", {"power": "mains"}, ("emballages",)),
    ("mercerie/garnitures/tissus", {}, ("emballages",)),
    ("", {}, ("emballages",)),
])
def test_each_kind_asks_for_its_branches(path: str, legal: dict[str, str], expected: tuple[str, ...]) -> None:
    assert branches_of(path, legal) == expected


def test_every_branch_of_the_demo_s_tree_has_a_name() -> None:
    tree = json.loads(Path("fixtures/demo/categories.json").read_text(encoding="utf-8"))
    assert {branch for path in paths(tree) for branch in branches_of(path, {"power": "battery"})} <= set(LABELS)


def test_what_is_missing_is_said_and_nothing_is_asked_of_private_persons() -> None:
    numbers = {"emballages": "FR123456_01ABCD"}
    (sentence,) = unregistered("creations/mode/bonnets", {}, numbers, private=False)
    assert "IDU" in sentence
    assert unregistered("creations/mode/bonnets", {}, numbers | {"textiles": "FR123456_11ABCD"}, private=False) == []
    assert len(unregistered("creations/mode/bonnets", {}, {}, private=False)) == 2
    assert unregistered("creations/mode/bonnets", {}, {}, private=True) == []


@pytest.mark.parametrize(("typed", "number"), [("FR123456_01ABCD", "FR123456_01ABCD"), (" fr 123456-01 abcd ", "FR123456_01ABCD"), ("", ""), ("FR123456\u00a001ABCD", None), ("FR12345_01ABCD", None), ("FR123456_01ABCDE", None), ("123456", None)])
def test_a_number_is_read_as_the_register_writes_it(typed: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(ValueError, match="."):
            read_idu(typed)
    else:
        assert read_idu(typed) == number


def test_buyers_read_them_in_the_order_of_the_branches() -> None:
    assert [number for _label, number in shown({"jouets": "B", "emballages": "A", "textiles": ""})] == ["A", "B"]
