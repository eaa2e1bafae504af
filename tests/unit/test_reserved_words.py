"""Words that the law keeps: what is pointed at, what is not, where it stands, and that a long text takes no long time."""

import time

import pytest

from shop.compliance.words import blocking, lint

POINTED = {
    "Fait par un artisan breton": "artisan", "Bijoux ARTISANAUX": "ARTISANAUX", "Poterie artisanale": "artisanale", "l’artisane du village": "artisane",
    "Une artisanе latine et des artisans": "artisans", "Fabriqué artisanalement": "artisanalement", "L'artisanat chez moi": "artisanat",
    "Emballage biodégradable": "biodégradable", "des sachets biode\u0301gradables": "biode\u0301gradables",
    "Respectueux de l’environnement": "Respectueux de l’environnement", "respectueuse de la planète": "respectueuse de la planète",
    "neutre en carbone": "neutre en carbone", "Zéro carbone": "Zéro carbone", "CO2 compensé": "CO2 compensé",
    "un savon écologique": "écologique", "mode éco-responsable": "éco-responsable", "éco\u2011responsables": "éco\u2011responsables",
    "Un objet durable": "durable", "développement durable": "durable", "boutique verte": "boutique verte", "un geste vert": "geste vert",
    "100 % naturel": "100 % naturel", "cosmétiques naturels": "cosmétiques naturels", "cire naturelle": "cire naturelle", "coton bio": "coton bio",
    "Fabriqué en France": "Fabriqué en France", "faite à la main en France": "faite à la main en France", "Made in France": "Made in France",
    "Soldes d’été": "Soldes", "bols soldés": "soldés", "Bague en or": "en or", "Collier or massif": "or massif", "une chaîne d'or jaune": "d'or jaune",
    "un manche en ivoire": "en ivoire", "peau de python": "peau de python", "écaille de tortue": "écaille de tortue", "plumes d’aigle": "plumes d’aigle",
    "table de palissandre": "palissandre", "Corail rouge de Corse": "Corail rouge", "poing américain": "poing américain", "couteau à cran d’arrêt": "cran d’arrêt",
    "prix conseillé 40 €": "prix conseillé", "32 € au lieu de 40 €": "au lieu de 40 €", "soigne l’eczéma": "soigne l’eczéma", "sac Disney": "Disney",
}
QUIET = [
    "Un bol vert céladon, vert d’eau", "Robe verte et pull vert", "un cadeau et un or de lumière", "Or, je n’en ai plus", "Un peu d’or au bord", "bouton d’or",
    "bague plaqué or massif", "Bague en or 750 ‰", "Collier en or 18 carats", "or jaune 375", "doré à l’or fin", "laiton doré", "fil d’or", "des micros en or 9 carats",
    "Musée de l’artisanat", "Chambre de métiers et de l’artisanat", "lin naturel", "couleur naturelle", "lumière naturelle", "Elle vit naturellement ici",
    "blanc ivoire", "papier ivoire", "ivoire végétal, le corozo", "Côte d’Ivoire", "poudre d’ivoire de verre", "imitation écaille de tortue", "écailles à la craie",
    "un dessin de crocodile", "le solde du compte", "soldat de bois", "la consolation", "biologiste", "un parc naturel", "colle à bois", "vernis mat", "prix doux",
    "Fait à la main à Rennes", "la France entière", "tissu de France", "un orage", "dorure à chaud", "la planète Mars", "corail clair", "l’émail corail", "Greenwich",
    "OEKO-TEX", "blanche et dure comme l’ivoire", "un panier d’osier", "Je tourne le grès", "partisan du fait main", "courtisane", "une couture durablement solide",
]


@pytest.mark.parametrize(("text", "word"), POINTED.items())
def test_a_word_kept_by_law_is_pointed_at_where_it_stands(text: str, word: str) -> None:
    found = lint(text)
    assert [note.word for note in found] == [word]
    assert text[found[0].start : found[0].end] == word
    assert found[0].why
    assert found[0].instead
    assert found[0].source


@pytest.mark.parametrize("text", QUIET)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert lint(text) == ()


def test_a_proved_artisan_and_an_open_period_may_use_their_words() -> None:
    assert lint("Poterie artisanale, soldes", artisan_proved=True, soldes_open=True) == ()
    assert [note.word for note in lint("artisan, écologique", artisan_proved=True)] == ["écologique"]


def test_only_what_blocks_is_said_at_publication_and_each_word_once() -> None:
    said = blocking(["Artisan et artisan", "un objet durable"])
    assert len(said) == 1
    assert "Artisan" in said[0]


@pytest.mark.parametrize("piece", ["artisan ", "d'or ", "peau de ", "en or a", "100 % ", "respectueux de ", "a", " ", "é", "soldé", "écologi"])
def test_fifty_thousand_signs_take_no_long_time(piece: str) -> None:
    began = time.process_time()
    lint((piece * 50_000)[:50_000])
    assert time.process_time() - began < 2
