"""Both engines give one answer: the same pages, the same total, the same counts, whatever is asked."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from lapinblanc.search.document import COLLECTION, NEWS, STORY
from lapinblanc.search.engine import CHEAPEST, DEAREST, NEWEST, Filters

from tests.contracts.search_bench import ENGINES, Bench, boutique, corpus, filled, page

FACETS = ("kind", "price", "material", "colour")
COLOURS, MATERIALS = ("bleu", "vert", "ocre"), ("gres", "chene", "lin", "laiton")
THINGS = (
    "Bol à thé", "Bague ciselée", "Porte-monnaie plissé", "Boucles d’oreilles pastille", "Sac à main seau", "Vide-poche ovale", "Théière ventrue", "Collier de perles", "Lampe de chevet",
    "Bougie torsadée", "Tapis tissé", "Planche à découper", "Cœur suspendu", "Pot de fleurs", "Dé à coudre", "Carnet relié",
)


def _thing(number: int) -> Any:
    name, colour, material = THINGS[number % len(THINGS)], COLOURS[number % 3], MATERIALS[number % 4]
    body = ("Tourné à l’atelier, 30 cm de haut.", "Brodé main, pour un anniversaire.", "Gravé sur demande ; se lave à l’eau tiède.")[number % 5 % 3]
    facets = f"material:{material} colour:{colour} price:{number % 6}"
    return page(f"thing{number}", f"{name} {colour}", body, facets=facets, keywords=f"{material} , {colour}", price_cents=None if number % 11 == 0 else 700 + number * 130, vendor=1 + number % 4)


DOCUMENTS = corpus(
    *(_thing(number) for number in range(48)),
    boutique("shop", "Terre et Feu", "Grès bleu et théières.", facets="material:gres"), boutique("shop2", "L’atelier d’Ysé", "Bagues et colliers."),
    page("story", "La théière bleue", "L’histoire d’un bol.", kind=STORY), page("collection", "Cadeaux de naissance", "Bougies et bols.", kind=COLLECTION), page("news", "Assemblée de mai", "On vote.", kind=NEWS),
)
QUESTIONS = [
    "", "bol", "bols bleus", "theiere", "théière bleue", "bague", "bijou", "porte monnaie", "portemonnaie", "boucle d'oreille", "doreille", "sac à main", "videpoche", "lampe", "lampe de chevet verte",
    "coeur", "cœur ocre", "pot de fleurs", "dé à coudre", "dé", "30 cm", "30 centimètres", "brodé main", "brodée", "gravés", "anniversaire", "bougi", "teiere", "colier perle", "histoire bol",
    "boutique théière", "cadeau naissance", "atelier", "l'atelier", "ocre", "grès", "lin vert", "laiton", "tapis ovale", "moins de 20 euros", "bol entre 10 et 40 €", "xyzzyq", "carnet xyzzyq", "vert bleu",
    "planche découper", "ring", "necklace", "tourné", "eau tiède", "assemblée", "reliés", "plat",
]
FILTERS = [
    Filters(), Filters({"colour": ("bleu",)}), Filters({"colour": ("bleu", "vert")}), Filters({"colour": ("ocre",), "material": ("lin", "laiton")}), Filters({"kind": ("listing",)}),
    Filters(price_to=3000), Filters(price_from=2000, price_to=5000), Filters({"material": ("gres",), "kind": ("vendor", "story")}), Filters({"colour": ("bleu",)}, price_from=1500),
]


@pytest.fixture(scope="module")
def module_pair(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Bench]]:
    with django_db_blocker.unblock(), ExitStack() as stack:
        yield [stack.enter_context(filled(name, f"pair_{name[:2]}", DOCUMENTS)) for name in ENGINES]


@pytest.fixture
def pair(module_pair: list[Bench], db: None) -> list[Bench]:
    """One set of documents in both engines."""
    return module_pair


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_has_one_answer(pair: list[Bench], text: str) -> None:
    first, second = (bench.ask(text, facets=FACETS) for bench in pair)
    assert pair[0].found(text) == pair[1].found(text)
    assert (first.total, first.exact, first.facets) == (second.total, second.exact, second.facets)


# « grès » is near « poterie », which Elasticsearch's own stemmer takes for « pot ».
STEMMED_TOO_FAR = pytest.mark.xfail(strict=True, reason="light_french makes one stem of « poterie » and « pot »")


@pytest.mark.parametrize("text", [pytest.param(text, marks=STEMMED_TOO_FAR) if text == "grès" else text for text in QUESTIONS])
def test_near_results_are_the_same(pair: list[Bench], text: str) -> None:
    assert pair[0].near(text) == pair[1].near(text)


@pytest.mark.parametrize("text", ["", "bol", "bijou", "bleu", "atelier"])
@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
def test_filters_leave_the_same_and_count_the_same(pair: list[Bench], text: str, filters: Filters) -> None:
    first, second = (bench.ask(text, filters=filters, facets=FACETS) for bench in pair)
    assert set(pair[0].named(first.hits)) == set(pair[1].named(second.hits))
    assert (first.total, first.exact, first.facets) == (second.total, second.exact, second.facets)


@pytest.mark.parametrize("sort", [NEWEST, CHEAPEST, DEAREST])
@pytest.mark.parametrize("text", ["", "bol", "bleu", "bijou"])
def test_orders_are_the_same(pair: list[Bench], text: str, sort: str) -> None:
    assert pair[0].order(text, sort=sort) == pair[1].order(text, sort=sort)


@pytest.mark.parametrize("text", ["bo", "bol", "thé", "sac", "porte-m", "l'at", "lampe de ch", "cœ", "ter", "bleu", "bol bl", "d’or", "collier de p", "zz"])
def test_beginnings_propose_the_same(pair: list[Bench], text: str) -> None:
    assert set(pair[0].proposed(text, limit=60)) == set(pair[1].proposed(text, limit=60))


@pytest.mark.parametrize("text", ["bol", "théière bleue", "porte monnaie", "bijou", "brodé main", "30 cm"])
def test_marks_are_the_same(pair: list[Bench], text: str) -> None:
    shown = [{(hit.kind, hit.key, hit.title, hit.snippet) for hit in bench.ask(text, highlight=True).hits} for bench in pair]
    assert shown[0] == shown[1]
