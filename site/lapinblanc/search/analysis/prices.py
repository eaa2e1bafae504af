"""Prices that stand in a question: « moins de 30 euros », « entre 20 et 40 € », « under 25 ». Amounts in cents."""

import re

_AMOUNT = r"(\d{1,5})(?:[.,](\d{1,2}))?\s?(?:€|euros?|eur\b)?"
_CURRENCY = r"(\d{1,5})(?:[.,](\d{1,2}))?\s?(?:€|euros?|eur\b)"
_BETWEEN = re.compile(rf"\b(?:entre|de|between|from)\s+{_AMOUNT}\s*(?:et|à|a|and|to|-)\s*{_CURRENCY}", re.IGNORECASE)
_BELOW = re.compile(rf"(?:\bà\s+|\ba\s+)?\b(?:moins d[e']|maximum|max|jusqu'?à|under|below|less than|up to)\s*{_CURRENCY}", re.IGNORECASE)
_BELOW_BARE = re.compile(r"\b(?:à moins de|a moins de|moins de|under|below|less than)\s+(\d{1,5})(?:[.,](\d{1,2}))?(?=\s*$)", re.IGNORECASE)
_ABOVE = re.compile(rf"(?:\bà\s+|\ba\s+)?\b(?:plus d[e']|au moins|à partir de|a partir de|over|above|more than)\s*{_CURRENCY}", re.IGNORECASE)
_CHEAP = re.compile(r"\b(?:pas chers?|pas chères?|pas cheres?|petits? prix|bon marché|bon marche|cheap)\b", re.IGNORECASE)


def take_out(text: str) -> tuple[str, int | None, int | None]:
    """The question without its price, the lowest and the highest price in cents."""
    text = _CHEAP.sub(" ", text.replace("\u2019", "'"))
    if found := _BETWEEN.search(text):
        low, high = _cents(found[1], found[2]), _cents(found[3], found[4])
        return _without(text, found), min(low, high), max(low, high)
    for pattern in (_BELOW, _BELOW_BARE):
        if found := pattern.search(text):
            return _without(text, found), None, _cents(found[1], found[2])
    if found := _ABOVE.search(text):
        return _without(text, found), _cents(found[1], found[2]), None
    return text, None, None


def _cents(whole: str, part: str | None) -> int:
    return int(whole) * 100 + int((part or "0").ljust(2, "0"))


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()
