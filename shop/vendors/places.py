"""French postcodes and their towns, from a small table made of the official list (fixtures/reference/communes.tsv).

Source: Etalab, découpage administratif (MIT), see fixtures/README.
"""

from functools import cache

from django.conf import settings


@cache
def _table() -> dict[str, tuple[str, ...]]:
    towns: dict[str, tuple[str, ...]] = {}
    with (settings.ROOT / "fixtures" / "reference" / "communes.tsv").open(encoding="utf-8") as rows:
        for row in rows:
            code, _tab, names = row.rstrip("\n").partition("\t")
            towns[code] = tuple(names.split("|"))
    return towns


def towns_of(postcode: str) -> tuple[str, ...]:
    """Towns with this postcode, in order; empty when there is none."""
    return _table().get(postcode, ())


def is_known_postcode(postcode: str) -> bool:
    return postcode in _table()


def department_of(postcode: str) -> str:
    """`22` of `22690`, `2A` or `2B` of Corsica, three digits overseas."""
    if postcode[:2] in ("97", "98"):
        return postcode[:3]
    if postcode[:2] == "20":
        return "2A" if postcode < "20200" else "2B"
    return postcode[:2]
