"""Which known word was meant: words that differ by one or two letters, nearest by ear first.

Candidates come from the vocabulary through `deletions`: two words within n letters share a form with at most n letters taken out
(W. Garbe, SymSpell, 2012), so that an index on those forms finds them without reading the vocabulary.
"""

from functools import lru_cache

PREFIX = 9
# What a French ear does not tell apart, longest first.
SOUNDS = (
    ("eau", "o"), ("au", "o"), ("ph", "f"), ("qu", "k"), ("ain", "1"), ("ein", "1"), ("in", "1"), ("im", "1"), ("en", "2"), ("an", "2"),
    ("em", "2"), ("am", "2"), ("on", "3"), ("om", "3"), ("ai", "e"), ("ei", "e"), ("ss", "s"), ("sc", "s"), ("ch", "4"), ("ge", "j"),
    ("ck", "k"), ("c", "k"), ("z", "s"), ("y", "i"), ("h", ""), ("w", "v"),
)


def reach(word: str) -> int:
    """How many letters may be wrong: none in three letters, one up to six, two beyond."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


@lru_cache(maxsize=50_000)
def deletions(word: str) -> tuple[str, ...]:
    """The forms of a folded word with up to `reach(word)` letters out of its first nine, itself included."""
    head = word[:PREFIX]
    forms = {head}
    level = {head}
    for _step in range(reach(word)):
        level = {form[:place] + form[place + 1 :] for form in level for place in range(len(form))}
        forms |= level
    return tuple(sorted(forms))


def distance(first: str, second: str, most: int = 3) -> int:
    """Letters to add, drop, change or swap with their neighbour (Damerau, optimal string alignment); above `most` it stops counting."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, 1):
        older, before, row = before, row, [place]
        for other, sign in enumerate(second, 1):
            cost = min(before[other] + 1, row[other - 1] + 1, before[other - 1] + (letter != sign))
            if place > 1 and other > 1 and letter == second[other - 2] and first[place - 2] == sign:
                cost = min(cost, older[other - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A rough key of how a folded word sounds in French; doubled letters and a silent end are dropped."""
    for letters, key in SOUNDS:
        word = word.replace(letters, key)
    heard = "".join(sign for place, sign in enumerate(word) if place == 0 or sign != word[place - 1])
    return heard.rstrip("estxd") or heard


def nearest(word: str, known: list[tuple[str, str, int]], letters: int = 2) -> tuple[str, str, int] | None:
    """The best of `known` [(folded, written, documents)] for an unknown `word`, one of them: at most `letters` away, by ear, by use."""
    most = min(reach(word), letters)
    heard = sound(word)
    best: tuple[float, str, str, int] | None = None
    for candidate, written, documents in known:
        far = distance(word, candidate, most)
        alike = sound(candidate) == heard
        # Whoever misspells a word rarely misses how it begins, unless the ear hears the same.
        if far > most or (not alike and candidate[:far] != word[:far]):
            continue
        cost = far - (0.6 if alike else 0) - (0.15 if candidate[:2] == word[:2] else 0) - min(documents, 50) / 200
        if best is None or cost < best[0]:
            best = (cost, candidate, written, documents)
    return best[1:] if best else None
