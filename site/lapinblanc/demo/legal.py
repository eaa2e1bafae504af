"""What the law asks of the demo's listings, answered from their own facts: composition from their materials, metals, candles, toys."""

from typing import Any

from shop.compliance.branches import LABELS, branches_of
from shop.compliance.families import families_of
from shop.compliance.fibres import BadFibres, official

METALS = (("argent", "silver"), ("vermeil", "vermeil"), ("plaqué", "plated"), ("laiton", "brass"), ("cuivre", "brass"), ("bronze", "brass"), ("acier", "steel"), ("étain", "brass"))


def numbers_of(boutique: dict[str, Any], kinds: list[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """An IDU, made up, of each branch that its creations ask for; `kinds`: their categories' paths and legal answers. Private sellers have none."""
    if boutique["status"] == "private":
        return {}
    register = 900_000 + sum(map(ord, boutique["slug"])) % 100_000
    asked = {branch for path, legal in kinds for branch in branches_of(path, legal)}
    return {branch: f"FR{register}_{place:02d}DEMO" for place, branch in enumerate(LABELS, start=1) if branch in asked}


def legal_facts(path: str, row: dict[str, Any]) -> dict[str, str]:
    """By the keys of `shop.compliance.fields_by_family`; `row`: a listing of the fixtures."""
    families, materials = families_of(path), [str(name).lower() for name in row["materials"]]
    found: dict[str, str] = {}
    for family, answer in ANSWERS.items():
        if family in families:
            found |= answer(row, materials)
    return found


def _textile(_row: dict[str, Any], materials: list[str]) -> dict[str, str]:
    fibres = []
    for material in materials:
        for word in material.replace(",", " ").split():
            try:
                fibres.append(official(word))
            except BadFibres:
                continue
    named = list(dict.fromkeys(fibres)) or ["coton"]
    shares = {1: (100,), 2: (70, 30), 3: (60, 30, 10)}.get(len(named), (100,))
    composition = ", ".join(f"{name} {share} %" for name, share in zip(named[: len(shares)], shares, strict=False))
    animal = any(word in material for material in materials for word in ("cuir", "corne", "plume", "nacre", "os"))
    return {"fibres": composition, "animal_parts": "yes" if animal else "no"}


def _jewellery(_row: dict[str, Any], materials: list[str]) -> dict[str, str]:
    metal = next((key for word, key in METALS if any(word in material for material in materials)), "none")
    if metal in ("silver", "vermeil"):
        return {"metal": metal, "fineness": "925", "metal_weight_g": "6", "hallmark": "maker", "nickel": "yes"}
    return {"metal": metal} | ({"nickel": "yes"} if metal != "none" else {})


def _toys(_row: dict[str, Any], _materials: list[str]) -> dict[str, str]:
    return {
        "age": "3", "ce": "yes", "declaration": "Déclaration UE du 12 mars 2026",
        "toy_warning": "Ne convient pas aux enfants de moins de 36 mois. Petits éléments.",
    }


def _cosmetics(row: dict[str, Any], _materials: list[str]) -> dict[str, str]:
    return {
        "cpnp": "4021873", "responsible": "La savonnerie elle-même, à l’adresse de la boutique",
        "inci": "Sodium Olivate, Sodium Cocoate, Aqua, Glycerin, Butyrospermum Parkii Butter, Parfum, Linalool", "pao": "12 mois",
        "precautions": "Usage externe. Éviter le contact avec les yeux.", "net_qty": str(row["weight"] or 100), "net_unit": "g",
    }


def _tableware(_row: dict[str, Any], materials: list[str]) -> dict[str, str]:
    ceramic = any(word in material for material in materials for word in ("grès", "faïence", "porcelaine", "terre", "argile", "émail"))
    if ceramic:
        return {"food_contact": "ceramic", "lead_cadmium": "Essai du fournisseur d’émaux, février 2026"}
    return {"food_contact": "other"}


def _bags(_row: dict[str, Any], materials: list[str]) -> dict[str, str]:
    leather = next((material for material in materials if "cuir" in material), "")
    return {"has_leather": "yes", "hide": f"{leather}, vache, pleine fleur"} if leather else {"has_leather": "no"}


def _electrical(row: dict[str, Any], _materials: list[str]) -> dict[str, str]:
    if "horloge" in row["category"]:
        return {"power": "battery", "bulb": "Une pile LR6, non fournie"}
    return {"power": "mains", "ce": "Déclaration du 4 mai 2026", "bulb": "E27, 8 W au plus, non fournie"}


ANSWERS = {
    "textile": _textile,
    "jewellery": _jewellery,
    "toys": _toys,
    "baby": lambda _row, _materials: {"baby_use": "decor"},
    "cosmetics": _cosmetics,
    "candles": lambda _row, _materials: {"clp": "none", "candle_safety": "Ne jamais laisser brûler sans surveillance. Tenir loin des enfants et des animaux."},
    "tableware": _tableware,
    "leather": lambda _row, _materials: {"hide": "Vache, tannage végétal, pleine fleur"},
    "bags": _bags,
    "electrical": _electrical,
    "furniture": lambda row, _materials: {"assembly": f"{', '.join(row['materials'])} ; assemblé et fini à la main, cire ou huile"},
}
