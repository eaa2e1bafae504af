"""Words that the index doesn't know: joined, cut in two, freed of a lost apostrophe, respelt, or taken as a beginning."""

from collections.abc import Mapping
from dataclasses import replace

from lapinblanc.search.analysis.question import Alternative, Asked, Lexicon
from lapinblanc.search.analysis.spelling import nearest
from lapinblanc.search.analysis.stems import stem
from lapinblanc.search.analysis.synonyms import Thesaurus, intents
from lapinblanc.search.analysis.words import fold

LOST_ARTICLES = ("d", "l", "qu", "j", "n", "s")
LEAST_PART = 4


def mend(
    asked: list[Asked], language: str, *, lexicon: Lexicon, thesaurus: Thesaurus
) -> tuple[list[Asked], dict[str, str]]:
    """The terms with what their unknown words may mean, and {word as typed: words that it was taken for}."""
    announcing = intents(language)
    mended: dict[str, str] = {}
    done: list[Asked] = []
    for term in asked:
        if not _unknown(term, thesaurus) or term.stem in announcing:
            done.append(term)
            continue
        instead = _freed(term, language, lexicon) or _respelt(term, language, lexicon, 1) or _cut(term, language, lexicon) or _respelt(term, language, lexicon, 2)
        if instead:
            mended[term.text] = " ".join(other.text for other in instead)
        done.extend(instead or [term])
    return done, mended


def _unknown(term: Asked, thesaurus: Thesaurus) -> bool:
    known = term.documents or any((alternative.stems) in thesaurus.expansions for alternative in term.alternatives)
    return not known and not term.text[:1].isdigit()


def joined_stems(asked: list[Asked], language: str) -> list[str]:
    """What each word would be, joined to the next."""
    return [stem(fold(a.text + b.text), language) for a, b in zip(asked, asked[1:], strict=False)]


def joined(asked: list[Asked], language: str, counts: Mapping[str, int]) -> list[Asked]:
    """« porte monnaie » also means « portemonnaie », where the index has that word."""
    done = list(asked)
    for place, together in enumerate(joined_stems(asked, language)):
        if together in counts:
            text = asked[place].text + asked[place + 1].text
            for at in (place, place + 1):
                done[at] = replace(done[at], alternatives=(*done[at].alternatives, Alternative((together,), text, 1.0, "joined")))
    return done


def _freed(term: Asked, language: str, lexicon: Lexicon) -> list[Asked] | None:
    """« doreille » is « d'oreille »: a known word after a lost apostrophe."""
    word = fold(term.text)
    cuts = [(article, word[len(article) :]) for article in LOST_ARTICLES if word.startswith(article) and len(word) - len(article) > 3]
    if language != "fr" or not cuts:
        return None
    counts = lexicon.documents({stem(rest, language) for _article, rest in cuts})
    known = [(article, rest, counts[stem(rest, language)]) for article, rest in cuts if stem(rest, language) in counts]
    if not known:
        return None
    article, rest, seen = known[0]
    return [Asked(f"{article}’{rest}", (*term.alternatives, Alternative((stem(rest, language),), rest, 1.0, "mended")), seen)]


def _cut(term: Asked, language: str, lexicon: Lexicon) -> list[Asked] | None:
    """« portemonnaie » is « porte monnaie »: two words that the index knows well."""
    word = fold(term.text)
    cuts = [(word[:place], word[place:]) for place in range(LEAST_PART, len(word) - LEAST_PART + 1)]
    if not cuts:
        return None
    stems = {part: stem(part, language) for pair in cuts for part in pair}
    counts = lexicon.documents(set(stems.values()))
    pairs = [(min(counts.get(stems[a], 0), counts.get(stems[b], 0)), a, b) for a, b in cuts]
    seen, first, second = max(pairs)
    if not seen:
        return None
    return [
        Asked(part, (Alternative((stems[part],), part, 1.0, "mended"), *term.alternatives), counts[stems[part]]) for part in (first, second)
    ]


def _respelt(term: Asked, language: str, lexicon: Lexicon, most: int) -> list[Asked] | None:
    """The known word that differs by at most so many letters."""
    word = fold(term.text)
    best = nearest(word, lexicon.near(word), most)
    if best is None:
        return None
    word, written, documents = best
    meant = Alternative((stem(word, language),), written, 1.0, "mended")
    return [replace(term, text=written, alternatives=(*term.alternatives, meant), documents=documents)]
