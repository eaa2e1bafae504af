"""The words of the trade that stand for each other: rules in files and rules that editors add, read into a thesaurus.

A rule is one line: `a = b` (the same for a buyer), `a ~ b, c` (who asks for a is also glad of b), `a > b, c` (a is the general word).
Terms may be several words; number, gender and accents are the analyser's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from lapinblanc.search.analysis.terms import terms

FOLDER = Path(__file__).resolve().parents[1] / "vocabulary"
WEIGHTS = {"=": 0.9, ">": 0.75, "~": 0.25}
Stems = tuple[str, ...]


class RuleError(ValueError):
    """A line that says nothing; the message tells what is wrong."""


@dataclass(frozen=True, slots=True)
class Rule:
    left: tuple[str, ...]
    operator: str
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What may stand for the words typed: its stems, its words as written, and how much less it counts (0 to 1)."""

    stems: Stems
    text: str
    weight: float
    operator: str


@dataclass(slots=True)
class Thesaurus:
    """Expansions by the stems that call for them; `longest` is the most words of a key."""

    expansions: dict[Stems, list[Expansion]] = field(default_factory=dict)
    longest: int = 1

    def add(self, key: Stems, expansion: Expansion) -> None:
        known = self.expansions.setdefault(key, [])
        if expansion.stems != key and all(other.stems != expansion.stems for other in known):
            known.append(expansion)
            self.longest = max(self.longest, len(key))


def parse(line: str) -> Rule | None:
    """A rule, or None for an empty line or a comment. Raises RuleError."""
    text = line.split("#", 1)[0].strip()
    if not text:
        return None
    signs = [sign for sign in "=~>" if sign in text]
    if len(signs) != 1:
        raise RuleError(_("« %(line)s »: write one sign, =, ~ or >, between the words.") % {"line": text})
    sign = signs[0]
    parts = [part.strip() for part in text.split(sign)]
    if sign == "=":
        left, right = (parts[0],), tuple(parts[1:])
    else:
        if len(parts) != 2:
            raise RuleError(_("« %(line)s »: the sign %(sign)s stands once.") % {"line": text, "sign": sign})
        left, right = (parts[0],), tuple(word.strip() for word in parts[1].split(","))
    if not all((*left, *right)):
        raise RuleError(_("« %(line)s »: a word is missing beside the sign.") % {"line": text})
    return Rule(left, sign, right)


def file_lines(language: str) -> list[str]:
    """The rules that come with the site; `intents.txt` is no rule file."""
    lines: list[str] = []
    for path in sorted((FOLDER / language).glob("*.txt")):
        if path.name != "intents.txt":
            lines.extend(path.read_text(encoding="utf-8").splitlines())
    return lines


def build(lines: Iterable[str], language: str) -> Thesaurus:
    """A thesaurus; what is equal to a word is equal in each of its rules."""
    rules = [rule for line in lines if (rule := parse(line))]
    classes = _classes(rules, language)
    thesaurus = Thesaurus()
    for key, members in classes.items():
        for stems, text in members.items():
            thesaurus.add(key, Expansion(stems, text, WEIGHTS["="], "="))
    for rule in (rule for rule in rules if rule.operator != "="):
        for left in _same(rule.left[0], classes, language):
            for word in rule.right:
                for stems, text in _same(word, classes, language).items():
                    thesaurus.add(left, Expansion(stems, text, WEIGHTS[rule.operator], rule.operator))
    return thesaurus


def stems_of(text: str, language: str) -> Stems:
    """The stems of a term, the parts of its compounds apart."""
    found = list(terms(text, language))
    apart = {term.place for term in found}
    return tuple([term.stem for term in found if term.place == place][-1] for place in sorted(apart))


def _classes(rules: list[Rule], language: str) -> dict[Stems, dict[Stems, str]]:
    """Each term's whole class of equals, itself included: {stems: {stems: text}}."""
    classes: dict[Stems, dict[Stems, str]] = {}
    for rule in rules:
        if rule.operator != "=":
            continue
        merged: dict[Stems, str] = {}
        for word in (*rule.left, *rule.right):
            merged |= classes.get(stems_of(word, language), {}) or {stems_of(word, language): word}
        merged.pop((), None)
        for stems in merged:
            classes[stems] = merged
    return classes


def _same(word: str, classes: dict[Stems, dict[Stems, str]], language: str) -> dict[Stems, str]:
    stems = stems_of(word, language)
    return classes.get(stems) or ({stems: word} if stems else {})


@lru_cache(maxsize=8)
def thesaurus(language: str, extra: tuple[str, ...] = ()) -> Thesaurus:
    """The thesaurus of the files and of the lines that editors added."""
    return build([*file_lines(language), *extra], language)


@lru_cache(maxsize=4)
def intents(language: str) -> dict[str, str]:
    """Stems that announce a kind of page: {stem: kind}."""
    path = FOLDER / language / "intents.txt"
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, sign, rest = line.split("#", 1)[0].partition(":")
        if sign:
            for word in rest.split(","):
                stems = stems_of(word, language)
                if len(stems) == 1:
                    found[stems[0]] = kind.strip()
    return found
