"""English, on both engines: plurals, possessives, British and American words, misspellings, the noun of a title."""

import pytest

from tests.contracts.search.shelf import Shelf, doc

pytestmark = pytest.mark.django_db
LANGUAGE = "en"

DOCUMENTS = [
    doc("mug", "Blue ceramic mug with handle", "Thrown by hand, glazed twice."),
    doc("rack", "Mug rack", "Oak rack for six mugs."),
    doc("earrings", "Brass earrings", "Hammered jewellery."),
    doc("blanket", "Baby blanket", "Knitted from merino wool."),
    doc("wallet", "Leather wallet", "Men's wallet, vegetable tanned."),
    doc("candle", "Scented candle", "Soy wax and fig."),
    doc("jumper", "Hand knitted jumper", "Grey lambswool."),
    doc("card", "Birthday card", "Printed in lino."),
]

FOUND = [
    ("mugs", "mug"), ("earring", "earrings"), ("jewelry", "earrings"), ("knitting wool", "blanket"), ("mens wallet", "wallet"), ("man's wallet", "wallet"), ("sweater", "jumper"), ("gray jumper", "jumper"),
    ("sented candel", "candle"), ("lether walet", "wallet"), ("the card for a birthday", "card"), ("throw", "blanket"),
]


@pytest.mark.parametrize(("asked", "wanted"), FOUND, ids=[f"{asked} finds {wanted}" for asked, wanted in FOUND])
def test_english_words_find_what_is_meant(shelved: Shelf, asked: str, wanted: str) -> None:
    assert wanted in shelved.listed(asked)[:2]


def test_the_noun_of_a_title_is_the_thing(shelved: Shelf) -> None:
    assert shelved.found("mug")[0] == "mug"
