"""Textile fibres by their official French names, in hundredths that make a hundred, the most first (Reg. 1007/2011; LAW G3). Pure.

What people call otherwise (mérinos, lycra, bambou) is written by its official name.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

# Annex I of the regulation.
NAMES = frozenset(
    "laine alpaga lama chameau cachemire mohair angora vigogne yack guanaco castor loutre poil crin soie coton kapok lin chanvre jute abaca alfa coco "
    "genêt ramie sisal sunn henequen maguey acétate alginate cupro modal protéinique triacétate viscose acrylique chlorofibre fluorofibre modacrylique "
    "polyamide nylon aramide polyimide lyocell polylactide polyester polyéthylène polypropylène polycarbamide polyuréthanne vinylal trivinyl "
    "élastodiène élasthanne élastomultiester élastoléfine mélamine".split()
) | {"laine vierge", "verre textile", "fibre métallique", "autres fibres", "fibres diverses"}
SAID = {
    "mérinos": "laine", "merinos": "laine", "shetland": "laine", "rayonne": "viscose", "bambou": "viscose", "tencel": "lyocell", "lycra": "élasthanne",
    "spandex": "élasthanne", "elasthanne": "élasthanne", "lurex": "fibre métallique", "pashmina": "cachemire", "yak": "yack", "raphia": "fibres diverses",
    "polyéthylene": "polyéthylène", "polyurethane": "polyuréthanne", "polyuréthane": "polyuréthanne", "genet": "genêt", "acetate": "acétate",
}
Fibre = tuple[str, Decimal]
# « laine 80 % », « 80 % laine »: one part, without its separator.
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d)?) ?%")


class BadFibres(ValueError):
    """What was typed is no composition; the message says what to write."""


def read_fibres(text: str) -> tuple[Fibre, ...]:
    """« laine 80 %, soie 20 % » → ((laine, 80), (soie, 20)), the most first. Raises BadFibres with a key of what is wrong."""
    rows = []
    for part in re.split(r"[;\n+/]|,(?!\d)", text.replace("\u00a0", " ").replace("\u202f", " ")):
        if not part.strip():
            continue
        share = _SHARE.search(part)
        if share is None:
            raise BadFibres("share")
        rows.append((official(_name_of(part, share)), _hundredth(share.group(1))))
    if sum(share for _name, share in rows) != 100:
        raise BadFibres("sum")
    return tuple(sorted(rows, key=lambda row: -row[1]))


def said(rows: Sequence[Sequence[object]]) -> str:
    """As printed: « laine 80 %, soie 20 % »."""
    return ", ".join(f"{name}\u00a0{str(share).replace('.', ',')}\u00a0%" for name, share in rows)


def official(name: str) -> str:
    """The official name of a fibre. Raises BadFibres."""
    plain = " ".join(name.lower().split())
    found = plain if plain in NAMES else SAID.get(plain, "")
    if not found:
        raise BadFibres(f"name:{name.strip()}")
    return found


def _name_of(part: str, share: re.Match[str]) -> str:
    rest = (part[: share.start()] + " " + part[share.end() :]).strip(" :\t")
    return re.sub(r"^(?:de |d['’])", "", rest)


def _hundredth(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation as bad:
        raise BadFibres("share") from bad
