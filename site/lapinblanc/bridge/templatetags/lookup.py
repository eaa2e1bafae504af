"""Looks a key up in a mapping whose keys are only known to the data."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """The value under `key`, or an empty string."""
    return mapping.get(key, "") if mapping else ""
