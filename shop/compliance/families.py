"""Families of goods that the law treats alike, told from the slugs of a category's path (LAW G1-G6, P6). Pure.

A leaf speaks first, then its parents; a category that nobody names belongs to `general`, as everything does.
"""

GENERAL = "general"
BAGS, BABY, CANDLES, COSMETICS, ELECTRICAL, FOOD, FURNITURE, JEWELLERY, LEATHER, SUPPLIES, TABLEWARE, TEXTILE, TOYS = (
    "bags", "baby", "candles", "cosmetics", "electrical", "food", "furniture", "jewellery", "leather", "supplies", "tableware", "textile", "toys",
)
ALL = (GENERAL, BAGS, BABY, CANDLES, COSMETICS, ELECTRICAL, FOOD, FURNITURE, JEWELLERY, LEATHER, SUPPLIES, TABLEWARE, TEXTILE, TOYS)
_NONE: tuple[str, ...] = ()

BY_SLUG: dict[str, tuple[str, ...]] = {
    "creations": _NONE,
    "bijoux": (JEWELLERY,),
    "table": (TABLEWARE,), "torchons": (TEXTILE,),
    "maison": _NONE, "vases": _NONE, "luminaires": (ELECTRICAL,), "coussins": (TEXTILE,), "decoration-murale": _NONE, "horloges": (ELECTRICAL,),
    "miroirs": (FURNITURE,), "bougies": (CANDLES,), "bougeoirs": _NONE, "paniers": _NONE, "plateaux": (TABLEWARE,), "encens": _NONE,
    "tabourets": (FURNITURE,), "objets": _NONE,
    "mode": (TEXTILE,), "ceintures": (LEATHER,),
    "maroquinerie": (BAGS,), "marque-pages": _NONE,
    "enfants": _NONE, "jouets-en-bois": (TOYS,), "doudous-et-lapins": (TOYS,), "couvertures": (TEXTILE,), "mobiles": (BABY,), "guirlandes": _NONE,
    "cubes": (TOYS,), "naissance": (BABY,),
    "papeterie": _NONE,
    "bain": _NONE, "savons": (COSMETICS,), "porte-savons": _NONE, "flacons": _NONE,
    "jardin": _NONE, "fetes": _NONE,
    "mercerie": (SUPPLIES,), "laines": (SUPPLIES, TEXTILE), "fils-et-bobines": (SUPPLIES, TEXTILE), "broderie": (SUPPLIES, TEXTILE),
    "rubans": (SUPPLIES, TEXTILE), "feutrine": (SUPPLIES, TEXTILE), "tissus": (SUPPLIES, TEXTILE),
    # Kinds that another tree may hold.
    "cosmetiques": (COSMETICS,), "parfums-d-interieur": (CANDLES,), "epicerie": (FOOD,), "alimentation": (FOOD,), "jouets": (TOYS,), "bebe": (BABY,),
    "doudous": (TOYS,), "peluches": (TOYS,), "jeux": (TOYS,), "puericulture": (BABY,), "soins": (COSMETICS,), "confitures": (FOOD,), "gourmandises": (FOOD,),
    "meubles": (FURNITURE,), "vetements": (TEXTILE,), "linge": (TEXTILE,),
}


def families_of(path: str) -> tuple[str, ...]:
    """« creations/table/bols » → (« general », « tableware »)."""
    for slug in reversed([part for part in path.split("/") if part]):
        if slug in BY_SLUG:
            return (GENERAL, *BY_SLUG[slug])
    return (GENERAL,)
