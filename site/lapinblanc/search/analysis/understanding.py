"""What somebody asks for: their words, what else may stand for each, what they misspelt, the price and kind of page they want."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lapinblanc.search.analysis import prices
from lapinblanc.search.analysis.mending import joined, joined_stems, mend
from lapinblanc.search.analysis.question import Alternative, Asked, Lexicon, Understood
from lapinblanc.search.analysis.stems import stem
from lapinblanc.search.analysis.synonyms import Stems, Thesaurus, intents
from lapinblanc.search.analysis.words import APOSTROPHES, words

MOST_WORDS = 12
CLOSE = 0.5
"""What counts so much is a word for the same thing, when it is told how common the thing is."""
APART = 0.6
"""What a word counts alone when it is a part of a thing with a name of several words."""


def understand(text: str, language: str, *, lexicon: Lexicon, thesaurus: Thesaurus, correct: bool = True) -> Understood:
    """Read a question. With `correct` off, words are taken as they are typed."""
    rest, price_from, price_to = prices.take_out(unicodedata.normalize("NFC", text))
    asked = _typed(rest, language) or _typed(rest, language, keep=True)
    size = lexicon.size()
    expanded = _expanded(asked, thesaurus)
    counts = lexicon.documents({*_singles(expanded), *joined_stems(asked, language)})
    asked = joined([replace(term, documents=_typed_in(term, counts)) for term in asked], language, counts)
    corrected = ""
    if correct:
        asked, mended = mend(asked, language, lexicon=lexicon, thesaurus=thesaurus)
        corrected = _rewritten(text, mended)
        if mended:
            counts |= lexicon.documents(set(_singles(_expanded(asked, thesaurus))) - set(counts))
    asked = [replace(term, documents=_holding(term, counts)) for term in _expanded(asked, thesaurus)]
    kind, asked = _intent(asked, language)
    return Understood(text, tuple(asked[:MOST_WORDS]), corrected, kind, price_from, price_to, size)


def _typed(text: str, language: str, *, keep: bool = False) -> list[Asked]:
    """The words as typed; the joined form of a compound answers with its parts."""
    found: list[Asked] = []
    whole: dict[int, Alternative] = {}
    for word in words(text, language, keep_stop_words=keep):
        alternative = Alternative((stem(word.folded, language),), word.written, 1.0, "typed")
        if "-" in word.written:
            whole[word.place] = alternative
            continue
        extra = (whole.pop(word.place),) if word.place in whole else ()
        found.append(Asked(word.written, (alternative, *extra)))
    unique: dict[str, Asked] = {}
    for term in found:
        unique.setdefault(term.stem, term)
    return list(unique.values())[: MOST_WORDS * 2]


def _rewritten(text: str, mended: dict[str, str]) -> str:
    """The question with the mended words in it, empty when there are none; a lost apostrophe comes back."""
    if not mended:
        return ""
    for typed, meant in mended.items():
        text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", meant, text.translate(APOSTROPHES), count=1, flags=re.IGNORECASE)
    return text.strip()


def _singles(asked: list[Asked]) -> list[str]:
    """The stems of all alternatives that are one word."""
    return [alternative.stems[0] for term in asked for alternative in term.alternatives if len(alternative.stems) == 1]


def _typed_in(term: Asked, counts: Mapping[str, int]) -> int:
    return max(counts.get(alternative.stems[0], 0) for alternative in term.alternatives if len(alternative.stems) == 1)


def _holding(term: Asked, counts: Mapping[str, int]) -> int:
    """About how many documents answer a term: those of its words, each as much as it counts."""
    return round(sum(counts.get(a.stems[0], 0) * a.weight for a in term.alternatives if len(a.stems) == 1 and a.weight >= CLOSE))


def _expanded(asked: list[Asked], thesaurus: Thesaurus) -> list[Asked]:
    """Each term with what the thesaurus says of it. Words that it knows together (« sac à main ») are one thing: apart they count little."""
    stems = [_main(term) for term in asked]
    extra: list[list[Alternative]] = [[] for _term in asked]
    covered = [1] * len(asked)
    for length in range(min(thesaurus.longest, len(asked)), 0, -1):
        for start in range(len(asked) - length + 1):
            key = tuple(stems[start : start + length])
            # « boucle d'oreille » was found: « boucle » alone no longer calls for belts.
            if length < max(covered[start : start + length]) or key not in thesaurus.expansions:
                continue
            together = Alternative(key, " ".join(term.text for term in asked[start : start + length]), 1.0, "typed")
            for place in range(start, start + length):
                covered[place] = length
                extra[place].extend([together] if length > 1 else [])
                extra[place].extend(Alternative(e.stems, e.text, e.weight, e.operator) for e in thesaurus.expansions[key] if not set(e.stems) <= set(stems))
    return [
        replace(term, alternatives=_distinct((*(_apart(term) if width > 1 else term.alternatives), *more)))
        for term, width, more in zip(asked, covered, extra, strict=True)
    ]


def _apart(term: Asked) -> tuple[Alternative, ...]:
    return tuple(replace(alternative, weight=APART, why="part") for alternative in term.alternatives)


def _main(term: Asked) -> str:
    """The stem that the thesaurus is asked: the mended word where there is one."""
    return next((a.stems[0] for a in term.alternatives if a.why == "mended" and len(a.stems) == 1), term.stem)


def _distinct(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    best: dict[Stems, Alternative] = {}
    for alternative in alternatives:
        known = best.get(alternative.stems)
        if known is None or known.weight < alternative.weight:
            best[alternative.stems] = alternative
    return tuple(best.values())


def _intent(asked: list[Asked], language: str) -> tuple[str, list[Asked]]:
    """« créatrice », « histoire »: the kind of page that is wanted; such words may be missing once others say what is sought."""
    kinds = intents(language)
    kind = next((kinds[term.stem] for term in asked if term.stem in kinds), "")
    if not kind or all(term.stem in kinds for term in asked):
        return kind, asked
    return kind, [replace(term, optional=True) if term.stem in kinds else term for term in asked]
