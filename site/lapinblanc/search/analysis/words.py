"""Text to words: folded, without elision or stop words, with units joined and compounds both apart and together.

Accents count where they distinguish (« dé » is a thimble, « de » a stop word) and are folded afterwards.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lapinblanc.search.analysis.stop_words import STOP_WORDS

LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "‑": "-", "–": "-", "\u00ad": ""})
UNITS = {
    "centimetre": "cm", "centimetres": "cm", "cms": "cm", "millimetre": "mm", "millimetres": "mm", "metre": "m", "metres": "m",
    "gramme": "g", "grammes": "g", "gr": "g", "gram": "g", "grams": "g", "kilo": "kg", "kilos": "kg", "litre": "l", "litres": "l",
    "millilitre": "ml", "millilitres": "ml", "inch": "in", "inches": "in", "ounce": "oz", "ounces": "oz",
}
_UNIT = r"centim[eè]tres?|millim[eè]tres?|m[eè]tres?|grammes?|grams?|kilos?|millilitres?|litres?|inch(?:es)?|ounces?|cms?|mm|cl|ml|kg|gr|oz|g|m|l"
_WORD = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)?)\s?(?P<unit>{_UNIT})(?![^\W_])"
    r"|(?P<word>[^\W_]+(?:'[^\W_]+)*(?:-[^\W_]+(?:'[^\W_]+)*)*)",
    re.IGNORECASE,
)
# « 30x40 » is two sizes.
_BETWEEN = re.compile(r"(?<=\d)[x×](?=\d)")
LONGEST = 60
"""Letters of a word; longer ones are no words."""
_ELISION = {
    "fr": re.compile(r"^(?:l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=.)"),
    "en": re.compile(r"'s$|'$"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as folded, as written (lower case, accents kept), where it stands, and its place among words that count."""

    folded: str
    written: str
    start: int
    end: int
    place: int


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Lower case, no accents, ligatures opened: « Œillet d’Été » is « oeillet d'ete »."""
    flat = text.translate(LIGATURES).translate(APOSTROPHES).lower()
    if flat.isascii():
        return flat
    return "".join(sign for sign in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(sign))


def words(text: str, language: str, *, keep_stop_words: bool = False) -> Iterator[Word]:
    """The words of `text`, in order; the joined form of a compound has the place of its first part."""
    place = 0
    stops = frozenset() if keep_stop_words else STOP_WORDS[language]
    # One sign for one sign: what is found here stands at the same place in the text.
    flat = _BETWEEN.sub(" ", text.translate(APOSTROPHES).lower() if len(text) == len(text.lower()) else text)
    for found in _WORD.finditer(flat):
        start, end = found.span()
        if found["number"]:
            unit = fold(found["unit"].lower())
            written = found["number"].replace(",", ".") + UNITS.get(unit, unit)
            yield Word(written, written, start, end, place)
            place += 1
            continue
        parts = [bare for part in found["word"].lower().split("-") if (bare := _bare(part, language))]
        # In a compound a longer stop word counts: « faire-part », « sous-verre ».
        kept = [part for part in parts if part not in stops or (len(parts) > 1 and len(part) > 2)]
        if kept and len(parts) > 1:
            yield Word(fold("".join(parts))[:LONGEST], "-".join(parts), start, end, place)
        for part in kept:
            for piece in part.split("'"):
                if (piece not in stops or len(parts) > 1) and len(piece) <= LONGEST:
                    yield Word(fold(piece), piece, start, end, place)
                    place += 1


def _bare(part: str, language: str) -> str:
    """Without its elided article: « l'ocre » is « ocre », « jusqu'au » is « au »."""
    return _ELISION[language].sub("", part)


_JOIN = re.compile(rf"(\d)\s(?=(?:{_UNIT})(?![^\W_]))", re.IGNORECASE)


def chunks(text: str) -> list[str]:
    """What stands between spaces, a number and its unit kept together: the pieces that `terms` can remember."""
    return _JOIN.sub(r"\1", text).split()


def bare_number(folded: str) -> str:
    """The number of a size, « 40 » of « 40cm »; empty for whatever is no size."""
    found = _SIZE.fullmatch(folded)
    return found[1] if found else ""


_SIZE = re.compile(r"(\d+(?:\.\d+)?)[a-z]+")


def plain(text: str, language: str) -> str:
    """The text for an engine that has its own analyser: apostrophes and units made even, sizes cut apart."""
    even = _JOIN.sub(r"\1", _BETWEEN.sub(" ", text.translate(APOSTROPHES)))
    return re.sub(r"(?<=\d),(?=\d)", ".", even)


def compounds(text: str, language: str) -> list[str]:
    """The joined forms of the compounds of a text, folded (« portemonnaie », « tshirt »), and the bare numbers of its sizes."""
    found = list(words(text, language))
    return sorted({word.folded for word in found if "-" in word.written} | {number for word in found if (number := bare_number(word.folded))})
