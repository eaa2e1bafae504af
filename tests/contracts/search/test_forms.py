"""What French words find, on both engines: forms, accents, compounds, misspellings, units, words of the trade."""

import pytest
from lapinblanc.search.analysis.synonyms import thesaurus
from lapinblanc.search.analysis.understanding import understand

from tests.contracts.search.shelf import Shelf, doc

pytestmark = pytest.mark.django_db

DOCUMENTS = [
    doc("boucles-laiton", "Boucles d’oreilles en laiton", "Martelées à la main, légères.", keywords="Bijoux, Boucles d’oreilles, laiton"),
    doc("collier-perles", "Collier de perles", "Des perles de verre enfilées.", keywords="Bijoux, Colliers, verre"),
    doc("bijou-coeur", "Bijou en forme de cœur", "Un pendentif doux."),
    doc("bijoux-anciens", "Bijoux anciens", "Chevaux et tableaux de famille."),
    doc("echarpe-douce", "Écharpe douce en laine", "Tricotée blanche et soyeuse.", keywords="laine, blanche"),
    doc("pull-doux", "Pull doux", "Brodé, blanc, naturel."),
    doc("creatrice", "Le carnet d’une créatrice", "Elle dessine."),
    doc("createur", "Portrait gravé du maître", "Le créateur signe chaque pièce."),
    doc("cheval", "Cheval à bascule", "En hêtre naturel."),
    doc("tableau", "Tableau d’été", "L’atelier de l’ocre."),
    doc("porte-monnaie", "Porte-monnaie en cuir", "Cuir tannage végétal."),
    doc("portefeuille", "Grand portefeuille", "Cuir souple."),
    doc("tee", "T-shirt en coton", "Coton biologique."),
    doc("dé", "Dé à coudre", "En argent."),
    doc("boite-a-the", "Boîte à thé", "En bois clair."),
    doc("coussin-45", "Coussin carré", "Il mesure 45 cm de côté."),
    doc("affiche-30x40", "Affiche marine", "Format 30x40 cm, papier 250 g."),
    doc("pichet", "Pichet d’un litre", "Contient 1,5 l d’eau."),
    doc("cadeau-naissance", "Bavoir brodé", "Un cadeau de naissance."),
    doc("ceramique", "Grand plat", "Céramique émaillée."),
    doc("tapis", "Tapis rond", "Tissé en Bretagne."),
    doc("mug", "Mug moucheté", "En grès."),
    doc("tasse", "Tasse blanche", "En porcelaine."),
    doc("bracelet", "Bracelet jonc", "En cuivre."),
    doc("sac-a-main", "Sac à main en cuir", "Avec anse."),
    doc("sac-deux-mains", "Sac de billes", "Pour deux mains d’enfant."),
    doc("doudou", "Doudou lapin", "En coton doux."),
    doc("oeillet", "Bouquet d’œillets", "Séchés à l’ombre."),
    doc("bougie", "Bougie parfumée", "Cire de colza, figuier."),
    doc("lin", "Torchon de lin", "Tissé serré."),
    doc("laine", "Pelote de laine", "Mérinos."),
    doc("ete", "Robe légère", "Pour les soirs d’été."),
]

FORMS = [
    ("boucle d'oreille", "boucles-laiton"), ("boucles d’oreilles", "boucles-laiton"), ("l'été", "ete"), ("l’ete", "tableau"), ("d'oeillet", "oeillet"),
    ("echarpe", "echarpe-douce"), ("écharpé", "echarpe-douce"), ("ceramique", "ceramique"), ("CÉRAMIQUE", "ceramique"), ("e\u0301charpe", "echarpe-douce"),
    ("coeur", "bijou-coeur"), ("cœur", "bijou-coeur"), ("œillet", "oeillet"),
    ("bijou", "bijoux-anciens"), ("bijoux", "bijou-coeur"), ("cheval", "bijoux-anciens"), ("chevaux", "cheval"), ("tableaux", "tableau"), ("tableau", "bijoux-anciens"),
    ("ancienne", "bijoux-anciens"), ("blanc", "echarpe-douce"), ("blanche", "pull-doux"), ("douce", "pull-doux"), ("doux", "echarpe-douce"),
    ("créateur", "creatrice"), ("créatrice", "createur"), ("soyeux", "echarpe-douce"), ("naturelle", "cheval"), ("brodée", "cadeau-naissance"), ("tissée", "lin"),
    ("porte-monnaie", "porte-monnaie"), ("portemonnaie", "porte-monnaie"), ("porte monnaie", "porte-monnaie"), ("t-shirt", "tee"), ("tshirt", "tee"), ("tee-shirt", "tee"),
    ("dé", "dé"), ("dés", "dé"), ("thé", "boite-a-the"),
    ("un collier avec des perles", "collier-perles"), ("cadeau pour la naissance", "cadeau-naissance"),
    ("45cm", "coussin-45"), ("45 cm", "coussin-45"), ("45 centimètres", "coussin-45"), ("30 x 40 cm", "affiche-30x40"), ("30x40", "affiche-30x40"), ("1,5 l", "pichet"), ("1.5 litre", "pichet"), ("250g", "affiche-30x40"),
    ("ceramiqe", "ceramique"), ("cadeau naissence", "cadeau-naissance"), ("boucle doreille", "boucles-laiton"), ("bougi parfumee", "bougie"), ("colier perles", "collier-perles"),
    ("braclet", "bracelet"), ("echrape", "echarpe-douce"), ("tappis", "tapis"), ("cousin carre", "coussin-45"),
    ("tasse", "mug"), ("bijou", "collier-perles"), ("bijou", "bracelet"), ("bijou", "boucles-laiton"), ("peluche", "doudou"),
]


@pytest.mark.parametrize(("asked", "wanted"), FORMS, ids=[f"{asked} finds {wanted}" for asked, wanted in FORMS])
def test_what_is_typed_finds_what_is_meant(shelved: Shelf, asked: str, wanted: str) -> None:
    assert wanted in shelved.found(asked)


APART = [
    ("collier", "bracelet", "the narrower word does not find the general one's others"),
    ("lin", "laine", "two materials are two"),
    ("dé", "boite-a-the", "a thimble is no stop word"),
    ("perles", "porte-monnaie", "words that share letters are two"),
    ("sac à main", "sac-deux-mains", "a thing named by several words is one thing"),
    ("45 cm", "affiche-30x40", "a size is exact"),
    ("pull", "echarpe-douce", "another garment"),
]


@pytest.mark.parametrize(("asked", "unwanted", "why"), APART, ids=[why for _asked, _unwanted, why in APART])
def test_what_is_something_else_is_not_found(shelved: Shelf, asked: str, unwanted: str, why: str) -> None:
    assert unwanted not in shelved.found(asked)


def test_a_correction_is_said(shelved: Shelf) -> None:
    def corrected(text: str) -> str:
        return understand(text, "fr", lexicon=shelved.vocabulary, thesaurus=thesaurus("fr")).corrected

    assert corrected("un cadeau naissence") == "un cadeau naissance"
    assert corrected("ceramiqe") == "céramique"
    assert corrected("boucle doreille") == "boucle d’oreille"
    assert corrected("collier de perles") == ""


def test_words_can_be_taken_as_typed(shelved: Shelf) -> None:
    assert shelved.found("ceramiqe", correct=False) == []


def test_nothing_like_it_is_nothing(shelved: Shelf) -> None:
    assert shelved.listed("xyzzyqwv") == []
    assert shelved.ask("xyzzyqwv").total == 0


@pytest.mark.parametrize(
    "text",
    ["'", '"', "\\", "l'", "a & b | !c", "(((", ":*", "collier:*", "a <-> b", "%_", "\x00bol", "🏺", "قلادة", "<script>", "x" * 3000, "bol " * 400, "-", "--",
     "'; DROP TABLE site_search_word; --", "AND OR NOT", "kind:listing", "title^9", "*", "~~", "/re.*x/", "{}", "[1 TO 2]", "de la"],
    ids=lambda text: ascii(text)[:20],
)
def test_strange_signs_break_nothing(shelved: Shelf, text: str) -> None:
    results = shelved.ask(text, highlight=True, facets=("kind",))
    assert results.total == sum(results.facets["kind"].values())
    assert len(shelved.suggested(text)) <= 8
