"""Cells as values: numbers, weights and lengths, texts out of HTML, lists. Integers only; what is not sure is refused."""

import html
import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from shop.importing.amounts import millionths, plain_number
from shop.importing.incoming import Reading

GRAMS = {"": 1000, "kg": 1_000_000, "кг": 1_000_000, "g": 1000, "gr": 1000, "gram": 1000, "grams": 1000, "gramme": 1000, "grammes": 1000, "г": 1000, "mg": 1, "lb": 453_592, "lbs": 453_592, "livres": 453_592, "oz": 28_350, "t": 1_000_000_000}
MICRONS = {"": 10_000, "cm": 10_000, "см": 10_000, "mm": 1000, "мм": 1000, "m": 1_000_000, "in": 25_400, "inch": 25_400, "inches": 25_400, "pouce": 25_400, "pouces": 25_400, "zoll": 25_400, "ft": 304_800, "yd": 914_400}
BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section", "article", "blockquote", "pre", "dd", "dt", "hr"}
ROWS = {"li", "tr", "dt", "dd"}
# A dot that a paragraph inside its item has left alone on its line.
_ALONE = re.compile(r"•[ \t]*+\n[\n \t]*+")
# The beginning of a mark, and a whole one with its quoted attributes, looked for in so many signs.
_MARK = re.compile(r"<(/?)(?:([a-zA-Z][a-zA-Z0-9]*+)|(?=[!?/]))")
_WHOLE = re.compile(r"""<(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
MOST_OF_A_MARK = 500
UNSEEN = ("script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math", "head", "title")
YES, NO = {"1", "true", "yes", "oui", "vrai", "ja", "si", "sí", "sim", "tak", "да", "はい", "x", "active", "active ", "visible"}, {"0", "-1", "false", "no", "non", "faux", "nein", "nee", "não", "nie", "нет", "いいえ", "out of stock", "outofstock", "rupture", "en rupture", "rupture de stock", "épuisé", "epuise", "vendu", "sold", "sold out", "indisponible", "nicht verfügbar", "agotado", "esaurito"}


def pieces(text: str, said: Reading) -> int | None:
    """A count of pieces; None when the cell is empty."""
    plain = plain_number(text)
    if not plain:
        return None
    try:
        count = millionths(plain) // 1_000_000 if not plain.isdigit() else int(plain[:12])
    except ValueError:
        said.note(_("The stock « %(text)s » is no number: we took 0.") % {"text": text.strip()[:40]})
        return 0
    if count < 0:
        said.note(_("The stock was below zero: we took 0."))
    if count > 100_000:
        said.note(_("The stock is above 100,000: we took 100,000."))
    return max(0, min(count, 100_000))


def measure(text: str, unit: str, factors: dict[str, int], said: Reading) -> int | None:
    """Grams or millimetres; `unit` stands in the header, unless the cell has its own. None: nothing to take."""
    plain = plain_number(text)
    found = re.fullmatch(r"([-\d\s.,']+?)\s*([^\d\s.,]*)", plain) if len(plain) <= 80 else None
    if not plain or not found:
        if plain:
            said.note(_("« %(text)s » is no measure: left out.") % {"text": text.strip()[:40]})
        return None
    own = found.group(2).casefold() or unit.casefold()
    try:
        # A weight of 0.450 kg has three decimals, and no shop writes thousands here.
        value = millionths(re.sub(r"^(\d+)[.,](\d{3})$", r"\1.\g<2>0", found.group(1).strip()))
    except ValueError:
        value = -1
    if value <= 0 or own not in factors:
        if value != 0:
            said.note(_("« %(text)s » is no measure: left out.") % {"text": text.strip()[:40]})
        return None
    return min((value * factors[own] + 500_000_000) // 1_000_000_000, 2_000_000_000) or None


def prose(text: str) -> str:
    """A text with its paragraphs, whatever HTML it came as; nothing of the markup stays, and what the page would run least of all."""
    if "<" in text and _MARK.search(text):
        plain = _ALONE.sub("• ", _unmarked(text[:400_000]))
        close = "\n" not in text.strip() or "<p" in text.lower()
        text = "\n".join(row.strip(" \t") for row in plain.split("\n")) if close else plain
    text = html.unescape(html.unescape(text)) if "&" in text else text
    if not text.replace("\n", "").replace("\t", "").isprintable():
        text = "".join(character for character in text if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Co", "Cs", "Cn") or character in "\u200d\ufe0f")
    text = "\n".join(row.rstrip(" \t\u00a0") for row in re.sub(r"[ \t]+", " ", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _unmarked(text: str) -> str:
    """The words of HTML with line breaks where its blocks are. One pass: the time is that of the length, whatever the marks are."""
    lower, made, here = text.lower(), list[str](), 0
    while (start := text.find("<", here)) >= 0:
        made.append(html.unescape(text[here:start]))
        mark = _MARK.match(text, start)
        if mark is None:
            made.append("<")
            here = start + 1
            continue
        comment = text.startswith("<!--", start)
        closed = None if comment else _WHOLE.match(text, start, start + MOST_OF_A_MARK)
        end = closed.end() if closed else _after(text, "-->" if comment else ">", start)
        name = (mark.group(2) or "").lower()
        if name in UNSEEN and not mark.group(1) and name != "embed":
            closing = lower.find(f"</{name}", end)
            end = _after(text, ">", closing) if closing >= 0 else len(text)
        made.append(_break(name, opens=not mark.group(1)))
        here = end
    made.append(html.unescape(text[here:]))
    return "".join(made)


def _after(text: str, sign: str, start: int) -> int:
    """The place after the next such sign; the end of the text where there is none."""
    found = text.find(sign, start)
    return found + len(sign) if found >= 0 else len(text)


def _break(name: str, *, opens: bool) -> str:
    if name == "br":
        return "\n"
    if name not in BLOCKS:
        return ""
    return ("\n" if name in ROWS else "\n\n") + ("• " if name == "li" and opens else "")


def line(text: str, most: int) -> str:
    """One line of at most so many characters."""
    return " ".join(prose(text).split())[:most].strip()


def listed(text: str, *, separators: str = ",;|\n", most: int = 40, count: int = 20, underscores: bool = False) -> tuple[str, ...]:
    """Words of a list, once each; `underscores`: stand for spaces (Etsy)."""
    parts = re.split(f"[{re.escape(separators)}]", html.unescape(text))
    clean: Iterable[str] = (line(part.replace("_", " ") if underscores else part, most) for part in parts)
    return tuple(dict.fromkeys(part for part in clean if part))[:count]


def truth(text: str) -> bool | None:
    value = text.strip().casefold()
    return True if value in YES else False if value in NO else None
