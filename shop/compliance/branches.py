"""Branches of extended producer responsibility, and the unique number (IDU) that each asks for, by kind of goods (LAW G2). Pure.

C. env. L541-10-9: a marketplace answers for what its sellers put on the market unless it holds their number of each branch, and R541-173: the numbers
are shown. The kinds follow articles R543-43 and after as we read them; household packaging concerns everybody who sends a parcel, and takes in
graphic papers since 2023.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.compliance.families import ELECTRICAL, FURNITURE, TOYS, families_of

# FR, six digits of the register, the branch in two digits, four signs of the eco-organisation.
IDU = re.compile(r"FR\d{6}_\d{2}[A-Z0-9]{4}")
PACKAGING, TEXTILES, FURNISHING, PLAY, ELECTRONIC, BATTERIES, GARDEN, SPORT, DIY = (
    "emballages", "textiles", "ameublement", "jouets", "electrique", "piles", "jardin", "sport", "bricolage",
)
LABELS: dict[str, Any] = {
    PACKAGING: gettext_lazy("household packaging and papers"), TEXTILES: gettext_lazy("clothes, household linen and shoes"), FURNISHING: gettext_lazy("furniture and padded goods"),
    PLAY: gettext_lazy("toys"), ELECTRONIC: gettext_lazy("electrical and electronic goods"), BATTERIES: gettext_lazy("batteries"), GARDEN: gettext_lazy("garden"),
    SPORT: gettext_lazy("sport and leisure"), DIY: gettext_lazy("do it yourself"),
}
BY_SLUG: dict[str, tuple[str, ...]] = {
    "mode": (TEXTILES,), "ceintures": (), "vetements": (TEXTILES,), "linge": (TEXTILES,), "torchons": (TEXTILES,), "couvertures": (TEXTILES,), "chaussons": (TEXTILES,),
    "coussins": (FURNISHING,), "outils-de-jardin": (GARDEN,), "sport": (SPORT,), "velos": (SPORT,), "outils": (DIY,), "quincaillerie": (DIY,), "peintures": (DIY,),
    "jeux": (PLAY,),
}
BY_FAMILY = {TOYS: (PLAY,), FURNITURE: (FURNISHING,)}
BY_POWER = {"mains": (ELECTRONIC,), "battery": (ELECTRONIC, BATTERIES)}


def branches_of(path: str, legal: Mapping[str, Any]) -> tuple[str, ...]:
    """« creations/mode/bonnets » → (« emballages », « textiles »); `legal`: the listing's answers, where power says whether it is electrical."""
    slugs = [part for part in path.split("/") if part]
    named = next((BY_SLUG[slug] for slug in reversed(slugs) if slug in BY_SLUG), ())
    families = families_of(path)
    by_family = [branch for family in families for branch in BY_FAMILY.get(family, ())]
    by_power = BY_POWER.get(str(legal.get("power") or ""), ()) if ELECTRICAL in families else ()
    return tuple(dict.fromkeys((PACKAGING, *named, *by_family, *by_power)))


def unregistered(path: str, legal: Mapping[str, Any], numbers: Mapping[str, str], *, private: bool) -> list[str]:
    """Sentences for the numbers that are missing; a private person puts nothing on the market in the sense of the law."""
    if private:
        return []
    return [
        _("The law asks for your unique number (IDU) of the branch « %(branch)s »: write it under Boutique, « Eco-organisations ».") % {"branch": LABELS[branch]}
        for branch in branches_of(path, legal)
        if not numbers.get(branch)
    ]


def read_idu(text: str) -> str:
    """The number as the register writes it, "" for none. Raises ValueError."""
    number = re.sub(r"[\s\u00a0\u202f]", "", text).upper().replace("-", "_")
    if number and not IDU.fullmatch(number):
        raise ValueError(number)
    return number


def shown(numbers: Mapping[str, str]) -> list[tuple[str, str]]:
    """[branch, number] as buyers read them, in the order of the branches."""
    return [(str(label), numbers[branch]) for branch, label in LABELS.items() if numbers.get(branch)]
