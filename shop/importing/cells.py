"""Cells as values: amounts, numbers, weights and lengths, texts out of HTML, lists. Integers only; what is not sure is refused."""

import html
import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from shop.importing.incoming import Reading, Refused

MOST_CENTS = 5_000_000_00
CURRENCIES = {"$": "USD", "£": "GBP", "¥": "JPY", "zł": "PLN", "₽": "RUB", "kč": "CZK", "chf": "CHF", "₺": "TRY"}
CODES = frozenset("AED AUD BGN BRL CAD CHF CNY CZK DKK GBP HKD HUF IDR ILS INR ISK JPY KRW MAD MXN MYR NOK NZD PHP PLN RON RSD RUB SEK SGD THB TND TRY TWD UAH USD VND XAF XOF XPF ZAR".split())
_AMOUNT = re.compile(r"(?P<sign>[-−]?)(?P<number>[.,]?\d[\d\s.,'’]*)$")
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
YES, NO = {"1", "true", "yes", "oui", "vrai", "ja", "si", "sí", "sim", "tak", "да", "はい", "x", "active", "active ", "visible"}, {"0", "-1", "false", "no", "non", "faux", "nein", "nee", "não", "nie", "нет", "いいえ"}


def plain_number(text: str) -> str:
    """Digits of any script, full-width signs and all kinds of spaces made plain."""
    text = unicodedata.normalize("NFKC", text.strip())
    return "".join(str(unicodedata.decimal(character)) if character.isdecimal() else " " if character.isspace() else character for character in text).strip()


def millionths(text: str) -> int:
    """« 1 034,50 » as 1034500000. Raises ValueError, also where comma or point could be either thing."""
    found = _AMOUNT.fullmatch(plain_number(text))
    if not found:
        raise ValueError(text)
    if re.search(r"[\s'’]", found["number"]) and not re.fullmatch(r"\d{1,3}([\s'’]\d{3})+([.,]\d+)?", found["number"].strip()):
        raise ValueError(text)
    number = re.sub(r"[\s'’]", "", found["number"])
    points, commas = number.count("."), number.count(",")
    if points and commas:
        last = max(number.rfind("."), number.rfind(","))
        whole, part = re.sub(r"[.,]", "", number[:last]), number[last + 1 :]
    elif points + commas == 1:
        whole, part = re.split(r"[.,]", number)
        if len(part) == 3 and 0 < len(whole) <= 3 and whole != "0":
            raise ValueError(_("« %(text)s »: thousands or decimals?") % {"text": text.strip()[:40]})
    elif points + commas:
        if not re.fullmatch(r"\d{1,3}([.,]\d{3})+", number):
            raise ValueError(text)
        whole, part = re.sub(r"[.,]", "", number), ""
    else:
        whole, part = number, ""
    if len(whole) > 12 or not (whole + part).isdigit():
        raise ValueError(text)
    value = int(whole or 0) * 1_000_000 + int(part[:6].ljust(6, "0") or 0)
    return -value if found["sign"] else value


class OtherCurrency(Refused):
    """An amount that is not in euros."""


def cents(text: str) -> int | None:
    """An amount in euros; None for an empty cell. Refused: another currency (`OtherCurrency`), what is no amount, what is not sure."""
    plain = plain_number(text)
    if not plain:
        return None
    lower = plain.casefold()
    other = next((code for sign, code in CURRENCIES.items() if sign in lower), "") or next((code for code in re.findall(r"[A-Z]{3}", plain.upper()) if code in CODES), "")
    if other:
        raise OtherCurrency(other_currency(plain))
    # « 12€50 » is twelve and a half, « 25,- » twenty-five.
    bare = re.sub(r"(?<=\d)\s?€\s?(?=\d\d$)", ",", lower)
    bare = re.sub(r"€|eur(?:os?)?\b|\bttc\b|\bht\b|[.,][-–—]+\s*$", "", bare).strip()
    try:
        value = millionths(re.sub(r"[.,][-–—]+$", "", bare))
    except ValueError as wrong:
        raise Refused(_("The price « %(text)s » cannot be read for sure.") % {"text": text.strip()[:40]}) from wrong
    rounded = (value + 5000) // 10_000
    if value < 0 or rounded > MOST_CENTS:
        raise Refused(_("The price « %(text)s » is not possible.") % {"text": text.strip()[:40]})
    return rounded


def price(text: str, said: Reading, currency: str = "") -> int | None:
    """As `cents`; an amount in another currency is left empty and said, for a draft without price is asked for one before anybody sees it."""
    code = currency.strip().upper()
    if code and code not in ("EUR", "€", "EURO", "EUROS"):
        if text.strip():
            said.note(other_currency(f"{text.strip()[:30]} {code}"))
        return None
    try:
        return cents(text)
    except OtherCurrency as other:
        said.note(other.message)
        return None


def other_currency(amount: str) -> str:
    return _("The price was %(amount)s: here prices are in euros and nothing is converted without you, so please write yours.") % {"amount": amount[:40]}


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
