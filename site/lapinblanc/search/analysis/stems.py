"""Words to stems: one stem for singular and plural, masculine and feminine, and a verb's participles.

French is ours, on folded words, light: « créateur » and « créatrice », « doux » and « douce », « bijou » and « bijoux » meet,
« tricot » and « tricoteuse » do not. Its rules follow what J. Savoy found out of light stemming for French (2006).
English is Snowball's.
"""

from functools import lru_cache

import snowballstemmer

IRREGULAR = {
    "doux": "douc", "douce": "douc", "douces": "douc", "roux": "rouss", "rousse": "rouss", "rousses": "rouss",
    "faux": "fauss", "fausse": "fauss", "fausses": "fauss", "vieux": "vieil", "vieil": "vieil", "vieille": "vieil", "vieilles": "vieil",
    "beau": "beau", "bel": "beau", "belle": "beau", "belles": "beau", "beaux": "beau",
    "nouveau": "nouveau", "nouvel": "nouveau", "nouvelle": "nouveau", "nouvelles": "nouveau", "nouveaux": "nouveau",
    "blanc": "blanc", "blanche": "blanc", "blanches": "blanc", "blancs": "blanc", "franche": "franc", "sec": "sech", "secs": "sech",
    "frais": "fraich", "long": "long", "longs": "long", "longue": "long", "longues": "long", "publique": "public", "publiques": "public",
    "grecque": "grec", "turque": "turc", "jumelle": "jumeau", "jumelles": "jumeau", "jumeaux": "jumeau", "fou": "fol", "folle": "fol",
    "mou": "mol", "molle": "mol", "neuf": "neuv", "neufs": "neuv", "neuve": "neuv", "neuves": "neuv", "vif": "viv", "vifs": "viv",
    "vive": "viv", "vives": "viv", "emaux": "email", "vitraux": "vitrail", "travaux": "travail", "coraux": "corail", "oeil": "oeil",
    "yeux": "oeil", "ciel": "ciel", "cieux": "ciel", "bois": "bois", "dos": "dos", "bas": "bas", "pois": "pois", "noix": "noix", "os": "os",
    "fils": "fil", "fil": "fil", "mois": "mois", "jus": "jus", "repas": "repas", "tapis": "tapis", "colis": "colis", "bras": "bras",
    "dames": "dam", "maman": "maman", "papa": "papa", "houx": "houx", "epoux": "epoux", "velours": "velours", "tissu": "tissu",
    "tissus": "tissu", "gros": "gross", "grosse": "gross", "grosses": "gross", "epais": "epaiss", "epaisse": "epaiss", "gras": "grass", "grasse": "grass",
    "lis": "lys", "des": "de", "lys": "lys", "clef": "cle", "clefs": "cle", "cle": "cle", "cles": "cle", "the": "the", "thes": "the",
    "cafe": "cafe", "cafes": "cafe", "bebe": "bebe", "bebes": "bebe", "poupee": "poupee", "poupees": "poupee", "epee": "epee", "fee": "fee", "fees": "fee",
    "papier": "papier", "papiers": "papier", "collier": "collier", "colliers": "collier", "verre": "verre", "verres": "verre", "vers": "vers", "vert": "vert",
    "verts": "vert", "verte": "vert", "vertes": "vert", "lin": "lin", "lins": "lin", "laine": "laine", "laines": "laine", "soie": "soie", "soies": "soie",
    "coeur": "coeur", "coeurs": "coeur", "fleur": "fleur", "fleurs": "fleur", "couleur": "couleur", "couleurs": "couleur", "mer": "mer", "mers": "mer",
    "mere": "mere", "meres": "mere", "pere": "pere", "peres": "pere", "fer": "fer", "fers": "fer", "or": "or", "ors": "or",
}
# Ending → what stands in its place, longest first; the word must keep at least so many letters before it.
ENDINGS = (
    ("issement", "i", 4), ("atrices", "ateur", 2), ("atrice", "ateur", 2), ("trices", "teur", 2), ("trice", "teur", 2),
    ("eresses", "eur", 3), ("eresse", "eur", 3), ("euses", "eu", 3), ("euse", "eu", 3), ("eurs", "eu", 3), ("eur", "eu", 3), ("eux", "eu", 3),
    ("eaux", "eau", 2), ("elles", "el", 3), ("elle", "el", 3), ("aux", "al", 3), ("ales", "al", 3), ("ale", "al", 3), ("als", "al", 3),
    ("oux", "ou", 1), ("ives", "if", 3), ("ive", "if", 3), ("ifs", "if", 3), ("iennes", "ien", 2), ("ienne", "ien", 2), ("iens", "ien", 2),
    ("onnes", "on", 2), ("onne", "on", 2), ("ons", "on", 3), ("ieres", "ier", 2), ("iere", "ier", 2), ("iers", "ier", 2), ("ier", "ier", 2),
    ("aises", "ai", 2), ("aise", "ai", 2), ("oises", "oi", 2), ("oise", "oi", 2), ("ises", "i", 2), ("ise", "i", 2),
    ("ettes", "et", 4), ("ette", "et", 4), ("ets", "et", 3), ("ees", "", 3), ("ee", "", 3), ("eres", "", 4), ("ere", "", 4), ("ers", "", 4), ("er", "", 4),
    ("es", "", 3), ("e", "", 3), ("s", "", 3), ("x", "", 4),
)
_english = snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; numbers and units stay as they are."""
    if word[:1].isdigit():
        return word
    return str(_english.stemWord(word)) if language == "en" else french(word)


def french(word: str) -> str:
    irregular = IRREGULAR.get(word) or IRREGULAR.get(word.removesuffix("s"))
    if irregular:
        return irregular
    if len(word) < 4:
        return word
    for ending, instead, least in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return _even(word[: -len(ending)] + instead)
    return _even(word)


def _even(stemmed: str) -> str:
    """« -eur » that no rule saw and a doubled last consonant end alike."""
    if stemmed.endswith("teur"):
        return stemmed[:-1]
    if len(stemmed) > 4 and stemmed[-1] == stemmed[-2] and stemmed[-1] in "lnst":
        return stemmed[:-1]
    return stemmed
