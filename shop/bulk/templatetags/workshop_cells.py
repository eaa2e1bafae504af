"""A cell of the table of creations: what it shows, or what was typed when it was refused."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def cell(kind: str, number: int, was: Any, typed: Mapping[str, str], problems: Mapping[str, str]) -> dict[str, str]:
    """{"name", "was", "value", "problem"} of one input."""
    name = f"{kind}-{number}"
    return {"name": name, "was": str(typed.get(f"was-{name}", was)), "value": str(typed.get(name, was)), "problem": problems.get(name, "")}
