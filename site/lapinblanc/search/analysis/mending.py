"""Words that the index doesn't know: joined, cut in two, freed of a lost apostrophe, respelt, or taken as a beginning."""

from dataclasses import replace

from lapinblanc.search.analysis.question import Alternative, Asked, Lexicon
from lapinblanc.search.analysis.spelling import nearest
from lapinblanc.search.analysis.stems import stem
from lapinblanc.search.analysis.synonyms import Thesaurus, intents
from lapinblanc.search.analysis.words import fold

LOST_ARTICLES = ("d", "l", "qu", "j", "n", "s")


def mend(
    asked: list[Asked], language: str, *, lexicon: Lexicon, thesaurus: Thesaurus
) -> tuple[list[Asked], dict[str, str]]:
    """The terms with what their unknown words may mean, and {word as typed: words that it was taken for}."""
    announcing = intents(language)
    mended: dict[str, str] = {}
    done: list[Asked] = []
    for term in _joined(asked, language, lexicon):
        if not _unknown(term, thesaurus) or term.stem in announcing:
            done.append(term)
            continue
        instead = _cut(term, language, lexicon) or _respelt(term, language, lexicon)
        if instead:
            mended[term.text] = " ".join(other.text for other in instead)
        done.extend(instead or [term])
    return done, mended


def _unknown(term: Asked, thesaurus: Thesaurus) -> bool:
    known = term.documents or any((alternative.stems) in thesaurus.expansions for alternative in term.alternatives)
    return not known and not term.text[:1].isdigit()


def _joined(asked: list[Asked], language: str, lexicon: Lexicon) -> list[Asked]:
    """« porte monnaie » also means « portemonnaie », where the index has that word."""
    pairs = {place: stem(fold(a.text + b.text), language) for place, (a, b) in enumerate(zip(asked, asked[1:], strict=False))}
    known = lexicon.documents(pairs.values()) if pairs else {}
    done = list(asked)
    for place, joined in pairs.items():
        if joined in known:
            text = asked[place].text + asked[place + 1].text
            for at in (place, place + 1):
                done[at] = replace(done[at], alternatives=(*done[at].alternatives, Alternative((joined,), text, 1.0, "joined")))
    return done


def _cut(term: Asked, language: str, lexicon: Lexicon) -> list[Asked] | None:
    """« portemonnaie » is « porte monnaie », « doreille » is « oreille »: two known words, or one after a lost apostrophe."""
    word = fold(term.text)
    cuts = [(word[:place], word[place:]) for place in range(1, len(word) - 2)]
    stems = {part: stem(part, language) for pair in cuts for part in pair}
    counts = lexicon.documents(set(stems.values()))

    def seen(part: str) -> int:
        return counts.get(stems[part], 0)

    lost = [(article, rest) for article, rest in cuts if article in LOST_ARTICLES and len(rest) > 3 and seen(rest)]
    if lost and language == "fr":
        article, rest = lost[0]
        return [Asked(f"{article}’{rest}", (*term.alternatives, Alternative((stems[rest],), rest, 1.0, "mended")), seen(rest))]
    pairs = [(min(seen(a), seen(b)), a, b) for a, b in cuts if len(a) > 2 and len(b) > 2 and seen(a) and seen(b)]
    if not pairs:
        return None
    _uses, first, second = max(pairs)
    return [
        Asked(part, (Alternative((stems[part],), part, 1.0, "mended"), *term.alternatives), seen(part)) for part in (first, second)
    ]


def _respelt(term: Asked, language: str, lexicon: Lexicon) -> list[Asked] | None:
    word = fold(term.text)
    best = nearest(word, lexicon.near(word))
    if best is None:
        return None
    meant = Alternative((stem(best[0], language),), best[1], 1.0, "mended")
    documents = lexicon.documents(meant.stems).get(meant.stems[0], 1)
    return [replace(term, text=best[1], alternatives=(*term.alternatives, meant), documents=documents)]
