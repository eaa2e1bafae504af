"""Amounts as people and shops write them, in whole cents; what is not sure is refused, what is not in euros is left empty and said."""

import re
import unicodedata

from django.utils.translation import gettext as _

from shop.importing.incoming import Reading, Refused

MOST_CENTS = 5_000_000_00
SIGNS = {"$": "USD", "£": "GBP", "¥": "JPY", "zł": "PLN", "₽": "RUB", "kč": "CZK", "₺": "TRY", "₹": "INR", "fcfa": "XOF", "₪": "ILS", "₴": "UAH", "₩": "KRW", "₫": "VND", "฿": "THB"}
WORDS = {"kr": "SEK", "dh": "MAD", "dhs": "MAD", "lei": "RON", "ft": "HUF", "cfa": "XOF", "rs": "INR", "dt": "TND", "da": "DZD"}
CODES = frozenset("AED AUD BGN BRL CAD CHF CNY CZK DKK DZD GBP HKD HUF IDR ILS INR ISK JPY KRW MAD MXN MYR NOK NZD PHP PLN RON RSD RUB SEK SGD THB TND TRY TWD UAH USD VND XAF XOF XPF ZAR".split())
_AMOUNT = re.compile(r"(?P<sign>[-−]?)(?P<number>[.,]?\d[\d\s.,'’]*)$")


def plain_number(text: str) -> str:
    """Digits of any script, full-width signs and all kinds of spaces made plain."""
    text = unicodedata.normalize("NFKC", text.strip()).replace("\u066b", ",").replace("\u066c", " ")
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
    other = any(sign in lower for sign in SIGNS) or any(word in WORDS or word.upper() in CODES for word in re.findall(r"[a-zà-ÿ]+", lower))
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
