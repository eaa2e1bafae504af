"""The axes of a choice, from the values of its variants: a grid or nothing. And how a variant is named where it is bought."""

from itertools import combinations, product
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.catalogue.choosing import AxisFacts, ChoiceFacts, VariantFacts, axes_of, variant_named, with_variant
from shop.catalogue.terms import PriceFacts, StateFacts
from shop.catalogue.whole.reading import LONGEST_SAID, values_said

CHEAP, DEAR = PriceFacts("40,00 €", share="36 € à la boutique"), PriceFacts("45,00 €", share="41 € à la boutique")
READY, GONE = StateFacts("Prête à partir", True), StateFacts("Ce choix est épuisé", False)


def variant(pk: int, *values: str, offer: PriceFacts = CHEAP, state: StateFacts = READY, picture: int = 0) -> VariantFacts:
    return VariantFacts(id=pk, values=values, offer=offer, state=state, note="", picture=picture, most=10)


def choice(*variants: VariantFacts, names: tuple[str, ...] = ("Taille", "Couleur"), chosen: VariantFacts | None = None) -> ChoiceFacts:
    axes = axes_of([dict(zip(names, row.values, strict=True)) for row in variants])
    return ChoiceFacts(label=", ".join(names), variants=variants, axes=axes, chosen=chosen, address="/creations/tablier-1/")


FOUR = (variant(1, "S", "Lait"), variant(2, "S", "Lin", state=GONE), variant(3, "L", "Lait", offer=DEAR), variant(4, "L", "Nuit", offer=DEAR, picture=2))


def test_values_stand_in_the_order_of_the_grid_and_axes_in_the_vendor_s() -> None:
    assert choice(*FOUR).axes == (AxisFacts("Taille", ("S", "L")), AxisFacts("Couleur", ("Lait", "Lin", "Nuit")))


@pytest.mark.parametrize("rows", [
    [],
    [{"Taille": "S"}, {"Taille": "L"}],
    [{"Taille": "S", "Couleur": "Lait"}, {"Taille": "L"}],
    [{"Taille": "S", "Couleur": "Lait"}, {"Taille": "L", "Matière": "Lin"}],
    [{"Taille": "S", "Couleur": "Lait"}, {"Taille": "S", "Couleur": "Lait"}],
    [{}, {}],
])
def test_what_makes_no_grid_stays_one_flat_choice(rows: list[dict[str, str]]) -> None:
    assert axes_of(rows) == ()


def test_every_combination_is_found_by_its_values() -> None:
    """Of all the 255 grids that two sizes, two colours and two grains can make, holes and all."""
    whole = list(product("SL", ("Lait", "Nuit"), ("fin", "épais")))
    for count in range(1, len(whole) + 1):
        for rows in combinations(whole, count):
            axes = axes_of([dict(zip(("Taille", "Couleur", "Grain"), row, strict=True)) for row in rows])
            assert [axis.values for axis in axes] == [tuple(dict.fromkeys(values)) for values in zip(*rows, strict=True)]


def test_the_flat_choice_is_grouped_by_the_first_axis() -> None:
    said = [(group.label.replace("\u00a0", " ").replace(" :", ":"), [row.label for row in group.variants]) for group in choice(*FOUR).groups]
    assert said == [("Taille: S", ["S · Lait", "S · Lin"]), ("Taille: L", ["L · Lait", "L · Nuit"])]
    (only,) = choice(variant(1, "S"), variant(2, "L"), names=("Taille",)).groups
    assert (only.label, len(only.variants)) == ("", 2)


def test_up_to_eight_of_one_axis_are_cards_and_up_to_eight_short_values_are_chips() -> None:
    assert choice(*(variant(pk, str(pk)) for pk in range(8)), names=("Taille",)).cards
    assert not choice(*(variant(pk, str(pk)) for pk in range(9)), names=("Taille",)).cards
    assert not choice(*FOUR).cards
    assert AxisFacts("Taille", tuple("12345678")).chips
    assert not AxisFacts("Taille", tuple("123456789")).chips
    assert not AxisFacts("Taille", ("S", "pour les enfants de quatre à huit ans")).chips


def test_the_script_is_given_each_price_once() -> None:
    data = choice(*FOUR, chosen=FOUR[3]).data
    assert data["shares"] == [CHEAP.share, DEAR.share]
    assert data["chosen"] == 4
    assert [(row["id"], row["price"], row["state"], row["available"], row["picture"]) for row in data["variants"]] == [
        (1, 0, 0, True, 0), (2, 0, 1, False, 0), (3, 1, 0, True, 0), (4, 1, 0, True, 2),
    ]


@pytest.mark.parametrize(("said", "found"), [("12", 12), ("", None), ("x", None), ("-1", None), ("²", None), ("9" * 40, None)])
def test_the_address_names_a_variant_or_nothing(said: str, found: int | None) -> None:
    assert variant_named({"variante": said}) == found


def test_the_address_of_a_variant_keeps_what_stood_in_it() -> None:
    assert with_variant("/a/", None) == "/a/"
    assert with_variant("/a/", 3) == "/a/?variante=3"
    assert with_variant("/a/?lu=2", 3) == "/a/?lu=2&variante=3"


def bought(values: dict[str, str], *axes: str) -> tuple[Any, Any]:
    return SimpleNamespace(variant_values=values), SimpleNamespace(variant_values={"axes": list(axes)})


def test_a_variant_is_named_by_axis_in_the_vendor_s_order() -> None:
    said = values_said(*bought({"Couleur": "Lait", "Taille": "S"}, "Taille", "Couleur"))
    assert said.replace("\u00a0", " ").replace(" :", ":") == "Taille: S · Couleur: Lait"
    assert values_said(*bought({})) == ""


@given(st.dictionaries(st.text(min_size=1, max_size=120), st.text(max_size=300), max_size=3))
def test_the_name_of_a_variant_always_fits_an_order_s_line(values: dict[str, str]) -> None:
    assert len(values_said(*bought(values, *values))) <= LONGEST_SAID
