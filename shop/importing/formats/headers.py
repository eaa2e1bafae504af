"""What columns are called, in the languages that shops export in: the header as words, its unit, its number, what it means.

Headers are compared without case, accents, signs or unit. The lists are facts about exports of the wild; what no list
knows is recognised by place and values (`structure.py`), and by hand on the page.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from shop.importing.amounts import CODES, SIGNS
from shop.importing.formats.vocabulary import ATTRIBUTES, VARIATIONS, WORDS

UNIT = re.compile(r"[(\[（]\s*(kg|g|gr|grams?|lbs?|oz|mg|t|cm|mm|m|in|inch(?:es)?|pouces?|zoll|yd|ft|кг|г|см|мм|м|livres|gramme?s?)\s*[)\]）]", re.IGNORECASE)
NUMBER = re.compile(r"\d+")


def words_of(header: str) -> str:
    """« Prix (TTC) * » is « prix ttc »."""
    text = unicodedata.normalize("NFKD", header.replace("\ufeff", "").replace("ß", "ss").replace("ł", "l").replace("ø", "o").replace("ı", "i"))
    text = "".join(character for character in text if not unicodedata.combining(character)).casefold()
    return " ".join("".join(character if character.isalnum() else " " for character in text).split())


def unit_of(header: str) -> str:
    found = UNIT.search(header)
    return found.group(1).casefold() if found else ""


def currency_of(header: str) -> str:
    """« Prix ($) » and « Price in GBP » are not in euros; empty where nothing is said."""
    signs = next((code for sign, code in SIGNS.items() if sign in header.casefold()), "")
    return signs or next((code for code in re.findall(r"\b[A-Z]{3}\b", header) if code in CODES), "")


def stem_of(header: str) -> str:
    return words_of(UNIT.sub(" ", header))


def number_of(header: str) -> int:
    """The number in a header (« Attribut 3 visible »), 0 without."""
    found = NUMBER.search(unicodedata.normalize("NFKC", header))
    return int(found.group()) if found and len(found.group()) < 4 else 0


@cache
def _names() -> dict[str, str]:
    known: dict[str, str] = {}
    for name, words in WORDS.items():
        for word in words.split("|"):
            known.setdefault(words_of(word), name)
    return known


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), name) for name, patterns in (*VARIATIONS.items(), *ATTRIBUTES.items()) for pattern in patterns)


@lru_cache(maxsize=4096)
def meaning_of(header: str) -> str:
    """The canonical name of a column, with its number where it has one (`option1_name`); empty when no list knows it."""
    text = header.strip()[:120]
    if not text or text.casefold().startswith(("meta:", "méta", "metadata", "мета:", "pola:")):
        return ""
    plain, stem, number = words_of(text), stem_of(text), number_of(text)
    names = _names()
    if found := names.get(plain) or names.get(stem):
        return found
    bare = " ".join(words_of(NUMBER.sub(" ", text)).split())
    if re.match(r"(?:current|new) quantity \S", bare):  # Square: a column for each place of sale
        return "quantity" if bare.startswith("current") else ""
    if number:
        if names.get(bare) == "image":
            return "image"
        for pattern, name in _patterns():
            if pattern.fullmatch(bare):
                return f"option{number}_{name}"
    # « Catégories (x,y,z...) », « Name * », « Defaut (0 = Non, 1 = Oui) »: what stands in brackets is advice.
    return names.get(words_of(re.sub(r"[(\[（].*?[)\]）]", " ", text)), "")


def known_words(headers: Sequence[str]) -> int:
    """How many headers are known: what tells a header from a row."""
    return sum(1 for header in headers[:200] if len(header) < 120 and meaning_of(header))


# What tables of orders and of customers have, and no table of creations.
OF_PERSONS = frozenset(
    words_of(word)
    for word in "buyer|acheteur|acheteuse|käufer|comprador|acquirente|email|e mail|adresse email|adresse e mail|courriel|order id|order number|n° de commande|numéro de commande|id de commande|bestellnummer|ship name|ship address1|shipping name|"
    "shipping address1|billing name|billing address1|adresse de livraison|adresse de facturation|lineitem name|lineitem quantity|sale date|date de vente|date de commande|order date|date paid|paid at|financial status|fulfillment status|"
    "first name|last name|nom de famille|full name|transaction id|téléphone|telephone|phone|ship zipcode|ship city|moyen de paiement|payment method".split("|")
)


def of_persons(headers: Sequence[str]) -> bool:
    """A table of orders or customers: personal data, and nothing to sell."""
    return len({plain for header in headers[:200] if len(header) < 120 and (plain := words_of(header)) in OF_PERSONS}) >= 2
