"""A word is found whatever its article, accents, number and gender, on the page or in the question."""

import pytest

from tests.contracts.search_bench import Bench, titles

DOCUMENTS = titles(
    etoile="L’étoile filante", ocre="Jarre d'ocre rouge", aujourdhui="Journal d’aujourd’hui",
    theiere="Théière vernissée", eleve="Cahier d’élève", macon="Truelle de maçon", plain="Theatre d'ombres", noel="Crèche de NOËL",
    coeur="Galet en cœur", coeur_oe="Galet en forme de coeur", oeuf="Coquetier pour œuf", laetitia="Médaille Lætitia",
    de="Dé à coudre", the="Boîte à thé", jeu="Jeu pour deux dans la nuit",
    hibou="Hibou sculpté", hiboux="Hiboux en feutre", creatrice="Carnet de créatrice", createur="Agenda de créateur",
    douce="Étole douce", doux="Oreiller doux", cheval="Cheval à bascule", chevaux="Frise de chevaux", blanche="Nappe blanche", blanc="Rideau blanc",
    tableau="Tableau abstrait", tableaux="Tableaux miniatures", ancien="Fermoir ancien", ancienne="Horloge ancienne", anciennes="Clefs anciennes",
    brode="Mouchoir brodé", brodee="Ceinture brodée", vert="Ruban vert", vertes="Bobines vertes", leger="Gilet léger", legere="Veste légère",
    heureux="Souvenir heureux", heureuse="Fête heureuse", bleu="Sucrier bleu", bleues="Perruches bleues", original="Décor original", originaux="Dessins originaux",
    neuf="Vélo neuf", neuve="Selle neuve", actif="Cobaye actif", active="Puce active", breton="Phare breton", bretonne="Coiffe bretonne",
    email="Plaque en émail", emaux="Broches en émaux", corail="Fil de corail", coraux="Branches de coraux", oeil="Œil de verre", yeux="Yeux peints",
    frais="Linge frais", fraiche="Menthe fraîche", sec="Bouquet sec", seche="Lavande sèche", vieux="Coffre vieux", vieille="Malle vieille",
    roux="Renard roux", rousse="Chatte rousse", long="Foulard long", longue="Écharpe longue", grec="Vase grec", grecque="Amphore grecque",
    beau="Beau miroir", belle="Belle commode", fou="Chapeau fou", folle="Idée folle", gros="Gros bouton", grosse="Grosse pelote",
    epais="Torchon épais", epaisse="Couette épaisse", jumeau="Lit jumeau", jumelle="Poupée jumelle", cle="Clé dorée", clef="Clef rouillée",
)

SAME_BOTH_WAYS = [
    ("l'étoile", {"etoile"}), ("l’étoile", {"etoile"}), ("étoile", {"etoile"}), ("d’étoile", {"etoile"}), ("qu'étoile", {"etoile"}),
    ("ocre", {"ocre"}), ("l’ocre", {"ocre"}), ("d'élève", {"eleve"}), ("aujourd'hui", {"aujourdhui"}), ("ombres", {"plain"}), ("ombre", {"plain"}),
]
ACCENTS = [
    ("theiere", {"theiere"}), ("Théière", {"theiere"}), ("THÉIÈRE", {"theiere"}), ("vernissee", {"theiere"}), ("éléve", {"eleve"}), ("eleve", {"eleve"}),
    ("macon", {"macon"}), ("maçon", {"macon"}), ("théâtre", {"plain"}), ("theatre", {"plain"}), ("noel", {"noel"}), ("Noël", {"noel"}), ("the\u0301ie\u0300re", {"theiere"}),
]
LIGATURES = [
    ("cœur", {"coeur", "coeur_oe"}), ("coeur", {"coeur", "coeur_oe"}), ("CŒUR", {"coeur", "coeur_oe"}), ("oeuf", {"oeuf"}), ("œufs", {"oeuf"}), ("laetitia", {"laetitia"}),
]
FORMS = [
    ("hibou", {"hibou", "hiboux"}), ("hiboux", {"hibou", "hiboux"}),
    ("créateur", {"createur", "creatrice"}), ("créatrice", {"createur", "creatrice"}), ("créatrices", {"createur", "creatrice"}), ("créateurs", {"createur", "creatrice"}),
    ("doux", {"doux", "douce"}), ("douce", {"doux", "douce"}), ("douces", {"doux", "douce"}),
    ("cheval", {"cheval", "chevaux"}), ("chevaux", {"cheval", "chevaux"}),
    ("blanc", {"blanc", "blanche"}), ("blanche", {"blanc", "blanche"}), ("blancs", {"blanc", "blanche"}), ("blanches", {"blanc", "blanche"}),
    ("tableau", {"tableau", "tableaux"}), ("tableaux", {"tableau", "tableaux"}),
    ("ancien", {"ancien", "ancienne", "anciennes"}), ("ancienne", {"ancien", "ancienne", "anciennes"}), ("anciens", {"ancien", "ancienne", "anciennes"}),
    ("brodé", {"brode", "brodee"}), ("brodée", {"brode", "brodee"}), ("brodées", {"brode", "brodee"}), ("brodés", {"brode", "brodee"}),
    ("vert", {"vert", "vertes"}), ("verte", {"vert", "vertes"}), ("vertes", {"vert", "vertes"}),
    ("léger", {"leger", "legere"}), ("légère", {"leger", "legere"}), ("légères", {"leger", "legere"}),
    ("heureux", {"heureux", "heureuse"}), ("heureuses", {"heureux", "heureuse"}), ("bleu", {"bleu", "bleues"}), ("bleue", {"bleu", "bleues"}),
    ("original", {"original", "originaux"}), ("originaux", {"original", "originaux"}), ("originale", {"original", "originaux"}),
    ("neuf", {"neuf", "neuve"}), ("neuves", {"neuf", "neuve"}), ("actif", {"actif", "active"}), ("active", {"actif", "active"}), ("actives", {"actif", "active"}),
    ("émail", {"email", "emaux"}), ("émaux", {"email", "emaux"}), ("emaux", {"email", "emaux"}), ("corail", {"corail", "coraux"}), ("coraux", {"corail", "coraux"}),
    ("œil", {"oeil", "yeux"}), ("yeux", {"oeil", "yeux"}), ("frais", {"frais", "fraiche"}), ("fraîche", {"frais", "fraiche"}), ("fraîches", {"frais", "fraiche"}),
    ("sec", {"sec", "seche"}), ("sèche", {"sec", "seche"}), ("vieux", {"vieux", "vieille"}), ("vieille", {"vieux", "vieille"}),
    ("roux", {"roux", "rousse"}), ("rousse", {"roux", "rousse"}), ("long", {"long", "longue"}), ("longues", {"long", "longue"}),
    ("grec", {"grec", "grecque"}), ("grecque", {"grec", "grecque"}), ("grecques", {"grec", "grecque"}), ("beau", {"beau", "belle"}), ("belles", {"beau", "belle"}),
    ("fou", {"fou", "folle"}), ("folle", {"fou", "folle"}), ("folles", {"fou", "folle"}), ("gros", {"gros", "grosse"}), ("grosses", {"gros", "grosse"}),
    ("épais", {"epais", "epaisse"}), ("épaisse", {"epais", "epaisse"}), ("épaisses", {"epais", "epaisse"}), ("jumeau", {"jumeau", "jumelle"}), ("jumelles", {"jumeau", "jumelle"}),
    ("clé", {"cle", "clef", "anciennes"}), ("clefs", {"cle", "clef", "anciennes"}), ("clés", {"cle", "clef", "anciennes"}),
    ("breton", {"breton", "bretonne"}), ("bretonnes", {"breton", "bretonne"}),
]


@pytest.mark.parametrize(("text", "expected"), SAME_BOTH_WAYS)
def test_an_elided_article_is_no_part_of_a_word(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text) == expected


@pytest.mark.parametrize(("text", "expected"), ACCENTS)
def test_accents_may_be_missing_or_added_on_either_side(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text) == expected


@pytest.mark.parametrize(("text", "expected"), LIGATURES)
def test_a_ligature_is_its_two_letters(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text) == expected


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_number_and_gender_do_not_part_words(bench: Bench, text: str, expected: set[str]) -> None:
    assert bench.found(text, correct=False) == expected


@pytest.mark.parametrize("text", ["tableau pour la maison".replace("maison", "abstrait"), "un tableau très abstrait", "le tableau abstrait de l’ et des", "des tableaux abstraits avec"])
def test_stop_words_restrict_nothing(bench: Bench, text: str) -> None:
    assert bench.found(text) == {"tableau"}


def test_a_page_is_not_found_by_its_stop_words(bench: Bench) -> None:
    assert bench.found("jeu dans") == {"jeu"}
    assert "jeu" not in bench.order("dans horloge")


@pytest.mark.parametrize(("text", "expected"), [("dé", {"de"}), ("thé", {"the"}), ("dés", {"de"}), ("thés", {"the"})])
def test_de_and_the_with_their_accent_are_things(bench: Bench, text: str, expected: set[str]) -> None:
    assert expected <= bench.found(text, correct=False)
    assert bench.order(text, correct=False)[0] in expected


def test_de_without_its_accent_is_a_stop_word(bench: Bench) -> None:
    assert bench.found("forme de coeur") == {"coeur_oe"}


def test_case_counts_for_nothing(bench: Bench) -> None:
    assert bench.found("TABLEAU ABSTRAIT") == bench.found("tableau abstrait") == {"tableau"}


def test_the_order_of_words_does_not_restrict(bench: Bench) -> None:
    assert bench.found("abstrait tableau") == {"tableau"}


def test_a_word_typed_twice_counts_once(bench: Bench) -> None:
    assert bench.found("hibou hibou") == bench.found("hibou") == {"hibou", "hiboux"}


def test_different_words_with_one_beginning_stay_apart(bench: Bench) -> None:
    assert bench.found("cheval") & {"creatrice", "horloge"} == set()
    assert bench.found("coiffe", correct=False) == {"bretonne"}
    assert bench.found("coiffeur", correct=False) == set()
